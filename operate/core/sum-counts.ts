export type Counts = Readonly<Record<string, number>>;

/** Adds counts name by name. */
export function sumCounts(...counts: readonly Counts[]): Counts {
  const sum = new Map<string, number>();
  for (const [name, count] of counts.flatMap(each => Object.entries(each)))
    sum.set(name, (sum.get(name) ?? 0) + count);
  return Object.fromEntries(sum);
}
