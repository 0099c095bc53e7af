import { checkContractBase } from '#shared/contract/contract-base.ts';
import { isWhole } from '#shared/contract/is-whole.ts';
import { checkPublish } from '#shared/contract/publish-form.ts';
import { requireThat } from '#shared/contract/require-that.ts';
import { checkAggregates } from './cdc-aggregate-checks.ts';
import { type CdcFeed, type CdcFeedSpec, hasGrowingPositions } from './cdc-feed.ts';
import { checkPersonal } from './cdc-personal-checks.ts';
import { checkSource } from './cdc-source-checks.ts';
import { isReported, keptHours, type Stream } from './cdc-stream.ts';
import { checkStream } from './cdc-stream-checks.ts';
import { checkTables } from './cdc-table-checks.ts';

/** Every promise of a CDC feed that types cannot hold. @throws ContractError */
export function checkCdcFeed(where: string, spec: CdcFeedSpec, feed: CdcFeed): void {
  checkContractBase(where, feed);
  checkSource(where, feed);
  checkStream(where, feed);
  checkIdleOptions(where, spec);
  checkNumbers(where, feed);
  checkTables(where, feed);
  checkAggregates(where, feed);
  checkPersonal(where, feed);
  checkPublish(where, feed.publish, feed.events);
}

/** Options that would do nothing with this source or stream. */
function checkIdleOptions(where: string, { source, stream, ...spec }: CdcFeedSpec): void {
  const isDynamo = source.kind === 'dynamodb';
  requireThat(where, !isDynamo || spec.snapshots === undefined, 'snapshots: DynamoDB streams carry none');
  requireThat(where, !isDynamo || spec.truncates === undefined, 'truncates: a DynamoDB table knows none');
  requireThat(where, isDynamo || spec.expiries === undefined, 'expiries: only items of DynamoDB expire');
  const hasTable = Object.values(spec.tables).some(({ kind }) => kind === 'table');
  for (const option of ['truncates', 'drift'] as const)
    requireThat(
      where,
      hasTable || spec[option] === undefined,
      `${option} does nothing where every table is an outbox`,
    );
  requireThat(
    where,
    spec.fallenPositions === undefined || hasGrowingPositions({ source }),
    'fallenPositions does nothing: this log has no positions that only grow',
  );
  const isKafka = stream.kind === 'kafka';
  requireThat(
    where,
    isReported(stream) || spec.retry === undefined,
    'retry: over Kafka, Lambda decides itself how often a batch comes again, unless stream.pollers are there',
  );
  requireThat(
    where,
    !isKafka || spec.parallelBatchesPerShard === undefined,
    'parallelBatchesPerShard: a Kafka mapping reads each partition one batch at a time',
  );
}

function checkNumbers(where: string, feed: CdcFeed): void {
  const { batch, retry } = feed;
  const whole = (name: string, value: number, least: number, most: number) =>
    requireThat(
      where,
      isWhole(value, least, most),
      `${name} must be a whole number from ${least} to ${most}`,
    );
  whole('batch.records', batch.records, 1, 10_000);
  whole('batch.windowSeconds', batch.windowSeconds, 0, 300);
  requireThat(
    where,
    batch.records <= 10 || batch.windowSeconds > 0,
    'batch.records above 10 needs a batch.windowSeconds of at least 1',
  );
  whole('parallelBatchesPerShard', feed.parallelBatchesPerShard, 1, 10);
  whole('retentionDays', feed.retentionDays, 1, 36_500);
  whole('retry.recordAgeSecondsMax', retry.recordAgeSecondsMax, 60, 604_800);
  if (retry.attemptsMax !== undefined) whole('retry.attemptsMax', retry.attemptsMax, 0, 10_000);
  requireThat(
    where,
    retry.recordAgeSecondsMax < keptSeconds(feed.stream),
    'retry.recordAgeSecondsMax must end before the stream forgets the record, or it is lost without an alarm',
  );
}

const hourSeconds = 3_600;

const keptSeconds = (stream: Stream): number => (keptHours(stream) ?? Number.POSITIVE_INFINITY) * hourSeconds;
