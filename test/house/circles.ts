import type { Import } from './import-graph.ts';

/** The shortest way from each file back to itself through imports, `a.ts > b.ts > a.ts`; one way for each set of files. */
export function circlesIn(imports: readonly Import[]): readonly string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to]);
  const ways = [...next.keys()]
    .sort()
    .reverse()
    .map(file => wayBack(file, next))
    .filter(way => way !== undefined);
  const bySet = new Map<string, string>();
  for (const way of ways) bySet.set([...new Set(way)].sort().join(' '), way.join(' > '));
  return [...bySet.values()].sort();
}

function wayBack(file: string, next: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const cameFrom = new Map<string, string>();
  const open = [file];
  for (const at of open) {
    for (const to of next.get(at) ?? []) {
      if (to === file) return [...wayTo(at, cameFrom), file];
      if (cameFrom.has(to)) continue;
      cameFrom.set(to, at);
      open.push(to);
    }
  }
  return undefined;
}

function wayTo(file: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const before = cameFrom.get(file);
  return before === undefined ? [file] : [...wayTo(before, cameFrom), file];
}
