import * as z from 'zod';
import type { DataRecord, DataShard, DataStream } from './data-stream.ts';
import type { DataStreams } from './data-streams.ts';
import { KinesisError } from './kinesis-error.ts';
import { named } from './named.ts';
import { readIterator, writeIterator } from './shard-iterator.ts';

const recordsMax = 10_000;
const answerBytesMax = 10 * 1_048_576;

export const getShardIteratorShape = z.strictObject({
  ...named,
  ShardId: z.string(),
  ShardIteratorType: z.enum([
    'TRIM_HORIZON',
    'LATEST',
    'AT_SEQUENCE_NUMBER',
    'AFTER_SEQUENCE_NUMBER',
    'AT_TIMESTAMP',
  ]),
  StartingSequenceNumber: z.string().regex(/^\d+$/).optional(),
  /** Epoch seconds. */
  Timestamp: z.number().optional(),
});

export const getRecordsShape = z.strictObject({
  StreamARN: named.StreamARN,
  StreamId: named.StreamId,
  ShardIterator: z.string(),
  Limit: z.int().min(1).max(recordsMax).default(recordsMax),
});

export function getShardIterator(streams: DataStreams, input: z.infer<typeof getShardIteratorShape>) {
  const stream = streams.find(input);
  const shard = shardOf(stream, input.ShardId);
  const index = placeOf(shard, input);
  return { ShardIterator: writeIterator({ stream: stream.spec.name, shard: shard.id, index }) };
}

function placeOf({ log }: DataShard, input: z.infer<typeof getShardIteratorShape>): number {
  const type = input.ShardIteratorType;
  if (type === 'TRIM_HORIZON') return 0;
  if (type === 'LATEST') return log.length;
  if (type === 'AT_TIMESTAMP') {
    const since = required('Timestamp', input.Timestamp) * 1000;
    return log.indexOf(record => record.arrivedAt >= since);
  }
  const number = BigInt(required('StartingSequenceNumber', input.StartingSequenceNumber));
  return type === 'AT_SEQUENCE_NUMBER'
    ? log.indexOf(record => BigInt(record.sequenceNumber) >= number)
    : log.indexOf(record => BigInt(record.sequenceNumber) > number);
}

export function getRecords(streams: DataStreams, input: z.infer<typeof getRecordsShape>) {
  const place = readIterator(input.ShardIterator);
  const { log } = shardOf(streams.find({ StreamName: place.stream }), place.shard);
  const records: DataRecord[] = [];
  for (let bytes = 0; records.length < input.Limit; ) {
    const record = log.at(place.index + records.length);
    bytes += record?.data.length ?? 0;
    if (!record || (bytes > answerBytesMax && records.length > 0)) break;
    records.push(record);
  }
  const index = place.index + records.length;
  const next = log.at(index);
  return {
    Records: records.map(shown),
    NextShardIterator: writeIterator({ ...place, index }),
    MillisBehindLatest: next ? Date.now() - next.arrivedAt : 0,
  };
}

const shown = ({ sequenceNumber, arrivedAt, data, partitionKey }: DataRecord) => ({
  SequenceNumber: sequenceNumber,
  ApproximateArrivalTimestamp: arrivedAt / 1000,
  Data: data,
  PartitionKey: partitionKey,
});

function shardOf(stream: DataStream, id: string): DataShard {
  const shard = stream.shards.find(candidate => candidate.id === id);
  if (!shard)
    throw new KinesisError('ResourceNotFoundException', `Shard ${id} of ${stream.spec.name} not found.`);
  return shard;
}

function required<T>(name: string, value: T | undefined): T {
  if (value === undefined)
    throw new KinesisError('InvalidArgumentException', `${name} is needed for this ShardIteratorType`);
  return value;
}
