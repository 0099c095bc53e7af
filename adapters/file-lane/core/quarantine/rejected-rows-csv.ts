import { Buffer } from 'node:buffer';
import type { Dialect } from '../../contract/file-format.ts';
import type { FileLane } from '../../contract/file-lane.ts';
import { isFields, RecordReader } from '../csv/reader.ts';
import { QUOTED, type RecordBatch } from '../csv/record-batch.ts';
import { csvLine } from '../csv/write.ts';
import { encodeText } from './encode-text.ts';
import { harmlessCell } from './harmless-cell.ts';
import type { QuarantinedRow } from './quarantine-line.ts';

/** The table that rejected rows come from: the partner's dialect, and the file's columns in the file's order. */
export interface RejectedTable {
  readonly dialect: Dialect;
  readonly columns: readonly string[];
}

/** What stands after the file's own columns. `fault_row` is the row as it came, where it has no columns of its own. */
const faultColumns = [
  'fault_line',
  'fault_column',
  'fault_code',
  'fault_problem',
  'fault_remedy',
  'fault_row',
];

/** The file's columns by their agreed names, and those that nobody reads by the names they came with. */
export function rejectedTable(
  { dialect, columns }: Pick<FileLane, 'dialect' | 'columns'>,
  found: {
    readonly columnsAt: readonly number[];
    readonly width: number;
    readonly ignoredColumns: readonly string[];
  },
): RejectedTable {
  const agreed = Object.keys(columns);
  const ignored = [...found.ignoredColumns];
  const names = Array.from({ length: found.width }, (_, at) => {
    const column = agreed[found.columnsAt.indexOf(at)];
    return column ?? ignored.shift() ?? '';
  });
  return { dialect, columns: names };
}

/**
 * The quarantined rows as a CSV that a partner opens, corrects and can send again: in its own dialect and encoding, with the
 * file's columns in their order, then where, what, and how to fix it. Column, code and remedy are of the first fault; the
 * problem names all. `hasHeader`: false for rows that follow others in the same file, whose byte order mark and header are there.
 */
export async function* rejectedRowsCsv(
  rows: AsyncIterable<QuarantinedRow>,
  { dialect, columns, hasHeader }: RejectedTable & { readonly hasHeader: boolean },
): AsyncGenerator<Uint8Array> {
  const encode = encodeText(dialect.encoding);
  const fieldsOf = fieldReader(dialect);
  const line = (cells: readonly string[]) => encode(csvLine(cells.map(harmlessCell), dialect));
  // A rejected.csv that is sent again brings these columns along.
  const kept = columns.flatMap((name, at) => (faultColumns.includes(name) ? [] : [{ name, at }]));
  const header = line([...kept.map(({ name }) => name), ...faultColumns]);
  if (hasHeader) yield header;
  for await (const row of rows) {
    const fields = fieldsOf(row);
    const isWhole = fields?.length === columns.length;
    const cells = kept.map(({ at }) => fields?.[at] ?? '');
    yield line([...cells, ...faultsOf(row), isWhole ? '' : row.raw]);
  }
}

/** Undefined for a row that has no fields: a quote that does not close, or one of which only a part was kept. */
function fieldReader(dialect: Dialect): (row: QuarantinedRow) => readonly string[] | undefined {
  const reader = new RecordReader({ ...dialect, encoding: 'utf-8', nullMarker: undefined });
  return ({ raw, truncated }) => {
    if (truncated) return undefined;
    const [fields] = reader.read(batchOf(Buffer.from(raw)));
    return fields && isFields(fields) ? fields : undefined;
  };
}

const batchOf = (bytes: Uint8Array): RecordBatch => ({
  bytes,
  count: 1,
  starts: [0],
  ends: [bytes.length],
  offsets: [0],
  nexts: [bytes.length],
  lines: [1],
  flags: [QUOTED],
  nextByte: bytes.length,
  nextLine: 2,
});

function faultsOf({ line, column, code, detail, remedy, others }: QuarantinedRow): readonly string[] {
  const problems = others.map(other => (other.column ? `${other.column}: ${other.detail}` : other.detail));
  return [String(line), column ?? '', code, [detail, ...problems].join('; '), remedy];
}
