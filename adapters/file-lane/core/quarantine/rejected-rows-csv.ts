import { Buffer } from 'node:buffer';
import type { Dialect } from '../../contract/file-format.ts';
import type { FileLane } from '../../contract/file-lane.ts';
import { rowIdOf } from '../correction/row-id.ts';
import { isFields, RecordReader } from '../csv/reader.ts';
import { QUOTED, type RecordBatch } from '../csv/record-batch.ts';
import { csvLine } from '../csv/write.ts';
import { encodeText } from './encode-text.ts';
import { type FaultColumn, faultColumns, isFaultColumn } from './fault-columns.ts';
import { harmlessCell } from './harmless-cell.ts';
import type { QuarantinedRow } from './quarantine-line.ts';

/** The table that rejected rows come from: the partner's dialect, and the file's columns in the file's order. */
export interface RejectedTable {
  readonly dialect: Dialect;
  readonly columns: readonly string[];
  /** The hand-off that names the rows, where they do not name themselves. */
  readonly handoffId: string;
  /** How the rows lie in their file, where that is not the partner's dialect. */
  readonly rowDialect?: Dialect;
}

/** The file's columns by their agreed names, and those that nobody reads by the names they came with. */
export function columnNamesOf(
  { columns }: Pick<FileLane, 'columns'>,
  found: {
    /** Default: the contract's. */
    readonly columns?: readonly string[] | undefined;
    readonly columnsAt: readonly number[];
    readonly width: number;
    readonly ignoredColumns: readonly string[];
  },
): readonly string[] {
  const agreed = found.columns ?? Object.keys(columns);
  const ignored = [...found.ignoredColumns];
  return Array.from({ length: found.width }, (_, at) => {
    const column = agreed[found.columnsAt.indexOf(at)];
    return column ?? ignored.shift() ?? '';
  });
}

/**
 * The quarantined rows as a CSV that a partner opens, corrects and can send again: in its own dialect and encoding, with the
 * file's columns in their order, then where, what, and how to fix it. Column, code and remedy are of the first fault; the
 * problem names all. `hasHeader`: false for rows that follow others in the same file, whose byte order mark and header are there.
 */
export async function* rejectedRowsCsv(
  rows: AsyncIterable<QuarantinedRow>,
  { hasHeader, ...table }: RejectedTable & { readonly hasHeader: boolean },
): AsyncGenerator<Uint8Array> {
  const { dialect, columns } = table;
  const encode = encodeText(dialect.encoding);
  const fieldsOf = fieldReader(table.rowDialect ?? dialect);
  const line = (cells: readonly string[]) => encode(csvLine(cells.map(harmlessCell), dialect));
  // A rejected.csv that is sent again brings these columns along.
  const kept = columns.flatMap((name, at) => (isFaultColumn(name) ? [] : [{ name, at }]));
  const header = line([...kept.map(({ name }) => name), ...faultColumns]);
  const { idOf, earlierRaw } = earlierFacts(table);
  if (hasHeader) yield header;
  for await (const row of rows) {
    const fields = fieldsOf(row);
    const isWhole = fields?.length === columns.length;
    const cells = kept.map(({ at }) => fields?.[at] ?? '');
    yield line([...cells, ...faultsOf(row), isWhole ? earlierRaw(fields) : row.raw, idOf(row, fields)]);
  }
}

/** A row that is reprocessed keeps its id, and the raw form it first came in. */
function earlierFacts({ columns, handoffId, rowDialect }: RejectedTable) {
  const valueIn = (name: FaultColumn) => (fields: readonly string[] | undefined) =>
    fields?.[columns.indexOf(name)] ?? '';
  if (rowDialect)
    return {
      idOf: (_: QuarantinedRow, fields?: readonly string[]) => valueIn('fault_id')(fields),
      earlierRaw: valueIn('fault_row'),
    };
  return { idOf: ({ record }: QuarantinedRow) => rowIdOf({ handoffId, record }), earlierRaw: () => '' };
}

/** Undefined for a row that has no fields: a quote that does not close, or one of which only a part was kept. */
export function fieldReader(dialect: Dialect): (row: QuarantinedRow) => readonly string[] | undefined {
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
