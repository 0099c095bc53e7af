import * as z from 'zod';
import { streamOfMode } from './capacity.ts';
import type { DataStream } from './data-stream.ts';
import type { DataStreams } from './data-streams.ts';
import { named } from './named.ts';

export const createStreamShape = z.strictObject({
  StreamName: named.StreamName.unwrap(),
  ShardCount: z.int().min(1).max(10_000).optional(),
  StreamModeDetails: z.strictObject({ StreamMode: z.enum(['ON_DEMAND', 'PROVISIONED']) }).optional(),
});

export const namedShape = z.strictObject({
  ...named,
  Limit: z.int().optional(),
  ExclusiveStartShardId: z.string().optional(),
});

export const listShardsShape = z.strictObject({ ...named, MaxResults: z.int().optional() });

export const listStreamsShape = z.strictObject({ Limit: z.int().optional() });

export function createStream(streams: DataStreams, input: z.infer<typeof createStreamShape>) {
  streams.create({ name: input.StreamName, ...streamOfMode(input) });
  return undefined;
}

export function describeStream(streams: DataStreams, input: z.infer<typeof namedShape>) {
  const stream = streams.find(input);
  const Shards = shardsOf(stream);
  return { StreamDescription: { ...descriptionOf(stream), Shards, HasMoreShards: false } };
}

export function describeStreamSummary(streams: DataStreams, input: z.infer<typeof namedShape>) {
  const stream = streams.find(input);
  const counts = { OpenShardCount: stream.shards.length, ConsumerCount: 0 };
  return { StreamDescriptionSummary: { ...descriptionOf(stream), ...counts } };
}

export const listShards = (streams: DataStreams, input: z.infer<typeof listShardsShape>) => ({
  Shards: shardsOf(streams.find(input)),
});

export const listStreams = (streams: DataStreams) => ({
  StreamNames: streams.names,
  HasMoreStreams: false,
  StreamSummaries: streams.names.map(name => {
    const { StreamName, StreamARN, StreamStatus, StreamModeDetails } = descriptionOf(
      streams.find({ StreamName: name }),
    );
    return { StreamName, StreamARN, StreamStatus, StreamModeDetails };
  }),
});

const descriptionOf = ({ spec, createdAt }: DataStream) => ({
  StreamName: spec.name,
  StreamARN: spec.arn,
  StreamStatus: 'ACTIVE',
  StreamModeDetails: { StreamMode: spec.onDemand ? 'ON_DEMAND' : 'PROVISIONED' },
  RetentionPeriodHours: spec.retentionHours,
  StreamCreationTimestamp: createdAt / 1000,
  EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
  EncryptionType: 'NONE',
  MaxRecordSizeInKiB: spec.recordBytesMax / 1024,
});

const shardsOf = ({ shards }: DataStream) =>
  shards.map(({ id, startingHashKey, endingHashKey, log }) => ({
    ShardId: id,
    HashKeyRange: { StartingHashKey: String(startingHashKey), EndingHashKey: String(endingHashKey) },
    SequenceNumberRange: { StartingSequenceNumber: log.at(0)?.sequenceNumber ?? '0' },
  }));
