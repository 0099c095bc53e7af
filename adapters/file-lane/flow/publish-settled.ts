import { faultOfAnswer, isAccepted } from '#shared/core/batch/fault-of-answer.ts';
import { publish } from '#shared/core/batch/publish.ts';
import { ackNames } from '../core/file/ack-names.ts';
import { fileSettledEntry, rowsQuarantinedMessage } from '../core/operational/file-events.ts';
import type { ClosedHandoff } from '../core/outcome/handoff.ts';
import { fileNameOf } from '../core/outcome/prefixes.ts';
import type { Closed } from './books.ts';
import type { QuarantineReport } from './join-report.ts';
import { type Work, WorkStopped } from './work.ts';

/** Tells operators of quarantined rows (rows queue) and everyone of the settled file (bus). At least once, same ids. */
export async function publishSettled(work: Work, { handoff, books, report }: Closed): Promise<void> {
  if (report) await notifyOfRows(work, handoff, report);
  const { lane, ports } = work;
  const entry = fileSettledEntry(lane, handoff, ports.files.uri(handoff.object), {
    handoffId: handoff.id,
    integration: lane.id,
    file: handoff.object.key,
    state: books.state,
    tally: { received: books.received, ...books.tally },
    ackKey: ackNames(lane.delivery.folder, fileNameOf(lane, handoff.object.key)).ack,
    fault: books.fault?.code ?? null,
    duplicateOf: books.duplicateOf ?? null,
  });
  const [answer] = await publish([entry], ports);
  if (answer && !isAccepted(answer)) throw new WorkStopped(faultOfAnswer(answer));
}

const notifyOfRows = (
  { lane, ports }: Work,
  handoff: ClosedHandoff,
  report: QuarantineReport,
): Promise<void> =>
  ports.rowsQueue.send([
    rowsQuarantinedMessage(lane, handoff, ports.files.uri(handoff.object), {
      handoffId: handoff.id,
      integration: lane.id,
      file: handoff.object.key,
      rows: report.rows,
      codes: report.byCode,
      report: report.jsonl,
    }),
  ]);
