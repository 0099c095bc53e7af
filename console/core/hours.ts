const hour = 3_600_000;

/** Counts of each of the last hours, the running one last. An hour without faults is a 0. */
export function lastHours(
  counts: readonly { readonly at: string; readonly count: number }[],
  now: number,
  hours = 24,
): readonly number[] {
  const first = Math.floor(now / hour) - hours + 1;
  const byHour = new Map(counts.map(({ at, count }) => [Date.parse(at) / hour, count]));
  return Array.from({ length: hours }, (_, n) => byHour.get(first + n) ?? 0);
}
