/** A contract that cannot be kept. Thrown while a contract is defined, never at run time. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
}

/**
 * Refuses options that do not exist: a typing error must not pass silently.
 * @throws ContractError naming the option and the nearest right one.
 */
export function refuseUnknownOptions(where: string, given: object, known: readonly string[]): void {
  for (const option of Object.keys(given)) {
    if (known.includes(option)) continue;
    const nearest = nearestOf(option, known);
    const hint = nearest ? `did you mean "${nearest}"?` : `known options: ${known.join(', ')}`;
    throw new ContractError(`${where}: unknown option "${option}"; ${hint}`);
  }
}

/** The known word with the smallest edit distance, if it is close enough to be meant. */
export function nearestOf(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map(candidate => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(2, Math.ceil(word.length / 2)) ? best.candidate : undefined;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let left = i;
    let diagonal = i - 1;
    for (const [j, above] of previous.slice(1).entries()) {
      left = Math.min(above + 1, left + 1, diagonal + (a[i - 1] === b[j] ? 0 : 1));
      diagonal = above;
      current.push(left);
    }
    previous = current;
  }
  return previous.at(-1) ?? 0;
}

/** Freezes plain data all the way down; functions and class instances (schemas, fields) are left as they are. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== Array.prototype) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
