import { emptyTally, type Outcome, type Tally, tallied } from '#shared/core/outcome/tally.ts';

/** How one record ended; undefined when the stream must bring it again. */
export type RecordEnd = Outcome | undefined;

/** The books of one batch: what its reader received against what its steps ended. Neither is derived from the other. */
export interface BatchBooks {
  /** Counted by the reader, in the event as it came. */
  readonly received: number;
  /** Outcomes, each counted where it happened, of the records before the first that must come again. */
  readonly tally: Tally;
  /** Records from that one on: they come again, whatever was done with them, and are counted then. */
  readonly again: number;
}

export function countOutcomes(outcomes: readonly Outcome[]): Tally {
  const tally: Record<Outcome, number> = { ...emptyTally };
  for (const outcome of outcomes) tally[outcome]++;
  return tally;
}

export const isBalanced = ({ received, tally, again }: BatchBooks): boolean =>
  received === tallied(tally) + again;
