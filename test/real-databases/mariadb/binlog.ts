import { type BinlogColumn, readValue, type Value } from './binlog-values.ts';
import { ByteReader } from './byte-reader.ts';

/*
 * Row events of MariaDB's binary log: https://mariadb.com/docs/server/reference/clientserver-protocol/replication-protocol.
 * Reads what a log without checksums, compression or encryption holds.
 */

export type BinlogRow = readonly Value[];

/** One changed row. */
export interface RowEvent {
  readonly kind: 'insert' | 'update' | 'delete';
  readonly database: string;
  readonly table: string;
  readonly before?: BinlogRow | undefined;
  readonly after?: BinlogRow | undefined;
  readonly file: string;
  /** Where the event begins, and which of its rows this is. */
  readonly position: number;
  readonly row: number;
  readonly seconds: number;
  readonly serverId: number;
}

interface TableMap {
  readonly database: string;
  readonly table: string;
  readonly columns: readonly BinlogColumn[];
}

const magicBytes = 4;
const headerBytes = 19;
const tableMapType = 19;
const kinds: ReadonlyMap<number, RowEvent['kind']> = new Map([
  [23, 'insert'],
  [24, 'update'],
  [25, 'delete'],
]);

/** The rows that one file of the log changed, from a position on. */
export function rowEvents(file: string, bytes: Buffer, from = magicBytes): RowEvent[] {
  const tables = new Map<bigint, TableMap>();
  const events: RowEvent[] = [];
  for (let position = magicBytes; position < bytes.length; ) {
    const header = new ByteReader(bytes.subarray(position, position + headerBytes));
    const seconds = header.uint(4);
    const type = header.uint(1);
    const serverId = header.uint(4);
    const length = header.uint(4);
    const body = new ByteReader(bytes.subarray(position + headerBytes, position + length));
    const kind = kinds.get(type);
    if (type === tableMapType) tables.set(body.bigUint(6), tableMap(body));
    else if (kind && position >= from)
      events.push(...rowsIn(kind, body, tables).map(row => ({ ...row, file, seconds, serverId, position })));
    position += length;
  }
  return events;
}

function tableMap(body: ByteReader): TableMap {
  body.skip(2);
  const database = body.text(body.uint(1));
  body.skip(1);
  const table = body.text(body.uint(1));
  body.skip(1);
  const types = [...body.bytes(body.lengthEncoded())];
  const metadata = new ByteReader(body.bytes(body.lengthEncoded()));
  return { database, table, columns: types.map(type => ({ type, metadata: metadataOf(type, metadata) })) };
}

/** Bytes of metadata by type; types without are not listed. */
const metadataBytes: Readonly<Record<number, number>> = {
  ...{ 4: 1, 5: 1, 15: 2, 16: 2, 17: 1, 18: 1, 19: 1, 246: 2, 252: 1, 254: 2 },
};

const metadataOf = (type: number, reader: ByteReader): readonly number[] => [
  ...reader.bytes(metadataBytes[type] ?? 0),
];

type Rows = Pick<RowEvent, 'kind' | 'database' | 'table' | 'before' | 'after' | 'row'>;

function rowsIn(kind: RowEvent['kind'], body: ByteReader, tables: ReadonlyMap<bigint, TableMap>): Rows[] {
  const map = tables.get(body.bigUint(6));
  if (!map) throw new Error('a row event of a table that the log does not describe');
  body.skip(2);
  const count = body.lengthEncoded();
  // The full row image: every column is there.
  body.skip(Math.ceil(count / 8) * (kind === 'update' ? 2 : 1));
  const rows: Rows[] = [];
  const { database, table, columns } = map;
  for (let row = 0; !body.isAtEnd; row++) {
    const before = kind === 'insert' ? undefined : rowIn(body, columns);
    const after = kind === 'delete' ? undefined : rowIn(body, columns);
    rows.push({ kind, database, table, before, after, row });
  }
  return rows;
}

function rowIn(body: ByteReader, columns: readonly BinlogColumn[]): BinlogRow {
  const nulls = body.bytes(Math.ceil(columns.length / 8));
  return columns.map((column, i) => (((nulls[i >> 3] ?? 0) >> (i & 7)) & 1 ? null : readValue(column, body)));
}
