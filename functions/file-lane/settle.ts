import type { Handoff } from '../../shared/core/outcome/handoff.ts';
import { announceSettled } from './announce.ts';
import { type Books, closeBooks, type Ending } from './books.ts';
import { done, laterAt, leaseOf, type Verdict, type Work } from './work.ts';
import { writeAcknowledgement } from './write-acknowledgement.ts';
import { type QuarantineReport, writeQuarantineReport } from './write-quarantine-report.ts';

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
