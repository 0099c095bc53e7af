import { type Fault, fault } from '#shared/contract/fault.ts';
import { addTallies, balances, emptyTally, type Tally } from '#shared/core/outcome/tally.ts';
import type { Chunk, ClosedHandoff, SettledState, SettlingHandoff } from '../core/outcome/handoff.ts';
import type { QuarantineReport } from './join-report.ts';

/** How a file ended, before its books are closed. */
export interface Ending {
  /** The chunks of the pass that counts; none when the file was never processed. */
  readonly chunks?: readonly Chunk[];
  /** Why the whole file is rejected, or why it could not be published to its end. */
  readonly fault?: Fault;
  readonly duplicateOf?: string;
  /** Records received, where the file was rejected before its inspection was kept. */
  readonly received?: number;
}

export interface Books {
  readonly state: SettledState;
  readonly received: number;
  readonly tally: Tally;
  readonly fault: Fault | undefined;
  readonly duplicateOf: string | undefined;
}

/** A file that was settled, as it is told to the partner and to everyone. */
export interface Closed {
  readonly handoff: ClosedHandoff;
  readonly books: Books;
  readonly chunks: readonly Chunk[];
  readonly report: QuarantineReport | undefined;
}

/** Received comes from the scanner, outcomes from the processor. Only a file that was never processed has one count for both. */
export function closeBooks(
  handoff: SettlingHandoff,
  { chunks, fault: refusal, duplicateOf, received: scanned }: Ending,
): Books {
  const received = handoff.inspection?.records ?? scanned ?? 0;
  const tally = chunks
    ? addTallies(...chunks.map(chunk => chunk.progress.tally))
    : unprocessed(received, duplicateOf);
  const books = { received, tally, duplicateOf, fault: refusal };
  if (!balances(received, tally)) return { ...books, state: 'unbalanced', fault: imbalance(received, tally) };
  if (refusal) return { ...books, state: tally.published > 0 ? 'partial' : 'rejected' };
  if (duplicateOf) return { ...books, state: 'duplicate' };
  if (tally.quarantined === 0) return { ...books, state: 'complete' };
  const isPublished = (handoff.reprocesses?.published ?? 0) > 0;
  if (tally.quarantined < received || isPublished) return { ...books, state: 'partial' };
  return { ...books, state: 'rejected', fault: nothingAccepted(received) };
}

const nothingAccepted = (received: number): Fault =>
  fault('NO_VALID_ROW', {}, `${received} of ${received} rows of the file are quarantined`);

const unprocessed = (received: number, duplicateOf: string | undefined): Tally =>
  duplicateOf ? { ...emptyTally, duplicate: received } : { ...emptyTally, rejected: received };

const imbalance = (received: number, tally: Tally): Fault =>
  fault(
    'BOOKS_UNBALANCED',
    {},
    `${received} records were received, but outcomes are ${JSON.stringify(tally)}`,
  );
