import type { Handoff } from '../core/outcome/handoff.ts';
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
  const { ledger, clock } = work.ports;
  const lease = leaseOf(work);
  const begun = await ledger.beginSettling(handoff.id, lease, new Date(lease.now).toISOString());
  if (begun.kind === 'busy') return laterAt(begun.until, clock.now());
  if (begun.kind === 'settled') return done;
  try {
    await closeAndTell(work, { ...handoff, settledAt: begun.value.settledAt }, ending, lease.owner);
    return done;
  } finally {
    await ledger.release(handoff.id, lease.owner);
  }
}

async function closeAndTell(work: Work, handoff: Handoff, ending: Ending, owner: string): Promise<void> {
  const { ledger, log } = work.ports;
  const books = closeBooks(handoff, ending);
  const report = await writeQuarantineReport(work, handoff, ending.chunks ?? []);
  await writeAcknowledgement(work, handoff, books, report, ending.chunks ?? []);
  await announceSettled(work, handoff, books, report);
  // What was not taken whole may come again under the same content; its events keep their ids.
  if (books.fault && handoff.identity)
    await ledger.releaseFile(handoff.integration, handoff.identity, handoff.id);
  if (await ledger.settle(handoff.id, owner, { ...books, expiresAt: expiryOf(work) }))
    log.info('file settled', settledFields(handoff, books, report));
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
