import type { ContractBase, Tenant } from '#shared/contract/contract-base.ts';
import type { EventContract } from '#shared/contract/define-event.ts';
import type { Publish } from '#shared/contract/publish-form.ts';
import type { CdcSource, DebeziumSource, DmsSource, DynamoDbSource } from './cdc-source.ts';
import type { Batch, ChangeStream, Retry, Stream } from './cdc-stream.ts';
import type { Captured } from './cdc-table.ts';

export type Without<S extends CdcSource> = Omit<S, 'entities' | 'skipTables'>;

/** How the log is written; its tables are named in `tables`. */
export type CdcFeedSource = Without<DebeziumSource> | Without<DmsSource> | Without<DynamoDbSource>;

export interface CdcFeedSpec extends ContractBase {
  /** A tenant read from the input stands in a key column of every table (of an outbox: in any column), so that deletes carry it. */
  readonly tenant: Tenant;
  readonly source: CdcFeedSource;
  readonly stream: ChangeStream;
  /**
   * Captured tables by the name they have in the log: `schema.table` (PostgreSQL, SQL Server, Oracle, DMS), `db.table`
   * (MySQL), `db.collection` (MongoDB), the table's name (DynamoDB). Changes of others are quarantined. One `*` behind the first dot
   * stands for any characters, for the partitions of one table: `public.orders_*`. Their keys must differ from each other.
   */
  readonly tables: Readonly<Record<string, Captured>>;
  /**
   * Tables that are on the stream but mean nothing here, by name or pattern, with the reason. Their records are skipped. A name goes
   * before a pattern, then `tables` before these.
   */
  readonly skipTables?: Readonly<Record<string, string>>;
  /** What rows read while a snapshot is taken become; an outbox publishes them unless `skip`. Default `updated`. */
  readonly snapshots?: 'created' | 'updated' | 'skip';
  /** What becomes of a TRUNCATE, which names no row. Default `quarantine`, so that an operator hears of it. */
  readonly truncates?: 'skip' | 'quarantine';
  /** What becomes of items that DynamoDB deletes because they expired. Default `deleted`. */
  readonly expiries?: 'deleted' | 'skip';
  /**
   * What becomes of a change with an unknown or without a declared column. Reported either way, once for each new shape.
   * `continue` (default): unknown columns are ignored, vanished ones are null. `quarantine`: the change is quarantined.
   */
  readonly drift?: 'continue' | 'quarantine';
  /**
   * What becomes of a new change whose position in the log is below positions that were seen before, as after a fail-over to another
   * server or in a restored database: consumers would take it for older than what they have. An alarm rings either way. `stop`
   * (default): the shard waits at the change until `source.epoch` is raised. `continue`: changes go on as they are. Not for DynamoDB,
   * whose streams are told apart by their ARN, nor for MongoDB, whose positions are times.
   */
  readonly fallenPositions?: 'stop' | 'continue';
  /** Whether each event has an entry of its own on the bus, or shares one with others. What follows from it: `PublishForm`. */
  readonly publish?: Publish;
  readonly batch?: Batch;
  /** Batches of one shard worked on at once, 1 to 10; changes of one partition key stay in order. Default 1, as an outbox must. Not for Kafka. */
  readonly parallelBatchesPerShard?: number;
  readonly retry?: Retry;
  /** Days that raw batches and quarantined changes are kept. Default 400. */
  readonly retentionDays?: number;
}

/** A checked, frozen feed with its defaults filled in. */
export interface CdcFeed extends ContractBase {
  readonly kind: 'cdc-feed';
  readonly direction: 'inbound';
  readonly tenant: Tenant;
  /** With the tables as entities, as the decoders read it. */
  readonly source: CdcSource;
  readonly stream: Stream;
  readonly tables: Readonly<Record<string, Captured>>;
  readonly skipTables: Readonly<Record<string, string>>;
  readonly snapshots: 'created' | 'updated' | 'skip';
  readonly truncates: 'skip' | 'quarantine';
  readonly expiries: 'deleted' | 'skip';
  readonly drift: 'continue' | 'quarantine';
  readonly fallenPositions: 'stop' | 'continue';
  readonly batch: Required<Batch>;
  readonly parallelBatchesPerShard: number;
  readonly retry: { readonly recordAgeSecondsMax: number; readonly attemptsMax: number | undefined };
  readonly retentionDays: number;
  readonly publish?: Publish;
  /** Every event that a change may become; publishing is permitted for these and for the report of drift. */
  readonly events: readonly EventContract[];
}

/** Whether the places of a log only grow, and a change shows that it was not written before. */
export const hasGrowingPositions = ({
  source,
}: Pick<CdcFeed, 'source'> | Pick<CdcFeedSpec, 'source'>): boolean => {
  if (source.kind === 'dynamodb') return false;
  return source.kind === 'dms' || source.connector !== 'mongodb' || source.orderedBy === 'stream';
};

/** Whether rows become events by mapping; an outbox has no columns of its own to read, map or drift. */
export const hasTable = ({ tables }: CdcFeed): boolean =>
  Object.values(tables).some(captured => captured.kind === 'table');

export const hasOutbox = ({ tables }: CdcFeed): boolean =>
  Object.values(tables).some(captured => captured.kind === 'outbox');
