import * as z from 'zod';
import type { DataStream } from './data-stream.ts';
import type { DataStreams } from './data-streams.ts';
import { hashKeys } from './hash-key.ts';
import { KinesisError } from './kinesis-error.ts';
import { named } from './named.ts';

const mebibyte = 1_048_576;
const recordsMax = 500;
const requestBytesMax = 10 * mebibyte;

const record = z.strictObject({
  Data: z.base64(),
  PartitionKey: z.string().min(1).max(256),
  ExplicitHashKey: z
    .string()
    .regex(/^(0|[1-9]\d{0,38})$/)
    .transform(BigInt)
    .optional(),
});

export const putRecordShape = z.strictObject({
  ...named,
  ...record.shape,
  SequenceNumberForOrdering: z.string().optional(),
});

export const putRecordsShape = z.strictObject({ ...named, Records: z.array(record).min(1).max(recordsMax) });

export function putRecord(streams: DataStreams, input: z.infer<typeof putRecordShape>) {
  const stream = streams.find(input);
  checkRecord(stream, input);
  return { ...put(stream, input), EncryptionType: 'NONE' };
}

export function putRecords(streams: DataStreams, input: z.infer<typeof putRecordsShape>) {
  const stream = streams.find(input);
  for (const one of input.Records) checkRecord(stream, one);
  if (input.Records.reduce((sum, one) => sum + bytesOf(one), 0) > requestBytesMax)
    throw new KinesisError('InvalidArgumentException', `Records size exceeds ${requestBytesMax} bytes`);
  return {
    FailedRecordCount: 0,
    Records: input.Records.map(one => put(stream, one)),
    EncryptionType: 'NONE',
  };
}

type Given = z.infer<typeof record>;

const put = (stream: DataStream, { PartitionKey, Data, ExplicitHashKey }: Given) =>
  stream.put(PartitionKey, Data, ExplicitHashKey);

const bytesOf = ({ Data, PartitionKey }: Given): number =>
  Buffer.byteLength(Data, 'base64') + Buffer.byteLength(PartitionKey);

function checkRecord({ spec }: DataStream, given: Given): void {
  if (given.ExplicitHashKey !== undefined && given.ExplicitHashKey >= hashKeys)
    throw new KinesisError('InvalidArgumentException', 'ExplicitHashKey must be in the range: [0, 2^128-1]');
  const bytes = bytesOf(given);
  if (bytes > spec.recordBytesMax)
    throw new KinesisError(
      'InvalidArgumentException',
      `a record of ${bytes} bytes with its partition key exceeds the ${spec.recordBytesMax} of ${spec.name}`,
    );
}
