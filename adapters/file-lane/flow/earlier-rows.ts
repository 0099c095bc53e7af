import { Buffer } from 'node:buffer';
import { type Fault, fault, isFault } from '#shared/contract/fault.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import type { Dialect } from '../contract/file-format.ts';
import { rowIdOf } from '../core/correction/row-id.ts';
import { readableRaw, type StagedRow, stagedFacts } from '../core/correction/staged-row.ts';
import { isFields, RecordReader } from '../core/csv/reader.ts';
import { RecordScanner } from '../core/csv/scanner.ts';
import { faultColumns } from '../core/quarantine/fault-columns.ts';
import { linesOf } from '../core/quarantine/lines-of.ts';
import type { QuarantinedRow } from '../core/quarantine/quarantine-line.ts';
import { reportKey } from './places.ts';
import type { Work } from './work.ts';

/** Whose quarantined rows are read again, and how they lie in their file. */
export interface EarlierRows {
  readonly handoffId: string;
  /** Where the file's clean text is. */
  readonly source: ObjectRef;
  readonly dialect: Dialect;
  /** Fields of one record. */
  readonly width: number;
  /** Whether the rows name themselves: they were reprocessed before. */
  readonly isStaged: boolean;
}

/** The quarantined rows of a hand-off as they came, read by the contract as it is now. Memory is bounded whatever their number. */
export async function* earlierRows(work: Work, earlier: EarlierRows): AsyncGenerator<StagedRow> {
  const report = { bucket: 'quarantine', key: reportKey(work.lane, earlier.handoffId, 'jsonl') } as const;
  const read = recordReader(earlier);
  for await (const line of linesOf(work.ports.files.read(report))) {
    const row = JSON.parse(line) as QuarantinedRow;
    const fields = read(await bytesOf(work, earlier, row), row);
    yield earlier.isStaged ? stagedRow(row, fields, earlier) : firstRow(row, fields, earlier);
  }
}

/** Of a long row, the report keeps only the first bytes. */
async function bytesOf(
  { ports: { files } }: Work,
  { source }: EarlierRows,
  { raw, rawBase64, truncated, byteOffset, bytes }: QuarantinedRow,
): Promise<Uint8Array> {
  if (!truncated) return rawBase64 === undefined ? Buffer.from(raw) : Buffer.from(rawBase64, 'base64');
  const pieces: Uint8Array[] = [];
  for await (const piece of files.read(source, { start: byteOffset, end: byteOffset + bytes }))
    pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Splits one record. What is no single record any more keeps the fault that it had. */
function recordReader({ dialect, width }: EarlierRows) {
  const inFile: Dialect = { ...dialect, encoding: 'utf-8', comment: undefined, trailer: undefined };
  // Null markers stay: the row is written once more, and read with them then.
  const reader = new RecordReader({ ...inFile, nullMarker: undefined }, width);
  return (bytes: Uint8Array, { code, detail, remedy, line }: QuarantinedRow): readonly string[] | Fault => {
    const scanner = new RecordScanner(inFile, { byte: 1, line });
    const found = [scanner.push(bytes), scanner.end()].filter(({ count }) => count > 0);
    const [batch, ...more] = found;
    if (batch?.count !== 1 || more.length > 0) return fault(code, { line }, detail, remedy);
    return reader.read(batch)[0] ?? fault(code, { line }, detail, remedy);
  };
}

function firstRow(
  { line, record, raw }: QuarantinedRow,
  fields: readonly string[] | Fault,
  { handoffId, width }: EarlierRows,
): StagedRow {
  const id = rowIdOf({ handoffId, record });
  if (!isFields(fields))
    return { cells: emptyCells(width), line, id, refusal: fields, raw: readableRaw(raw) };
  return { cells: fields, line, id };
}

/** A row that was refused when it was matched is still refused: no contract changes that. */
function stagedRow(
  { line, raw }: QuarantinedRow,
  fields: readonly string[] | Fault,
  { width }: EarlierRows,
): StagedRow {
  const cells = emptyCells(width - faultColumns.length);
  if (isFault(fields)) return { cells, line, id: '', refusal: fields, raw: readableRaw(raw) };
  const { id, refusal } = stagedFacts(fields);
  return { cells: fields.slice(0, -faultColumns.length), line, id, refusal: refusal({ line }) };
}

const emptyCells = (width: number): readonly string[] => Array.from({ length: width }, () => '');
