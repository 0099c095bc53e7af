import type { PutRecord } from '../../cdc-feed/flow/stream-events.ts';
import { exactJson } from '../exact-json.ts';
import { rowOf, rowSchema, server } from './as-debezium.ts';
import type { Cluster } from './cluster.ts';
import { type Message, PgOutput, type Relation, type Tuple } from './pgoutput.ts';

export interface Watched {
  /** `schema.table` */
  readonly table: string;
  readonly key: readonly string[];
  /** Whether records bring their schema. */
  readonly hasSchema: boolean;
}

/**
 * Changes of one table as Debezium's PostgreSQL connector writes them (JSON, default settings). Their order, positions, transaction
 * ids, commit times, old rows, TOAST values left out and changed keys are PostgreSQL's own.
 */
export class ChangeRecords {
  readonly #cluster: Cluster;
  readonly #table: string;
  readonly #key: readonly string[];
  readonly #hasSchema: boolean;
  readonly #plugin = new PgOutput();
  #begun = { micros: 0n, txId: 0 };
  #committed: bigint | undefined;

  constructor(cluster: Cluster, { table, key, hasSchema }: Watched) {
    this.#cluster = cluster;
    this.#table = table;
    this.#key = key;
    this.#hasSchema = hasSchema;
  }

  /** What the initial snapshot reads at a position of the log, or an incremental one beside it. */
  read(lsn: number, kind: 'initial' | 'incremental'): PutRecord[] {
    const relation = this.#relation();
    const texts = relation.columns.map(({ name }) => `"${name}"::text`).join(', ');
    const rows = this.#cluster.sql(
      `set intervalstyle = iso_8601; select json_build_array(${texts}) from ${this.#table}`,
    );
    return rows.map(([json = '[]'], i) => {
      const tuple: Tuple = (JSON.parse(json) as (string | null)[]).map(text =>
        text === null ? null : { text },
      );
      const flag = i === 0 ? 'first' : i === rows.length - 1 ? 'last' : 'true';
      const micros = BigInt(Date.now()) * 1_000n;
      const snapshot = kind === 'incremental' ? kind : flag;
      return this.#record('r', relation, { after: rowOf(relation, tuple) }, { lsn, micros, snapshot });
    });
  }

  /** What the log holds since it was read last. */
  changes(slot: string, publication: string): PutRecord[] {
    const messages = this.#cluster.sql(
      `set intervalstyle = iso_8601; select lsn, encode(data, 'hex') from pg_logical_slot_get_binary_changes('${slot}', null, null, 'proto_version', '1', 'publication_names', '${publication}')`,
    );
    return messages.flatMap(([lsn = '', hex = '']) => {
      const message = this.#plugin.parse(Buffer.from(hex, 'hex'));
      if (message?.kind === 'begin') this.#begun = { micros: message.commitMicros, txId: message.xid };
      const moment = { ...this.#begun, lsn: lsnOf(lsn), committed: this.#committed };
      if (message?.kind === 'commit') this.#committed = message.lsn;
      return message ? this.#recordsOf(message, moment) : [];
    });
  }

  #relation(): Relation {
    const [schema = '', table = ''] = this.#table.split('.');
    const columns = this.#cluster.sql(
      `select attname, atttypid, atttypmod from pg_attribute where attrelid = '${this.#table}'::regclass and attnum > 0 order by attnum`,
    );
    return {
      schema,
      table,
      columns: columns.map(([name = '', type, modifier]) => ({
        name,
        type: Number(type),
        modifier: Number(modifier),
      })),
    };
  }

  #recordsOf(message: Message, moment: Moment): PutRecord[] {
    if (message.kind === 'begin' || message.kind === 'commit') return [];
    if (message.kind === 'truncate')
      return message.relations.filter(this.#isMine).map(relation => this.#record('t', relation, {}, moment));
    const { relation, old } = message;
    if (!this.#isMine(relation)) return [];
    const before = old && rowOf(relation, old);
    if (message.kind === 'delete')
      return [this.#record('d', relation, { before }, moment), this.#tombstone(before)];
    const after = rowOf(relation, message.new ?? [], old);
    if (message.kind === 'insert') return [this.#record('c', relation, { after }, moment)];
    if (!before || this.#keyOf(before) === this.#keyOf(after))
      return [this.#record('u', relation, { before, after }, moment)];
    // A changed key: the old row goes, a new one comes.
    return [
      this.#record('d', relation, { before }, moment),
      this.#tombstone(before),
      this.#record('c', relation, { after }, moment),
    ];
  }

  #isMine = ({ schema, table }: Relation): boolean => `${schema}.${table}` === this.#table;

  #keyOf(row: Row | undefined): string {
    return exactJson(Object.fromEntries(this.#key.map(column => [column, row?.[column]])));
  }

  #tombstone(before: Row | undefined): PutRecord {
    return { partitionKey: this.#keyOf(before), data: { base64: '' } };
  }

  #record(op: string, relation: Relation, { before, after }: Images, moment: Moment): PutRecord {
    const { schema, table } = relation;
    const millis = Number(moment.micros / 1_000n);
    const payload = {
      before: before ?? null,
      after: after ?? null,
      source: sourceOf(relation, moment),
      transaction: null,
      op,
      ts_ms: millis,
    };
    const envelope = {
      type: 'struct',
      fields: [rowSchema(relation, 'before'), rowSchema(relation, 'after')],
      optional: false,
      name: `${server}.${schema}.${table}.Envelope`,
      version: 2,
    };
    const partitionKey = op === 't' ? 'default' : this.#keyOf(after ?? before);
    return { partitionKey, data: exactJson(this.#hasSchema ? { schema: envelope, payload } : payload) };
  }
}

type Row = Readonly<Record<string, unknown>>;

interface Images {
  readonly before?: Row | undefined;
  readonly after?: Row | undefined;
}

/** Where in the log, and when. */
interface Moment {
  readonly lsn: number;
  readonly micros: bigint;
  readonly txId?: number;
  /** The last commit before the change's transaction. */
  readonly committed?: bigint | undefined;
  readonly snapshot?: string;
}

/** The reads of an incremental snapshot come from the table, not from the log. */
function sourceOf({ schema, table }: Relation, moment: Moment) {
  const { lsn, micros, txId, committed, snapshot = 'false' } = moment;
  const sequence = JSON.stringify([committed === undefined ? null : String(committed), String(lsn)]);
  return {
    ...{ version: '3.0.8.Final', connector: 'postgresql', name: server, ts_ms: Number(micros / 1_000n) },
    ...{ snapshot, db: 'postgres', sequence, ts_us: Number(micros), schema, table },
    ...{ txId: txId ?? null, lsn: snapshot === 'incremental' ? null : lsn, xmin: null },
  };
}

/** `0/16B3748` as a number. */
export function lsnOf(text: string): number {
  const [high, low] = text.split('/');
  return Number((BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`));
}
