import { randomUUID } from 'node:crypto';
import { required } from '../required.ts';
import type { UndeliveredRecords } from './stream-mapping.ts';

/** What Lambda tells a failure destination: not the records, only where they lie. */
export function failureMessage(
  { mapping, shard, records, condition, invokes }: UndeliveredRecords,
  now: Date,
) {
  const first = required(records[0], 'first record');
  const last = required(records.at(-1), 'last record');
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: mapping.functionArn,
      condition,
      approximateInvokeCount: invokes,
    },
    ...(invokes > 0 && {
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    }),
    version: '1.0',
    timestamp: now.toISOString(),
    [mapping.source.batchInfo]: {
      shardId: shard.id,
      startSequenceNumber: first.sequenceNumber,
      endSequenceNumber: last.sequenceNumber,
      approximateArrivalOfFirstRecord: new Date(first.arrivedAt).toISOString(),
      approximateArrivalOfLastRecord: new Date(last.arrivedAt).toISOString(),
      batchSize: records.length,
      streamArn: mapping.source.arn,
    },
  };
}

/** What it writes to a bucket: the same with the whole invocation as text. */
export const failureObject = (given: UndeliveredRecords, now: Date) => ({
  ...failureMessage(given, now),
  payload: JSON.stringify({ Records: given.records.map(record => given.shard.eventOf(record)) }),
});

/**
 * `aws/lambda/<mapping>/<shard>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<random>`
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 */
export function failureKey({ mapping, shard }: UndeliveredRecords, now: Date): string {
  const time = now.toISOString().slice(0, 19);
  const day = time.slice(0, 10).replaceAll('-', '/');
  return `aws/lambda/${mapping.id}/${shard.id}/${day}/${time.replaceAll(':', '.')}-${randomUUID()}`;
}
