import type { FaultCode } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { promisedSeconds } from '#shared/contract/promised-seconds.ts';
import { issueNotes } from '#shared/core/log/issue-notes.ts';
import { lagFields } from '#shared/core/log/lag-fields.ts';
import { issuesOf } from '../../core/outcome/issues-of.ts';
import { handoffFields } from '../../core/outcome/log-fields.ts';
import { logLines } from '../../core/outcome/log-lines.ts';
import { type Closed, closeBooks } from '../books.ts';
import { publishSettled } from '../publish-settled.ts';
import { type At, ended, endWith, type Stage } from '../stage.ts';
import type { Work } from '../work.ts';
import { writeAnswer } from '../write-answer.ts';

/**
 * Closes the books: acknowledgement to the partner, quarantined rows announced, `edge.file.settled`. Everything
 * written is the same on every repetition, so after a crash at any point it is simply done again.
 */
export async function settle(work: Work, { handoff, ending, report }: At<'reported'>): Promise<Stage> {
  const { ledger, log } = work.ports;
  const chunks = ending.chunks ?? [];
  const books = closeBooks(handoff, ending);
  const closed: Closed = { handoff, books, chunks, report };
  const answer = await writeAnswer(work, closed);
  await publishSettled(work, closed);
  // The same content may come again when not all of it was published. Its events keep their ids.
  const { integration, identity } = handoff;
  if (books.fault && identity !== undefined) await ledger.releaseFile({ integration, identity }, handoff.id);
  noteIssues(work, closed);
  const end = { ...books, expiresAt: expiryOf(work) };
  const isMine = await ledger.settle(handoff.id, work.invocation.id, end);
  // Another took over, and may hold this very message: it comes again, to see whether that one settled the file.
  if (!isMine) return endWith({ kind: 'waiting', seconds: limits.functionSecondsMax });
  log.info(logLines.fileSettled, { ...settledFields(closed), ...lagOf(work, closed), answer });
  return ended;
}

/** Before the hand-off is settled, so that none is lost: a repetition counts nothing again. */
function noteIssues({ ports: { log } }: Work, { handoff, books, report }: Closed): void {
  const notes = issuesOf(handoff.id, books.fault, report);
  if (notes.length === 0) return;
  const fields = handoffFields(handoff.integration, handoff.id);
  log.warn(logLines.faultsFound, { ...fields, ...issueNotes(notes, handoff.id) });
}

/** Epoch seconds; the ledger remembers at least as long as duplicates are recognised. */
const expiryOf = ({ lane, ports }: Work): number =>
  Math.floor(ports.clock.now() / 1000) +
  Math.max(lane.duplicateDays, lane.delivery.retentionDays) * limits.secondsADay;

const settledFields = ({ handoff, books, report }: Closed) => ({
  ...handoffFields(handoff.integration, handoff.id),
  key: handoff.object.key,
  state: books.state,
  received: books.received,
  ...books.tally,
  conflicts: report?.byCode[conflict],
  fault: books.fault?.code,
  quarantine: report?.jsonl,
});

const conflict: FaultCode = 'DUPLICATE_CONFLICT';

/** Of a file whose rows made events. */
const lagOf = ({ lane, ports }: Work, { handoff, books }: Closed) =>
  lagFields({
    arrivedAt: books.tally.published > 0 ? [handoff.receivedAt] : [],
    publishedAt: ports.clock.now(),
    promisedSeconds: promisedSeconds(lane.events),
  });
