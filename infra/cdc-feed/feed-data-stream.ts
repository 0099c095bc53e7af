import { Aws } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnStream } from 'aws-cdk-lib/aws-kinesis';
import type { Construct } from 'constructs';
import type { DataStream } from '#adapters/cdc-feed/contract/cdc-stream.ts';
import { allow } from '../platform/iam-statements.ts';
import type { Stage } from '../stage.ts';
import { suppress } from '../suppress.ts';
import type { FeedSource } from './feed-source-type.ts';

/** Beyond what a change may have, so that one that is too long is quarantined; as base64 it still fits an invocation's 6 MB. */
const recordKibibytesMax = 4_096;

/** A data stream, of the feed's own or made by another feed's stack. It is encrypted with the key that AWS manages for Kinesis, or the one that the stage brings. */
export function dataStream(scope: Construct, stream: DataStream, stage: Stage): FeedSource {
  const streamName = `${stage.prefix}${stream.name}-${stage.name}`;
  const arn =
    stream.madeBy === undefined
      ? madeStream(scope, { ...stream, name: streamName }, stage)
      : `arn:${Aws.PARTITION}:kinesis:${Aws.REGION}:${Aws.ACCOUNT_ID}:stream/${streamName}`;
  const actions = ['DescribeStream', 'DescribeStreamSummary', 'GetRecords', 'GetShardIterator', 'ListShards'];
  return {
    arn,
    name: streamName,
    reading: [
      allow(
        'ReadStream',
        actions.map(action => `kinesis:${action}`),
        arn,
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

/** Gives its ARN. */
function madeStream(scope: Construct, { name, shards, retentionHours }: DataStream, stage: Stage): string {
  const onDemand = shards === 'on-demand';
  const stream = new CfnStream(scope, 'Stream', {
    name,
    streamModeDetails: { streamMode: onDemand ? 'ON_DEMAND' : 'PROVISIONED' },
    ...(!onDemand && { shardCount: shards }),
    retentionPeriodHours: retentionHours,
    maxRecordSizeInKiB: recordKibibytesMax,
    streamEncryption: { encryptionType: 'KMS', keyId: 'alias/aws/kinesis' },
  });
  stream.applyRemovalPolicy(stage.removalPolicy);
  if (stage.brought.keys.data !== undefined)
    suppress(
      stream,
      'AwsSolutions-KDS3',
      'The stage brings a key of its own for data, which its people control.',
    );
  return stream.attrArn;
}
