import { contractOptions } from '#shared/contract/contract-base.ts';
import type { EventContract } from '#shared/contract/define-event.ts';
import { deepFreeze, refuseUnknownOptions } from '#shared/contract/options.ts';
import { checkChoices } from './cdc-choices.ts';
import type { CdcFeed, CdcFeedSpec } from './cdc-feed.ts';
import { checkCdcFeed } from './cdc-feed-checks.ts';
import type { CdcSource, Entity } from './cdc-source.ts';
import { batchOptions, retryOptions, streamOf, streamOptions } from './cdc-stream.ts';
import { type Captured, type CapturedTable, isEvent } from './cdc-table.ts';

/*
 * What a feed's stack provides.
 *
 * Stream, by `stream.kind`:
 *   kinesis   a data stream named `stream.name` (`shards`, `retentionHours`), encrypted.
 *   dynamodb  nothing: the table belongs to another stack; the ARN of its stream (NEW_AND_OLD_IMAGES) is in `sources` of edge.config.ts.
 *   kafka     nothing: the cluster's ARN is a stack parameter; each topic has a mapping and a consumer group of its own.
 * Mapping from the stream to the function: `batch.records`, `batch.windowSeconds`, TRIM_HORIZON; for kinesis and dynamodb also
 *   `parallelBatchesPerShard` (ParallelizationFactor), `retry` (MaximumRetryAttempts, -1 where `attemptsMax` is undefined;
 *   MaximumRecordAgeInSeconds), bisect on error, FunctionResponseTypes ReportBatchItemFailures, a failure destination. A Kafka
 *   mapping has these only with `stream.pollers`; else the function throws, and the whole batch comes again.
 * Function: `cdcFeed(contract)` of functions/cdc-feed.ts. Its environment:
 *   BUS_NAME              events:PutEvents for `events` and edge.schema.drift-detected.v1
 *   LEDGER_TABLE          GetItem, PutItem; keys begin with `<id>#`
 *   RAW_BUCKET            PutObject under `<id>/`
 *   QUARANTINE_BUCKET     PutObject under `<id>/`
 *   CHANGES_QUEUE_URL     sqs:SendMessage; where operators are notified of quarantined changes
 *   and, as every function, POWERTOOLS_SERVICE_NAME, POWERTOOLS_LOG_LEVEL.
 * Alarms, besides the failure destination's and queue's depth: iterator age; log lines `batch settled` with `quarantined` > 0,
 *   `books unbalanced`, `batch stopped` (bus, rights or a fallen position), `position fell`, `schema drift`.
 */

const options = [
  ...contractOptions,
  ...['tenant', 'source', 'stream', 'tables', 'skipTables', 'snapshots', 'truncates', 'expiries', 'drift'],
  ...['publish', 'fallenPositions', 'batch', 'parallelBatchesPerShard', 'retry', 'retentionDays'],
];

const sourceOptions: Readonly<Record<CdcSource['kind'], readonly string[]>> = {
  debezium: [
    ...[
      'kind',
      'epoch',
      'connector',
      'form',
      'orderedBy',
      'flattenedDeletes',
      'decimals',
      'binary',
      'unavailableValue',
    ],
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
    source: {
      ...spec.source,
      entities: mapTables(spec.tables, entityOf),
      skipTables: Object.keys(spec.skipTables ?? {}),
    } as CdcSource,
    stream: streamOf(spec.stream),
    skipTables: spec.skipTables ?? {},
    snapshots: spec.snapshots ?? 'updated',
    truncates: spec.truncates ?? 'quarantine',
    expiries: spec.expiries ?? 'deleted',
    drift: spec.drift ?? 'continue',
    fallenPositions: spec.fallenPositions ?? 'stop',
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
