import { type Resource, resourcesOf, type StackTemplate } from './template.ts';

/** List prices of us-east-1 in US dollars, without free tiers. Source: the price page of each service, November 2026. */
const prices = {
  /** Of each metric that an alarm uses, a month. */
  alarmMetric: 0.1,
  secret: 0.4,
  key: 1,
  dashboard: 3,
  /** A shard, and what of it is kept beyond a day, an hour. */
  shardHour: 0.015,
  retentionHour: 0.02,
  onDemandHour: 0.04,
  sftpHour: 0.3,
  million: { sqs: 0.4 },
} as const;

const hoursOfMonth = 730;

/** Lambda polls a queue that is empty with five pollers, each every 20 seconds. Source: Lambda developer guide, Amazon SQS scaling. */
const pollsOfMonth = (5 * 30 * 86_400) / 20;

/** What stacks cost a month while nothing arrives, by what it is for. What is charged by use or storage is not in it. */
export interface CostAtRest {
  readonly alarms: number;
  readonly secrets: number;
  readonly keys: number;
  readonly polledQueues: number;
  readonly streams: number;
  readonly others: number;
}

export function costAtRest(stacks: readonly StackTemplate[]): CostAtRest {
  const of = (type: string) => resourcesOf(stacks, type);
  return {
    alarms: prices.alarmMetric * sum(of('AWS::CloudWatch::Alarm').map(metricsOf)),
    secrets: prices.secret * of('AWS::SecretsManager::Secret').length,
    keys: prices.key * of('AWS::KMS::Key').length,
    polledQueues: (prices.million.sqs * pollsOfMonth * of(mapping).filter(isOfQueue).length) / 1_000_000,
    streams: hoursOfMonth * sum(of('AWS::Kinesis::Stream').map(hourOf)),
    others:
      prices.dashboard * of('AWS::CloudWatch::Dashboard').length +
      prices.sftpHour * hoursOfMonth * of('AWS::Transfer::Server').length,
  };
}

export const totalOf = (cost: CostAtRest): number => sum(Object.values(cost));

const mapping = 'AWS::Lambda::EventSourceMapping';

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

interface AlarmMetric {
  readonly MetricStat?: object;
}

/** An alarm of an expression pays for each metric in it. */
const metricsOf = ({ Properties: { Metrics } }: Resource): number =>
  Metrics?.filter(({ MetricStat }: AlarmMetric) => MetricStat).length ?? 1;

/** Streams and topics are read from a position, queues are not. */
const isOfQueue = ({ Properties: { StartingPosition } }: Resource): boolean => StartingPosition === undefined;

function hourOf({ Properties: { ShardCount, RetentionPeriodHours = 24 } }: Resource): number {
  if (ShardCount === undefined) return prices.onDemandHour;
  return ShardCount * (prices.shardHour + (RetentionPeriodHours > 24 ? prices.retentionHour : 0));
}
