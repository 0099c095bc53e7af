import { arn } from '../aws-names.ts';
import type { SourceShard, StreamSource } from '../streams/stream-source.ts';
import type { DataRecord, DataShard, DataStream } from './data-stream.ts';

/** A data stream as a mapping reads it. */
export const kinesisSource = ({ spec, shards }: DataStream, region: string): StreamSource => ({
  arn: spec.arn,
  batchInfo: 'KinesisBatchInfo',
  shards: shards.map(shard => sourceShard(shard, spec.arn, region) as SourceShard),
});

const sourceShard = ({ id, log }: DataShard, streamArn: string, region: string): SourceShard<DataRecord> => ({
  id,
  log,
  eventOf: ({ sequenceNumber, partitionKey, data, arrivedAt }) => ({
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey,
      sequenceNumber,
      data,
      approximateArrivalTimestamp: arrivedAt / 1000,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `${id}:${sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: arn('iam', region, 'role/local'),
    awsRegion: region,
    eventSourceARN: streamArn,
  }),
});
