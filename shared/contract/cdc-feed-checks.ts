import { checkAggregates } from './cdc-aggregate-checks.ts';
import type { CdcSource } from './cdc-source.ts';
import type { Stream } from './cdc-stream.ts';
import { checkTables } from './cdc-table-checks.ts';
import type { CdcFeed, CdcFeedSpec } from './define-cdc-feed.ts';
import { checkWord } from './names.ts';
import { ContractError } from './options.ts';
import { checkTreaty } from './treaty.ts';

/** Every promise of a CDC feed that types cannot hold. @throws ContractError */
export function checkCdcFeed(where: string, spec: CdcFeedSpec, feed: CdcFeed): void {
  checkTreaty(where, feed);
  checkSource(where, feed.source);
  checkStream(where, feed);
  checkIdleOptions(where, spec);
  checkNumbers(where, feed);
  checkTables(where, feed);
  checkAggregates(where, feed);
}

const carriers: Readonly<Record<CdcSource['kind'], readonly Stream['kind'][]>> = {
  debezium: ['kinesis', 'kafka'],
  dms: ['kinesis', 'kafka'],
  dynamodb: ['dynamodb', 'kinesis'],
};

function checkSource(where: string, source: CdcSource): void {
  const epoch = source.epoch ?? 0;
  require(where, isWhole(epoch, 0, 9_999), 'source.epoch must be a whole number from 0 to 9,999');
}

function checkStream(where: string, { source, stream }: CdcFeed): void {
  const known = carriers[source.kind];
  require(where, known.includes(
    stream.kind,
  ), `changes of ${source.kind} come over ${known.join(' or ')}, not over ${stream.kind}`);
  if (source.kind === 'dynamodb') {
    const form = stream.kind === 'dynamodb' ? 'streams' : 'kinesis';
    require(where, source.form === form, `source.form must be '${form}' over a ${stream.kind} stream`);
  }
  if (stream.kind === 'kinesis') {
    checkWord(`${where}: stream.name`, stream.name);
    require(where, stream.shards === 'on-demand' ||
      isWhole(stream.shards, 1, 10_000), "stream.shards must be a whole number from 1, or 'on-demand'");
    require(where, isWhole(
      stream.retentionHours,
      24,
      8_760,
    ), 'stream.retentionHours must be a whole number from 24 to 8,760');
  }
  if (stream.kind === 'kafka') require(where, stream.topics.length > 0, 'stream.topics must name a topic');
}

/** Options that would do nothing with this source or stream. */
function checkIdleOptions(where: string, { source, stream, ...spec }: CdcFeedSpec): void {
  const isDynamo = source.kind === 'dynamodb';
  require(where, !isDynamo || spec.snapshots === undefined, 'snapshots: DynamoDB streams carry none');
  require(where, !isDynamo || spec.truncates === undefined, 'truncates: a DynamoDB table knows none');
  require(where, isDynamo || spec.expiries === undefined, 'expiries: only items of DynamoDB expire');
  const isKafka = stream.kind === 'kafka';
  require(where, !isKafka || spec.retry === undefined, 'retry: a Kafka mapping retries until it succeeds');
  require(where, !isKafka ||
    spec.parallelBatchesPerShard ===
      undefined, 'parallelBatchesPerShard: a Kafka mapping reads each partition one batch at a time');
}

function checkNumbers(where: string, feed: CdcFeed): void {
  const { batch, retry } = feed;
  const whole = (name: string, value: number, least: number, most: number) =>
    require(where, isWhole(value, least, most), `${name} must be a whole number from ${least} to ${most}`);
  whole('batch.records', batch.records, 1, 10_000);
  whole('batch.windowSeconds', batch.windowSeconds, 0, 300);
  require(where, batch.records <= 10 ||
    batch.windowSeconds > 0, 'batch.records above 10 needs a batch.windowSeconds of at least 1');
  whole('parallelBatchesPerShard', feed.parallelBatchesPerShard, 1, 10);
  whole('retentionDays', feed.retentionDays, 1, 36_500);
  whole('retry.recordAgeSecondsMax', retry.recordAgeSecondsMax, 60, 604_800);
  if (retry.attemptsMax !== undefined) whole('retry.attemptsMax', retry.attemptsMax, 0, 10_000);
  require(where, retry.recordAgeSecondsMax <
    keptSeconds(
      feed.stream,
    ), 'retry.recordAgeSecondsMax must end before the stream forgets the record, or it is lost unannounced');
}

const hourSeconds = 3_600;

const keptSeconds = (stream: Stream): number => {
  if (stream.kind === 'kinesis') return stream.retentionHours * hourSeconds;
  return stream.kind === 'dynamodb' ? 24 * hourSeconds : Number.POSITIVE_INFINITY;
};

const isWhole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

function require(where: string, holds: boolean, message: string): asserts holds {
  if (!holds) throw new ContractError(`${where}: ${message}`);
}
