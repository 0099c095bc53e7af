import type { MSKEvent, MSKRecord, SelfManagedKafkaEvent } from 'aws-lambda';
import type { StreamBatch, StreamRecord } from '../core/feed/stream-batch.ts';

/** One batch for each partition. */
export const readKafka = ({ records }: MSKEvent | SelfManagedKafkaEvent): StreamBatch[] =>
  Object.values(records).flatMap(readPartition);

function readPartition(partition: readonly MSKRecord[]): StreamBatch[] {
  const [first, ...others] = partition;
  if (!first) return [];
  return [
    {
      stream: first.topic,
      shard: String(first.partition),
      received: partition.length,
      records: [read(first), ...others.map(read)],
    },
  ];
}

type KafkaRecord = Omit<MSKRecord, 'key' | 'value' | 'timestamp'> & {
  /** Absent in records that have none: a tombstone has no value. */
  readonly key?: string | null;
  readonly value?: string | null;
  /** Test events may lack it. */
  readonly timestamp?: number;
};

const read = (record: KafkaRecord): StreamRecord => ({
  sequenceNumber: String(record.offset),
  arrivedAt: new Date(record.timestamp ?? 0).toISOString(),
  record: {
    data: bytesOf(record.value) ?? new Uint8Array(),
    key: bytesOf(record.key),
    headers: headersOf(record),
    streamSequence: String(record.offset),
  },
});

const bytesOf = (base64: string | null | undefined): Uint8Array | undefined =>
  base64 === null || base64 === undefined ? undefined : Buffer.from(base64, 'base64');

const headersOf = ({ headers }: KafkaRecord): Record<string, Uint8Array> =>
  Object.fromEntries(
    (headers ?? []).flatMap(header => Object.entries(header)).map(([k, v]) => [k, Buffer.from(v)]),
  );
