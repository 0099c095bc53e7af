import { type Fault, fault } from '../../shared/contract/fault.ts';
import type { Chunk, Handoff, SettledState } from '../../shared/core/outcome/handoff.ts';
import { addTallies, balances, emptyTally, type Tally } from '../../shared/core/outcome/tally.ts';
import { announceSettled } from './announce.ts';
import { done, laterAt, leaseOf, type Verdict, type Work } from './work.ts';
import { writeAcknowledgement } from './write-acknowledgement.ts';
import { type QuarantineReport, writeQuarantineReport } from './write-quarantine-report.ts';

/** How a file ended, before its books are closed. */
export interface Ending {
  /** The chunks of the pass that counts; none when the file was never processed. */
  readonly chunks?: readonly Chunk[];
  /** Why the whole file is rejected. */
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

/**
 * Closes the books: acknowledgement to the partner, quarantine joined and announced, `edge.file.settled`. Everything
 * written is the same on every repetition, so a crash at any step is mended by doing it again.
 */
export async function settle(work: Work, handoff: Handoff, ending: Ending): Promise<Verdict> {
  const { ledger, clock, log } = work.ports;
  const lease = leaseOf(work);
  const begun = await ledger.beginSettling(handoff.id, lease, new Date(lease.now).toISOString());
  if (begun.kind === 'busy') return laterAt(begun.until, clock.now());
  if (begun.kind === 'settled') return done;
  const settling: Handoff = { ...handoff, settledAt: begun.value.settledAt };
  const books = closeBooks(handoff, ending);
  const report = await writeQuarantineReport(work, settling, ending.chunks ?? []);
  await writeAcknowledgement(work, settling, books, report, ending.chunks ?? []);
  await announceSettled(work, settling, books, report);
  if (books.state === 'rejected' && handoff.identity)
    await ledger.releaseFile(handoff.integration, handoff.identity, handoff.id);
  if (!(await ledger.settle(handoff.id, lease.owner, { ...books, expiresAt: expiryOf(work) }))) return done;
  log.info('file settled', settledFields(settling, books, report));
  return done;
}

/** Received comes from the scanner, outcomes from the processor. Only a file that was never processed has one count for both. */
function closeBooks(
  handoff: Handoff,
  { chunks, fault: refusal, duplicateOf, received: scanned }: Ending,
): Books {
  const received = handoff.inspection?.records ?? scanned ?? 0;
  const tally = chunks
    ? addTallies(...chunks.map(chunk => chunk.progress.tally))
    : unprocessed(received, duplicateOf);
  const books = { received, tally, duplicateOf, fault: refusal };
  if (!balances(received, tally)) return { ...books, state: 'unbalanced', fault: imbalance(received, tally) };
  if (refusal) return { ...books, state: 'rejected' };
  if (duplicateOf) return { ...books, state: 'duplicate' };
  return { ...books, state: tally.quarantined > 0 ? 'partial' : 'complete' };
}

const unprocessed = (received: number, duplicateOf: string | undefined): Tally =>
  duplicateOf ? { ...emptyTally, duplicate: received } : { ...emptyTally, rejected: received };

const imbalance = (received: number, tally: Tally): Fault =>
  fault(
    'BOOKS_UNBALANCED',
    {},
    `${received} records were received, but outcomes are ${JSON.stringify(tally)}`,
  );

/** Epoch seconds; the ledger remembers at least as long as duplicates are recognised. */
const expiryOf = ({ lane, ports }: Work): number =>
  Math.floor(ports.clock.now() / 1000) + Math.max(lane.duplicateDays, lane.delivery.retentionDays) * 86_400;

const settledFields = (handoff: Handoff, books: Books, report: QuarantineReport | undefined) => ({
  integration: handoff.integration,
  handoffId: handoff.id,
  key: handoff.object.key,
  state: books.state,
  received: books.received,
  ...books.tally,
  fault: books.fault?.code,
  quarantine: report?.jsonl,
});
