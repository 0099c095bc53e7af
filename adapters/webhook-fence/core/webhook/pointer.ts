/** The value that a JSON pointer (RFC 6901) names; undefined where there is none. Only what the payload itself holds is found. */
export function readPointer(value: unknown, pointer: string): unknown {
  let at = value;
  for (const name of namesOf(pointer)) {
    if (typeof at !== 'object' || at === null) return undefined;
    if (Array.isArray(at) && !/^(?:0|[1-9]\d*)$/.test(name)) return undefined;
    if (!Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

/** A copy without what the pointers name. Items of arrays stay. */
export const withoutPointers = (value: unknown, pointers: readonly string[]): unknown =>
  pointers.reduce((rest, pointer) => without(rest, namesOf(pointer)), value);

function without(value: unknown, [name, ...deeper]: readonly string[]): unknown {
  const isHere = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isHere || name === undefined || !Object.hasOwn(value, name)) return value;
  const { [name]: part, ...rest } = value as Record<string, unknown>;
  return deeper.length === 0 ? rest : { ...rest, [name]: without(part, deeper) };
}

const namesOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
