/** The name that was most likely meant: the one with the fewest changed characters, at most two. */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map(name => ({ name, changes: changesBetween(typed, name) }))
    .filter(({ changes }) => changes <= 2)
    .sort((a, b) => a.changes - b.changes);
  return best?.name;
}

/** Characters to add, leave out or change (Levenshtein). */
function changesBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (const [i, left] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, right] of [...b].entries())
      next.push(Math.min(at(row, j) + (left === right ? 0 : 1), at(row, j + 1) + 1, at(next, j) + 1));
    row = next;
  }
  return at(row, b.length);
}

const at = (row: readonly number[], n: number): number => row[n] ?? Number.POSITIVE_INFINITY;
