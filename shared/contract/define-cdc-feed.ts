import { checkChoices } from './cdc-choices.ts';
import { checkCdcFeed } from './cdc-feed-checks.ts';
import type { CdcSource, DebeziumSource, DmsSource, DynamoDbSource, Entity } from './cdc-source.ts';
import {
  type Batch,
  batchOptions,
  type ChangeStream,
  type Retry,
  retryOptions,
  type Stream,
  streamOf,
  streamOptions,
} from './cdc-stream.ts';
import { type Captured, type CapturedTable, isEvent } from './cdc-table.ts';
import type { EventContract } from './define-event.ts';
import { deepFreeze, refuseUnknownOptions } from './options.ts';
import { type Tenant, type Treaty, treatyOptions } from './treaty.ts';

/*
 * What a feed's stack provides.
 *
 * Stream, by `stream.kind`:
 *   kinesis   a data stream named `stream.name` (`shards`, `retentionHours`), encrypted.
 *   dynamodb  nothing: the table belongs to another stack; the ARN of its stream (NEW_AND_OLD_IMAGES) is a stack parameter.
 *   kafka     nothing: the cluster's ARN is a stack parameter; each topic has a mapping and a consumer group of its own.
 * Mapping from the stream to the function: `batch.records`, `batch.windowSeconds`, TRIM_HORIZON; for kinesis and dynamodb also
 *   `parallelBatchesPerShard` (ParallelizationFactor), `retry` (MaximumRetryAttempts, -1 where `attemptsMax` is undefined;
 *   MaximumRecordAgeInSeconds), bisect on error, FunctionResponseTypes ReportBatchItemFailures, a failure destination. A Kafka
 *   mapping reports nothing for single records: the function throws, and the batch comes again.
 * Function: `cdcFeed(contract)` of functions/cdc-feed/handler.ts. Its environment:
 *   BUS_NAME              events:PutEvents for `events` and edge.schema.drift-detected.v1
 *   LEDGER_TABLE          GetItem, PutItem; keys begin with `<id>#`
 *   RAW_BUCKET            PutObject under `<id>/`
 *   QUARANTINE_BUCKET     PutObject under `<id>/`
 *   CHANGES_QUEUE_URL     sqs:SendMessage; where quarantined changes are announced
 *   and, as every function, POWERTOOLS_SERVICE_NAME, POWERTOOLS_LOG_LEVEL.
 * Alarms, besides the failure destination's and queue's depth: iterator age; log lines `batch settled` with `quarantined` > 0,
 *   `books unbalanced`, `batch stopped` (bus or rights), `schema drift`.
 */

type Without<S extends CdcSource> = Omit<S, 'entities'>;
/** How the log is written; its tables are named in `tables`. */
export type CdcFeedSource = Without<DebeziumSource> | Without<DmsSource> | Without<DynamoDbSource>;

export interface CdcFeedSpec extends Treaty {
  /** A tenant read from the input stands in a key column of every table (of an outbox: in any column), so that deletes carry it. */
  readonly tenant: Tenant;
  readonly source: CdcFeedSource;
  readonly stream: ChangeStream;
  /**
   * Captured tables by the name they have in the log: `schema.table` (PostgreSQL, SQL Server, Oracle, DMS), `db.table`
   * (MySQL), `db.collection` (MongoDB), the table's name (DynamoDB). Changes of others are quarantined.
   */
  readonly tables: Readonly<Record<string, Captured>>;
  /** What rows read while a snapshot is taken become; an outbox publishes them unless `skip`. Default `updated`. */
  readonly snapshots?: 'created' | 'updated' | 'skip';
  /** What becomes of a TRUNCATE, which names no row. Default `quarantine`, so that an operator hears of it. */
  readonly truncates?: 'skip' | 'quarantine';
  /** What becomes of items that DynamoDB deletes because they expired. Default `deleted`. */
  readonly expiries?: 'deleted' | 'skip';
  /**
   * What becomes of a change with an unknown or without a declared column. Announced either way, once for each new shape.
   * `continue` (default): unknown columns are passed over, vanished ones are null. `quarantine`: the change is put aside.
   */
  readonly drift?: 'continue' | 'quarantine';
  readonly batch?: Batch;
  /** Batches of one shard worked on at once, 1 to 10; changes of one partition key stay in order. Default 1, as an outbox must. Not for Kafka. */
  readonly parallelBatchesPerShard?: number;
  readonly retry?: Retry;
  /** Days that raw batches and quarantined changes are kept. Default 400. */
  readonly retentionDays?: number;
}

/** A checked, frozen feed with its defaults filled in. */
export interface CdcFeed extends Treaty {
  readonly kind: 'cdc-feed';
  readonly direction: 'inbound';
  readonly tenant: Tenant;
  /** With the tables as entities, as the decoders read it. */
  readonly source: CdcSource;
  readonly stream: Stream;
  readonly tables: Readonly<Record<string, Captured>>;
  readonly snapshots: 'created' | 'updated' | 'skip';
  readonly truncates: 'skip' | 'quarantine';
  readonly expiries: 'deleted' | 'skip';
  readonly drift: 'continue' | 'quarantine';
  readonly batch: Required<Batch>;
  readonly parallelBatchesPerShard: number;
  readonly retry: { readonly recordAgeSecondsMax: number; readonly attemptsMax: number | undefined };
  readonly retentionDays: number;
  /** Every event that a change may become; publishing is permitted for these and for the announcement of drift. */
  readonly events: readonly EventContract[];
}

const options = [
  ...treatyOptions,
  ...['tenant', 'source', 'stream', 'tables', 'snapshots', 'truncates', 'expiries', 'drift'],
  ...['batch', 'parallelBatchesPerShard', 'retry', 'retentionDays'],
];

const sourceOptions: Readonly<Record<CdcSource['kind'], readonly string[]>> = {
  debezium: [
    ...['kind', 'epoch', 'connector', 'form', 'orderedBy', 'decimals', 'binary', 'unavailableValue'],
    'beforeImage',
  ],
  dms: ['kind', 'epoch', 'beforeImage', 'binary', 'nulls'],
  dynamodb: ['kind', 'epoch', 'form'],
};

/**
 * Declares a CDC feed: changes of a database, as its log tells them, become canonical facts in order.
 * @throws ContractError naming what cannot be kept: an unknown option, a stream that the source is not carried by, a key that
 * is personal, a `deleted` event without `mapKey`, …
 */
export function defineCdcFeed(spec: CdcFeedSpec): CdcFeed {
  const where = `CDC feed ${spec.id}`;
  refuseUnknownOptions(where, spec, options);
  checkChoices(where, spec);
  refuseUnknownOptions(`${where}: source`, spec.source, sourceOptions[spec.source.kind]);
  refuseUnknownOptions(`${where}: stream`, spec.stream, streamOptions[spec.stream.kind]);
  refuseUnknownOptions(`${where}: batch`, spec.batch ?? {}, batchOptions);
  refuseUnknownOptions(`${where}: retry`, spec.retry ?? {}, retryOptions);
  const feed: CdcFeed = {
    ...spec,
    kind: 'cdc-feed',
    direction: 'inbound',
    source: { ...spec.source, entities: mapTables(spec.tables, entityOf) } as CdcSource,
    stream: streamOf(spec.stream),
    snapshots: spec.snapshots ?? 'updated',
    truncates: spec.truncates ?? 'quarantine',
    expiries: spec.expiries ?? 'deleted',
    drift: spec.drift ?? 'continue',
    batch: { records: 500, windowSeconds: 1, ...spec.batch },
    parallelBatchesPerShard: spec.parallelBatchesPerShard ?? 1,
    retry: { recordAgeSecondsMax: 21_600, attemptsMax: undefined, ...spec.retry },
    retentionDays: spec.retentionDays ?? 400,
    events: eventsOf(Object.values(spec.tables)),
  };
  checkCdcFeed(where, spec, feed);
  return deepFreeze(feed);
}

const mapTables = <T>(tables: CdcFeedSpec['tables'], of: (table: Captured) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, of(table)]));

function entityOf(captured: Captured): Entity {
  if (captured.kind === 'outbox')
    return { key: [captured.columns.id], columns: captured.more, outbox: captured.columns };
  const columns = Object.entries(captured.columns).map(([name, { type }]) => [name, type] as const);
  return { key: captured.key, columns: Object.fromEntries(columns) };
}

function eventsOf(tables: readonly Captured[]): EventContract[] {
  const all = tables.flatMap(captured =>
    captured.kind === 'outbox' ? Object.values(captured.events) : tableEvents(captured),
  );
  return [...new Map(all.map(event => [event.type, event])).values()];
}

const tableEvents = ({ events }: CapturedTable): EventContract[] =>
  [events.created, events.updated, events.deleted].filter(isEvent);
