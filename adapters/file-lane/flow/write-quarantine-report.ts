import { limits } from '#shared/contract/limits.ts';
import type { Files } from '#shared/ports.ts';
import type { AcknowledgedFault } from '../core/acknowledgement/acknowledgement.ts';
import { ackNames } from '../core/file/ack-names.ts';
import type { Chunk, Handoff, Inspection } from '../core/outcome/handoff.ts';
import { linesOf } from '../core/quarantine/lines-of.ts';
import type { QuarantinedRow } from '../core/quarantine/quarantine-line.ts';
import { rejectedRowsCsv, rejectedTable } from '../core/quarantine/rejected-rows-csv.ts';
import { fileNameOf, partKey, reportKey } from './places.ts';
import type { Work } from './work.ts';

export interface QuarantineReport {
  /** URI of the JSON Lines in the quarantine bucket. */
  readonly jsonl: string;
  /** URI of its CSV twin. */
  readonly csv: string;
  readonly rows: number;
  readonly byCode: Readonly<Record<string, number>>;
  readonly first: readonly AcknowledgedFault[];
}

/**
 * Joins the parts that checkpoints name into one report: JSON Lines for machines, a CSV twin for people, and the same
 * CSV beside the acknowledgement. Streams, whatever the number of rows. Undefined when no row was quarantined.
 */
export async function writeQuarantineReport(
  { lane, ports }: Work,
  handoff: Handoff,
  chunks: readonly Chunk[],
): Promise<QuarantineReport | undefined> {
  const parts = chunks.flatMap(chunk =>
    chunk.progress.quarantineParts.map(part => partKey(lane, handoff.id, chunk, part)),
  );
  if (parts.length === 0) return undefined;
  const { files } = ports;
  const table = rejectedTable(lane, handoff.inspection as Inspection);
  const rejected = ackNames(lane.delivery.folder, fileNameOf(lane, handoff.object.key)).rejected;
  const jsonl = await files.write(
    'quarantine',
    reportKey(lane, handoff.id, 'jsonl'),
    bytesOf(files, parts),
    'application/x-ndjson',
  );
  const csv = await files.write(
    'quarantine',
    reportKey(lane, handoff.id, 'csv'),
    rejectedRowsCsv(rowsOf(files, parts), table),
    'text/csv',
  );
  await files.write('inbound', rejected, rejectedRowsCsv(rowsOf(files, parts), table), 'text/csv');
  return { jsonl: files.uri(jsonl), csv: files.uri(csv), ...(await summarise(rowsOf(files, parts))) };
}

async function* bytesOf(files: Files, parts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const key of parts) yield* files.read({ bucket: 'quarantine', key });
}

async function* rowsOf(files: Files, parts: readonly string[]): AsyncGenerator<QuarantinedRow> {
  for await (const line of linesOf(bytesOf(files, parts))) yield JSON.parse(line) as QuarantinedRow;
}

async function summarise(
  rows: AsyncIterable<QuarantinedRow>,
): Promise<Pick<QuarantineReport, 'rows' | 'byCode' | 'first'>> {
  const byCode: Record<string, number> = {};
  const first: AcknowledgedFault[] = [];
  let count = 0;
  for await (const { line, column, code, detail, remedy } of rows) {
    count++;
    byCode[code] = (byCode[code] ?? 0) + 1;
    if (first.length < limits.acknowledgedFaultsMax) first.push({ line, column, code, detail, remedy });
  }
  return { rows: count, byCode, first };
}
