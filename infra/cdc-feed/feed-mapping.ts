import { Duration } from 'aws-cdk-lib';
import {
  EventSourceMapping,
  type EventSourceMappingProps,
  type IEventSourceDlq,
  type IFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { FeedSource } from './feed-source-type.ts';

interface FeedMappingProps {
  readonly feed: CdcFeed;
  readonly fn: IFunction;
  readonly source: FeedSource;
  readonly undelivered: IBucket;
}

/** From the stream to the function, from the oldest record on. Undelivered records are stored complete in the bucket. */
export function feedMapping(scope: Construct, { feed, fn, source, undelivered }: FeedMappingProps): void {
  const common: EventSourceMappingProps = {
    target: fn,
    eventSourceArn: source.arn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: feed.batch.records,
    maxBatchingWindow: Duration.seconds(feed.batch.windowSeconds),
    onFailure: into(undelivered),
  };
  if (feed.stream.kind !== 'kafka') new EventSourceMapping(scope, 'Changes', { ...common, ...inOrder(feed) });
  // Named for its topic: a mapping that took over another's group would be made while that one still stands.
  for (const { name, group } of source.topics)
    new EventSourceMapping(scope, `Topic-${name}`, {
      ...common,
      kafkaTopic: name,
      kafkaConsumerGroupId: group,
      ...provisioned(feed),
    });
}

/** AWS: attempts that a mapping can be given. Without a number, Lambda stops after ten over Kafka. */
const attemptsMax = 10_000;

/** Over Kafka, Lambda takes reports and limits only in provisioned mode. */
function provisioned({ stream, retry }: CdcFeed): Partial<EventSourceMappingProps> {
  if (stream.kind !== 'kafka' || !stream.pollers) return {};
  const { min, max } = stream.pollers;
  return {
    provisionedPollerConfig: { minimumPollers: min, maximumPollers: max },
    ...reported(retry),
    retryAttempts: retry.attemptsMax ?? attemptsMax,
  };
}

/**
 * The function reports where it stopped, and the shard is read again from there; a batch that kills it is halved, so that
 * one bad record cannot hold up its neighbours. Attempts are not limited unless the contract says so: a bus that is down for
 * an hour costs an hour, no records. Age is, before the stream forgets.
 */
const inOrder = ({ retry, parallelBatchesPerShard }: CdcFeed): Partial<EventSourceMappingProps> => ({
  ...reported(retry),
  parallelizationFactor: parallelBatchesPerShard,
  ...(retry.attemptsMax !== undefined && { retryAttempts: retry.attemptsMax }),
});

const reported = ({ recordAgeSecondsMax }: CdcFeed['retry']): Partial<EventSourceMappingProps> => ({
  reportBatchItemFailures: true,
  bisectBatchOnError: true,
  maxRecordAge: Duration.seconds(recordAgeSecondsMax),
});

/** The CDK's own would grant more than the two actions that are asked for. */
const into = (bucket: IBucket): IEventSourceDlq => ({ bind: () => ({ destination: bucket.bucketArn }) });
