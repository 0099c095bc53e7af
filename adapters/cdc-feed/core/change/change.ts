import type { Fault } from '#shared/contract/fault.ts';

/**
 * A column's value in one form, whatever log it came from:
 * - integers: a number while safe, else their decimal string;
 * - decimals and floats: exact decimal strings without exponent (`"12.50"`, `"NaN"`, `"Infinity"`, `"-Infinity"`);
 * - instants `YYYY-MM-DDTHH:mm:ss.fffZ` with 3, 6 or 9 fraction digits, as few as hold the value; dates `YYYY-MM-DD`;
 *   times `HH:mm:ss` with none, 3, 6 or 9; a database's infinite times `"infinity"` and `"-infinity"`;
 * - bytes: standard base64 with padding; bit strings: `0` and `1`, most significant first;
 * - arrays by the rules above; JSON documents as they are, with numbers that a double would change as exact decimal strings.
 */
export type Value = null | boolean | string | number | readonly Value[] | { readonly [name: string]: Value };

export type Row = Readonly<Record<string, Value>>;

export type Operation = 'create' | 'update' | 'delete' | 'read' | 'truncate';

export type KeyChange = { readonly from: Row } | { readonly to: Row };

/** One change of one row, in the terms of the source. */
export interface Change {
  readonly entity: string;
  /** The key's columns in declared order; empty for a truncate. */
  readonly key: Row;
  readonly op: Operation;
  /** Previous values, as far as the log carries them. */
  readonly before?: Row | undefined;
  readonly after?: Row | undefined;
  /** Columns of the row whose value the log does not carry; they stand neither in `before` nor in `after`. */
  readonly unavailable: readonly string[];
  /**
   * Where in its log the change stands, comparable as text among changes of one key and feed:
   * `<epoch>.<0 read | 1 live>.<log position, zero-padded>.<place on the stream>`. Snapshot reads carry `0`, so that any live
   * change of the same epoch wins over them, whenever either arrives. The place on the stream tells changes of one log position
   * apart. Those of an outbox compare among all its rows, by the commits of their
   * transactions, as far as the log tells them.
   */
  readonly position: string;
  /**
   * What names the change in its log, however often the record is written; with the epoch. Undefined where the position is as
   * good a name.
   */
  readonly identity?: string | undefined;
  /** Where its log stood when it was written, for a change that shows it. */
  readonly logPlace?: LogPlace | undefined;
  /** ISO 8601 UTC: when the database changed, as far as it is known. */
  readonly occurredAt: string;
  /** Read while taking a snapshot, initial or incremental, and not from the log. */
  readonly snapshot: boolean;
  readonly transactionId?: string | undefined;
  /** The primary key was changed: `to` on the delete of the old key, `from` on the create (or update) of the new one. */
  readonly keyChange?: KeyChange | undefined;
  /** DynamoDB deleted the item because it expired. */
  readonly ttl?: true | undefined;
  /** The row is an event, written by an application into its outbox table. */
  readonly outbox?: OutboxEvent | undefined;
}

/**
 * How far a log was when it wrote a change. Within one log both grow, in the order in which it is written to a stream; a record
 * that is written again has what it had before.
 */
export interface LogPlace {
  /** Tells logs apart where several are written to one stream. */
  readonly log: string;
  /** Comparable as text among places of one log. */
  readonly position: string;
  /**
   * Signs that a change was not written before, each by its name, comparable as text: the database's time, the number of a
   * transaction, the server. A change that is written again has none that is greater than all before it.
   */
  readonly signs: Readonly<Record<string, string>>;
}

/** What a change did to its row. */
export type RowChange = Pick<Change, 'key' | 'before' | 'after' | 'unavailable' | 'keyChange'>;
/** When and where it happened. */
export type Occurrence = Pick<
  Change,
  'entity' | 'op' | 'position' | 'identity' | 'logPlace' | 'occurredAt' | 'snapshot' | 'transactionId' | 'ttl'
>;

/** Property by property: spreading two objects takes longer than reading a small row. */
export const changeWith = (row: RowChange, occurrence: Occurrence): Change => ({
  entity: occurrence.entity,
  op: occurrence.op,
  key: row.key,
  before: row.before,
  after: row.after,
  unavailable: row.unavailable,
  keyChange: row.keyChange,
  position: occurrence.position,
  identity: occurrence.identity,
  logPlace: occurrence.logPlace,
  occurredAt: occurrence.occurredAt,
  snapshot: occurrence.snapshot,
  transactionId: occurrence.transactionId,
  ttl: occurrence.ttl,
});

export interface OutboxEvent {
  readonly id: string;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly type: string;
  readonly payload: Value;
}

/** Rules by which a record is no change; counted as `skipped`. */
export type SkipReason =
  | 'tombstone'
  | 'heartbeat'
  | 'notification'
  | 'transaction-boundary'
  | 'schema-change'
  | 'signal'
  | 'log-message'
  | 'control-record'
  | 'replication-table'
  | 'skipped-table'
  | 'outbox-cleanup';

export class Skipped {
  readonly reason: SkipReason;

  constructor(reason: SkipReason) {
    this.reason = reason;
  }
}

export type Decoded = Change | Skipped | Fault;

/** One record as a stream delivers it. */
export interface ChangeRecord {
  readonly data: Uint8Array;
  readonly key?: Uint8Array | undefined;
  readonly headers?: Readonly<Record<string, Uint8Array>> | undefined;
  /** The stream's own sequence number or offset (digits); orders changes that their log does not tell apart. */
  readonly streamSequence?: string | undefined;
}

export const isSkipped = (decoded: Decoded): decoded is Skipped => decoded instanceof Skipped;
export const isChange = (decoded: Decoded): decoded is Change => 'op' in decoded;
