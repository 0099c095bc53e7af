import { Buffer } from 'node:buffer';
import { type Fault, fault, isFault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import type { Dialect } from '../../contract/file-format.ts';
import { isFields, type ReadRecord, RecordReader } from '../csv/reader.ts';
import type { RecordBatch } from '../csv/record-batch.ts';
import { RecordScanner } from '../csv/scanner.ts';
import { otherText } from '../file/file-type.ts';
import { fixedText } from './fixed-text.ts';

/** A row of a file of corrected rows; its cells are in the order of the file's columns. */
export interface FixedRow {
  readonly line: number;
  /** Or why it has none. */
  readonly cells: readonly string[] | Fault;
  /** The row as it came. */
  readonly raw: string;
}

export interface FixedTable {
  readonly columns: readonly string[];
  readonly rows: readonly FixedRow[];
}

/**
 * Reads a file of corrected rows as it comes out of a spreadsheet or an editor: any common delimiter, encoding and line end, its
 * columns in any order. The column `fault_id` shows the delimiter.
 */
export function fixedTable(
  bytes: Uint8Array,
  { encoding, delimiter, quote, escape: escaping }: Dialect,
): FixedTable | Fault {
  const text = fixedText(bytes, encoding);
  if (isFault(text)) return text;
  // Some spreadsheets write the delimiter into a line of its own. It is blanked, so that lines keep their numbers.
  const clean = Buffer.from(text.replace(/^\ufeff/, '').replace(/^"?sep=[^\r\n]{1,3}(?=[\r\n])/i, ''));
  const own = { quote: quote || '"', escape: quote === false ? '"' : escaping };
  const dialects = [delimiter, ';', ',', '\t', '|']
    .flatMap(each => [
      { ...own, delimiter: each },
      { quote: '"', escape: '"', delimiter: each },
    ])
    .map(each => ({ ...plain, ...each }));
  const names = dialects.map(dialect => headerOf(clean, dialect));
  const at = names.findIndex(header => header?.includes('fault_id'));
  const [dialect, header] = [dialects[at], names[at]];
  if (!dialect || !header) return otherText(clean) ?? withoutId;
  const twice = header.find((name, i) => name !== '' && header.indexOf(name) < i);
  if (twice !== undefined) return namedTwice(twice);
  return { columns: header, rows: rowsOf(clean, dialect, header) };
}

const plain: Omit<Dialect, 'delimiter' | 'quote' | 'escape'> = {
  nullMarker: undefined,
  encoding: 'utf-8',
  header: 'by-name',
  comment: undefined,
  trailer: undefined,
};

const withoutId = fault(
  'NOTHING_TO_CORRECT',
  {},
  'the file has no column fault_id, which says for each row which rejected row it corrects',
);

const namedTwice = (name: string): Fault =>
  fault('DUPLICATE_COLUMN', { column: name.slice(0, 60) }, 'the header names a column twice');

function scanned(bytes: Uint8Array, dialect: Dialect): readonly RecordBatch[] {
  const scanner = new RecordScanner(dialect);
  return [scanner.push(bytes), scanner.end()];
}

/** The first record, or undefined where it cannot be read so. */
function headerOf(bytes: Uint8Array, dialect: Dialect): readonly string[] | undefined {
  const head = bytes.subarray(0, limits.recordBytesMax);
  const batch = scanned(head, dialect).find(({ count }) => count > 0);
  const [header] = batch ? new RecordReader(dialect).read({ ...batch, count: 1 }) : [];
  return header && isFields(header) ? header.map(name => name.trim()) : undefined;
}

function rowsOf(bytes: Uint8Array, dialect: Dialect, header: readonly string[]): readonly FixedRow[] {
  const reader = new RecordReader(dialect);
  const rows = scanned(bytes, dialect).flatMap(batch =>
    reader.read(batch).map((record, i) => {
      const raw = Buffer.from(batch.bytes.subarray(batch.starts[i], batch.ends[i])).toString('utf8');
      const line = batch.lines[i] ?? 0;
      return { line, raw, cells: cellsOf(record, header, line) };
    }),
  );
  return rows.slice(1);
}

/** Spreadsheets write empty cells after the last column. */
function cellsOf(record: ReadRecord, header: readonly string[], line: number): FixedRow['cells'] {
  if (!isFields(record)) return record;
  if (record.length < header.length || record.slice(header.length).some(cell => cell.trim() !== ''))
    return fault('RAGGED_ROW', { line }, `found ${record.length} fields; the header has ${header.length}`);
  return record.slice(0, header.length);
}
