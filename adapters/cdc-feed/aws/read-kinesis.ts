import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import type { StreamBatch, StreamRecord } from '../core/feed/stream-batch.ts';

/** A Kinesis event holds records of one shard; `eventID` is `<shard>:<sequence number>`. */
export function readKinesis({ Records }: KinesisStreamEvent): StreamBatch[] {
  const [first, ...others] = Records;
  if (!first) return [];
  return [
    {
      stream: first.eventSourceARN.slice(first.eventSourceARN.indexOf('/') + 1),
      shard: first.eventID.slice(0, first.eventID.indexOf(':')),
      received: Records.length,
      records: [read(first), ...others.map(read)],
    },
  ];
}

const read = ({ kinesis }: KinesisStreamRecord): StreamRecord => ({
  sequenceNumber: kinesis.sequenceNumber,
  arrivedAt: new Date(kinesis.approximateArrivalTimestamp * 1_000).toISOString(),
  record: {
    data: Buffer.from(kinesis.data, 'base64'),
    key: Buffer.from(kinesis.partitionKey),
    streamSequence: kinesis.sequenceNumber,
  },
});
