import type { KinesisStreamEvent, KinesisStreamRecord } from 'aws-lambda';
import type { StreamBatch, StreamRecord } from '../core/feed/stream-batch.ts';

/** Consoles and libraries send test events that lack what Kinesis always writes. */
type KinesisRecord = Omit<KinesisStreamRecord, 'eventID' | 'eventSourceARN' | 'kinesis'> & {
  readonly eventID?: string;
  readonly eventSourceARN?: string;
  readonly kinesis: Omit<KinesisStreamRecord['kinesis'], 'approximateArrivalTimestamp' | 'partitionKey'> & {
    readonly approximateArrivalTimestamp?: number;
    readonly partitionKey?: string;
  };
};

/** A Kinesis event holds records of one shard; `eventID` is `<shard>:<sequence number>`. */
export function readKinesis({ Records }: KinesisStreamEvent): StreamBatch[] {
  const [first, ...others]: readonly KinesisRecord[] = Records;
  if (!first) return [];
  return [
    {
      stream: /\/(.*)$/.exec(first.eventSourceARN ?? '')?.[1] ?? '',
      shard: /^[^:]*(?=:)/.exec(first.eventID ?? '')?.[0] ?? '',
      received: Records.length,
      records: [read(first), ...others.map(read)],
    },
  ];
}

const read = ({ kinesis }: KinesisRecord): StreamRecord => ({
  sequenceNumber: kinesis.sequenceNumber,
  arrivedAt: new Date((kinesis.approximateArrivalTimestamp ?? 0) * 1_000).toISOString(),
  record: {
    data: Buffer.from(kinesis.data, 'base64'),
    key: Buffer.from(kinesis.partitionKey ?? ''),
    streamSequence: kinesis.sequenceNumber,
  },
});
