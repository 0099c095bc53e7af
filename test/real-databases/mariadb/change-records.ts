import type { PutRecord } from '../../cdc-feed/flow/stream-events.ts';
import { exactJson } from '../exact-json.ts';
import { type Column, rowOf, rowSchema } from './as-debezium.ts';
import { type RowEvent, rowEvents } from './binlog.ts';
import type { MariaDb } from './server.ts';

export interface LogPosition {
  readonly file: string;
  readonly position: number;
}

/** Changes of one table as Debezium's MariaDB connector writes them. Their order, positions and rows are the binary log's own. */
export class ChangeRecords {
  readonly #server: MariaDb;
  readonly #table: string;
  readonly #columns: readonly Column[];
  readonly #hasSchema: boolean;

  constructor(server: MariaDb, table: string, hasSchema: boolean) {
    this.#server = server;
    this.#table = table;
    this.#columns = columnsOf(server, table);
    this.#hasSchema = hasSchema;
  }

  /** Where the log ends. */
  end(): LogPosition {
    const [[file = '', position = ''] = []] = this.#server.sql('show master status');
    return { file, position: Number(position) };
  }

  /** What the log holds from a position on. */
  changes(from: LogPosition): PutRecord[] {
    return this.#eventsOf(this.#table, from).flatMap(event => this.#recordsOf(event));
  }

  /**
   * What a snapshot reads now. The rows are copied to another table, so that the log holds them in the same form as changes; that
   * table is not followed.
   */
  async read(kind: 'initial' | 'incremental'): Promise<PutRecord[]> {
    const at = this.end();
    const copy = `${kind}_copy`;
    const errors = await this.#server.session(`set session transaction isolation level read committed;
      create or replace table ${copy} like ${this.#table};
      insert into ${copy} select * from ${this.#table};`);
    if (errors) throw new Error(errors);
    const snapshot = kind === 'incremental' ? kind : 'true';
    return this.#eventsOf(copy, at).map(event => {
      const place = { ...event, file: at.file, position: at.position, row: 0 };
      return this.#record('r', { after: rowOf(this.#columns, event.after ?? []) }, place, snapshot);
    });
  }

  #eventsOf(wanted: string, from: LogPosition): RowEvent[] {
    const files = this.#server.binlogs().filter(({ name }) => name >= from.file);
    return files
      .flatMap(({ name, bytes }) => rowEvents(name, bytes, name === from.file ? from.position : undefined))
      .filter(({ table }) => table === wanted);
  }

  #recordsOf(event: RowEvent): PutRecord[] {
    const before = event.before && rowOf(this.#columns, event.before);
    const after = event.after && rowOf(this.#columns, event.after);
    if (event.kind === 'delete') return [this.#record('d', { before }, event)];
    if (event.kind === 'insert') return [this.#record('c', { after }, event)];
    if (before?.id === after?.id) return [this.#record('u', { before, after }, event)];
    // A changed key: the old row goes, a new one comes.
    return [this.#record('d', { before }, event), this.#record('c', { after }, event)];
  }

  #record(op: string, { before, after }: Images, event: RowEvent, snapshot = 'false'): PutRecord {
    const { file, position, row, seconds, serverId } = event;
    const payload = {
      before: before ?? null,
      after: after ?? null,
      source: {
        ...{ version: '3.0.8.Final', connector: 'mariadb', name: 'shop', ts_ms: seconds * 1_000, snapshot },
        ...{ db: 'shop', table: this.#table, server_id: serverId, file, pos: position, row },
      },
      op,
      ts_ms: seconds * 1_000,
    };
    const fields = [rowSchema(this.#columns, 'before'), rowSchema(this.#columns, 'after')];
    const schema = { type: 'struct', fields, optional: false, name: `shop.shop.${this.#table}.Envelope` };
    const partitionKey = exactJson({ id: (after ?? before)?.id });
    return { partitionKey, data: exactJson(this.#hasSchema ? { schema, payload } : payload) };
  }
}

interface Images {
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  readonly after?: Readonly<Record<string, unknown>> | undefined;
}

function columnsOf(server: MariaDb, table: string): Column[] {
  const rows = server.sql(
    `select column_name, data_type, column_type, coalesce(character_maximum_length, numeric_precision, 0),
       coalesce(datetime_precision, numeric_scale, 0)
     from information_schema.columns where table_schema = 'shop' and table_name = '${table}' order by ordinal_position`,
  );
  return rows.map(([name = '', dataType = '', columnType = '', length, scale]) => ({
    ...{ name, dataType, length: Number(length), scale: Number(scale) },
    isUnsigned: columnType.includes('unsigned'),
    labels: [...columnType.matchAll(/'([^']*)'/g)].map(([, label = '']) => label),
  }));
}
