import { acknowledgement } from '../core/acknowledgement/acknowledgement.ts';
import { ackNames } from '../core/file/ack-names.ts';
import { sumTotals } from '../core/file/totals.ts';
import { fileNameOf } from '../core/outcome/prefixes.ts';
import type { Closed } from './books.ts';
import type { Work } from './work.ts';

/** Writes `<file>.ack.json` under the partner's own `ack/` path. */
export async function writeAcknowledgement(
  { lane, ports }: Work,
  { handoff, books, chunks, report }: Closed,
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
