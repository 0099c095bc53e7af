import * as z from 'zod';
import type { UndeliveredRecord } from './undelivered-batch.ts';

const digits = z.string().regex(/^\d+$/);

const kinesisRecord = z.object({
  eventSourceARN: z.string(),
  kinesis: z.object({
    sequenceNumber: digits,
    partitionKey: z.string(),
    approximateArrivalTimestamp: z.number(),
  }),
});

const tableRecord = z.object({
  eventSourceARN: z.string(),
  dynamodb: z.object({
    SequenceNumber: digits,
    Keys: z.record(z.string(), z.unknown()),
    ApproximateCreationDateTime: z.number(),
  }),
});

const kafkaRecord = z.object({
  topic: z.string(),
  partition: z.int(),
  offset: z.int(),
  timestamp: z.number(),
  key: z.string().nullish(),
});

/** A record, and the name of the data stream, table or topic that it was in. */
export interface StreamRecord {
  readonly stream: string;
  readonly record: UndeliveredRecord;
}

/** Reads a record of Kinesis or DynamoDB Streams. @throws ZodError */
export const readStreamRecord = (value: unknown): StreamRecord =>
  typeof value === 'object' && value !== null && 'dynamodb' in value
    ? readTableRecord(value)
    : readKinesisRecord(value);

function readTableRecord(value: object): StreamRecord {
  const { eventSourceARN, dynamodb } = tableRecord.parse(value);
  const key = Object.entries(dynamodb.Keys).sort(([a], [b]) => (a < b ? -1 : 1));
  const arrivedAt = dynamodb.ApproximateCreationDateTime * 1_000;
  return {
    stream: streamIn(eventSourceARN),
    record: recordOf({ id: dynamodb.SequenceNumber, key: JSON.stringify(key), arrivedAt, value }),
  };
}

function readKinesisRecord(value: unknown): StreamRecord {
  const { eventSourceARN, kinesis } = kinesisRecord.parse(value);
  const arrivedAt = kinesis.approximateArrivalTimestamp * 1_000;
  return {
    stream: streamIn(eventSourceARN),
    record: recordOf({ id: kinesis.sequenceNumber, key: kinesis.partitionKey, arrivedAt, value }),
  };
}

/** Reads a record of Kafka. @throws ZodError */
export function readKafkaRecord(value: unknown): StreamRecord & { readonly partition: number } {
  const { topic, partition, offset, timestamp, key } = kafkaRecord.parse(value);
  return {
    stream: topic,
    partition,
    record: recordOf({ id: String(offset), key: key ?? undefined, arrivedAt: timestamp, value }),
  };
}

const recordOf = (given: Omit<UndeliveredRecord, 'number' | 'json'>): UndeliveredRecord => ({
  ...given,
  number: BigInt(given.id),
  json: JSON.stringify(given.value),
});

/** `arn:…:stream/<name>`, `arn:…:table/<name>/stream/<when>` */
const streamIn = (arn: string): string => arn.split('/')[1] ?? arn;
