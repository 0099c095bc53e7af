/** Where a unit of input (row, request, change record) ends: in exactly one of these, however many events it makes. */
export const outcomes = ['published', 'duplicate', 'quarantined', 'rejected', 'skipped'] as const;

export type Outcome = (typeof outcomes)[number];

export type Tally = Readonly<Record<Outcome, number>>;

export const emptyTally: Tally = Object.freeze({
  published: 0,
  duplicate: 0,
  quarantined: 0,
  rejected: 0,
  skipped: 0,
});

export function addTallies(...tallies: readonly Tally[]): Tally {
  const sum = { ...emptyTally };
  for (const tally of tallies) for (const outcome of outcomes) sum[outcome] += tally[outcome];
  return sum;
}

export const tallied = (tally: Tally): number => outcomes.reduce((sum, outcome) => sum + tally[outcome], 0);

/** The books: what the scanner received against what the processor gave an outcome. Neither is derived from the other. */
export const balances = (received: number, tally: Tally): boolean => received === tallied(tally);
