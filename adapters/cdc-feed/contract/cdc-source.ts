/**
 * How a change log is written on the wire: what a contract must say because the records do not. Frozen data; the
 * decoders of `core/change` read it.
 */

export type TimeUnit = 'millis' | 'micros' | 'nanos';

/**
 * What a column is. In schema-less records it also says how the value is encoded; where the wire form brings its own
 * schema, that decides the encoding and the declaration only refines the result (scale, unsigned, JSON text).
 */
export type ColumnType =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer'; readonly unsigned: boolean }
  | { readonly kind: 'decimal'; readonly scale: number | undefined }
  | { readonly kind: 'float' }
  | { readonly kind: 'text' }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'json' }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'bits'; readonly length: number }
  | { readonly kind: 'date'; readonly unit: 'days'; readonly epochIsNull: boolean }
  | { readonly kind: 'time'; readonly unit: TimeUnit }
  | { readonly kind: 'timestamp'; readonly unit: TimeUnit; readonly epochIsNull: boolean }
  | { readonly kind: 'interval'; readonly unit: 'micros' | 'nanos' }
  | { readonly kind: 'array'; readonly of: ColumnType };

export const boolean = (): ColumnType => ({ kind: 'boolean' });

/** `unsigned`: MySQL BIGINT UNSIGNED, which Debezium writes as a signed number that wraps above 2^63. */
export const integer = (options: { readonly unsigned?: boolean } = {}): ColumnType => ({
  kind: 'integer',
  unsigned: options.unsigned ?? false,
});

/** With a scale, values are written with exactly so many fraction digits; a value that has more is a fault, never rounded. */
export const decimal = (options: { readonly scale?: number } = {}): ColumnType => ({
  kind: 'decimal',
  scale: options.scale,
});

export const float = (): ColumnType => ({ kind: 'float' });
export const text = (): ColumnType => ({ kind: 'text' });
export const uuid = (): ColumnType => ({ kind: 'uuid' });
/** A JSON document; also where the log carries it as text. */
export const json = (): ColumnType => ({ kind: 'json' });
export const bytes = (): ColumnType => ({ kind: 'bytes' });
/** BIT(length); written as '0' and '1', most significant first, padded to the length. */
export const bits = (length: number): ColumnType => ({ kind: 'bits', length });

/** MySQL's NOT NULL zero dates arrive as 1970-01-01; `epochIsNull` says that no real value is that day or instant. */
interface EpochOption {
  readonly epochIsNull?: boolean;
}

export const date = (unit: 'days' = 'days', options: EpochOption = {}): ColumnType => ({
  kind: 'date',
  unit,
  epochIsNull: options.epochIsNull ?? false,
});

export const time = (unit: TimeUnit): ColumnType => ({ kind: 'time', unit });

/** A column without a zone is read as UTC, as Debezium writes it. */
export const timestamp = (unit: TimeUnit, options: EpochOption = {}): ColumnType => ({
  kind: 'timestamp',
  unit,
  epochIsNull: options.epochIsNull ?? false,
});

export const interval = (unit: 'micros' | 'nanos' = 'micros'): ColumnType => ({ kind: 'interval', unit });
export const array = (of: ColumnType): ColumnType => ({ kind: 'array', of });

/** A captured table or collection. */
export interface Entity {
  /** Columns of the primary key, in order. */
  readonly key: readonly string[];
  /** Columns not named here are read as their JSON says. */
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** The table is an outbox: its rows are events of their own. */
  readonly outbox?: OutboxColumns;
}

/** Names of the outbox table's columns; Debezium's defaults are `id, aggregatetype, aggregateid, type, payload`. */
export interface OutboxColumns {
  readonly id: string;
  readonly aggregateType: string;
  readonly aggregateId: string;
  readonly type: string;
  readonly payload: string;
}

export const outboxColumns: OutboxColumns = Object.freeze({
  id: 'id',
  aggregateType: 'aggregatetype',
  aggregateId: 'aggregateid',
  type: 'type',
  payload: 'payload',
});

interface SourceBase {
  /**
   * Captured entities by the name they have in the log: `schema.table` (PostgreSQL, SQL Server, Oracle, DMS), `db.table`
   * (MySQL), `db.collection` (MongoDB), the table's name (DynamoDB). One `*` stands for any characters.
   */
  readonly entities: Readonly<Record<string, Entity>>;
  /** Names and patterns of tables whose records are skipped. */
  readonly skipTables?: readonly string[];
  /**
   * Generation of the log, 0 to 9999, default 0. Raise it when positions start over or a snapshot must win over what was
   * published before: fail-over to another server, restored database, reset binlog, lost slot. Later epochs always win.
   */
  readonly epoch?: number;
}

export type Connector = 'postgresql' | 'mysql' | 'mariadb' | 'sqlserver' | 'oracle' | 'mongodb';

export interface DebeziumSource extends SourceBase {
  readonly kind: 'debezium';
  readonly connector: Connector;
  /** `envelope` (default; with or without schema), `flattened` (ExtractNewRecordState) or `cloudevents` (structured JSON). */
  readonly form?: 'envelope' | 'flattened' | 'cloudevents';
  /**
   * `delete.tombstone.handling.mode` of `ExtractNewRecordState`, for `form: 'flattened'`. Default `rewrite`: a record without content
   * may be all that is left of a delete, and is quarantined. `rewrite-with-tombstone`: one follows each delete, and is skipped.
   */
  readonly flattenedDeletes?: 'rewrite' | 'rewrite-with-tombstone';
  /**
   * What orders changes: the `log`'s own position (default), or the sequence number of the `stream` that carries the records,
   * for flattened records without it. Never mixed: they do not compare.
   */
  readonly orderedBy?: 'log' | 'stream';
  /** Debezium's `decimal.handling.mode`. Default `precise`: base64 of the unscaled number. Used where there is no schema. */
  readonly decimals?: 'precise' | 'string' | 'double';
  /** Debezium's `binary.handling.mode`. Default `bytes`, which JSON carries as base64. */
  readonly binary?: 'bytes' | 'base64' | 'base64-url-safe' | 'hex';
  /** Debezium's `unavailable.value.placeholder`. Default `__debezium_unavailable_value`. */
  readonly unavailableValue?: string;
  /**
   * What `before` holds: `full` rows, or only the `key` with everything else null or defaulted (PostgreSQL's default replica
   * identity). Default `key` for PostgreSQL, `full` for the others: a previous value is never made up.
   */
  readonly beforeImage?: 'full' | 'key';
}

export interface DmsSource extends SourceBase {
  readonly kind: 'dms';
  /** The name chosen for the before-image (`BeforeImageSettings`, `FieldName`), a sibling of `data`. Default none. */
  readonly beforeImage?: string;
  /** How bytes are written. Default `base64`. */
  readonly binary?: 'base64' | 'hex';
  /**
   * What DMS does with null columns: `left-out` (its own default) or `written` (`IncludeNullAndEmpty`). Only where they are
   * written can a column that has vanished be told from one that is null. Default `left-out`.
   */
  readonly nulls?: 'written' | 'left-out';
}

export interface DynamoDbSource extends SourceBase {
  readonly kind: 'dynamodb';
  /** `streams`: records of DynamoDB Streams. `kinesis`: records of Kinesis Data Streams for DynamoDB. */
  readonly form: 'streams' | 'kinesis';
}

export type CdcSource = DebeziumSource | DmsSource | DynamoDbSource;
