import { emptyTally, type Outcome, type Tally, tallied } from '#shared/core/outcome/tally.ts';

/** How one record ended; undefined when the stream must bring it again. */
export type RecordEnd = Outcome | undefined;

/** The books of one batch. */
export interface BatchBooks {
  /** As the event held them. */
  readonly received: number;
  /** Outcomes of the records before the first that must come again. */
  readonly tally: Tally;
  /** Records from that one on: they come again, whatever was done with them, and are counted then. */
  readonly again: number;
  /** Index of that record. */
  readonly failedAt: number | undefined;
}

export function booksOf(received: number, ends: readonly RecordEnd[]): BatchBooks {
  const first = ends.indexOf(undefined);
  const failedAt = first < 0 ? undefined : first;
  const tally = { ...emptyTally };
  for (const end of ends.slice(0, failedAt)) tally[end!]++;
  return { received, tally, again: failedAt === undefined ? 0 : ends.length - failedAt, failedAt };
}

/** Every record has an outcome or lies at or after the reported failure. */
export const balances = ({ received, tally, again }: BatchBooks): boolean =>
  received === tallied(tally) + again;
