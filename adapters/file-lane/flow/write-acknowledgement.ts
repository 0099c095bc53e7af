import { acknowledgement } from '../core/acknowledgement/acknowledgement.ts';
import { ackNames } from '../core/file/ack-names.ts';
import { sumTotals } from '../core/file/totals.ts';
import type { Chunk, SettlingHandoff } from '../core/outcome/handoff.ts';
import type { Books } from './books.ts';
import { fileNameOf } from './places.ts';
import type { Work } from './work.ts';
import type { QuarantineReport } from './write-quarantine-report.ts';

/** Writes `<file>.ack.json` under the partner's own `ack/` path. */
export async function writeAcknowledgement(
  { lane, ports }: Work,
  handoff: SettlingHandoff,
  books: Books,
  report: QuarantineReport | undefined,
  chunks: readonly Chunk[],
): Promise<void> {
  const file = fileNameOf(lane, handoff.object.key);
  const names = ackNames(lane.delivery.folder, file);
  const answer = acknowledgement({
    ...books,
    handoff,
    file,
    schemaVersion: lane.schemaVersion,
    totals: sumTotals(chunks.map(chunk => chunk.progress.totals)),
    rejectedRows: report && { key: names.rejected, rows: report.rows, first: report.first },
  });
  await ports.files.write('inbound', names.ack, Buffer.from(answer), 'application/json');
}
