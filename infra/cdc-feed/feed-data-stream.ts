import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnStream } from 'aws-cdk-lib/aws-kinesis';
import type { Construct } from 'constructs';
import type { Stream } from '#adapters/cdc-feed/contract/cdc-stream.ts';
import { allow } from '../platform/iam-statements.ts';
import type { Stage } from '../stage.ts';
import type { FeedSource } from './feed-source-type.ts';

/** Beyond what a change may have, so that one that is too long is quarantined; as base64 it still fits an invocation's 6 MB. */
const recordKibibytesMax = 4_096;

/** A data stream of the feed's own, encrypted with the key that AWS manages for Kinesis. */
export function dataStream(
  scope: Construct,
  { name, shards, retentionHours }: Stream & { readonly kind: 'kinesis' },
  stage: Stage,
): FeedSource {
  const streamName = `${name}-${stage.name}`;
  const onDemand = shards === 'on-demand';
  const stream = new CfnStream(scope, 'Stream', {
    name: streamName,
    streamModeDetails: { streamMode: onDemand ? 'ON_DEMAND' : 'PROVISIONED' },
    ...(!onDemand && { shardCount: shards }),
    retentionPeriodHours: retentionHours,
    maxRecordSizeInKiB: recordKibibytesMax,
    streamEncryption: { encryptionType: 'KMS', keyId: 'alias/aws/kinesis' },
  });
  stream.applyRemovalPolicy(stage.removalPolicy);
  const actions = ['DescribeStream', 'DescribeStreamSummary', 'GetRecords', 'GetShardIterator', 'ListShards'];
  return {
    arn: stream.attrArn,
    name: streamName,
    reading: [
      allow(
        'ReadStream',
        actions.map(action => `kinesis:${action}`),
        stream.attrArn,
      ),
    ],
    arriving: options =>
      new Metric({
        namespace: 'AWS/Kinesis',
        metricName: 'IncomingRecords',
        dimensionsMap: { StreamName: streamName },
        ...options,
      }),
    topics: [],
  };
}
