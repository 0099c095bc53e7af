import * as z from 'zod';
import { eventWith, readEvent } from './read-event.ts';
import { recordName, type UndeliveredBatch } from './undelivered-batch.ts';

const batchInfo = z.object({ shardId: z.string() });

/**
 * What Lambda writes to a bucket that is a failure destination: why and when, and the whole event that the function received.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
 */
const undeliveredObject = z.object({
  requestContext: z.object({ condition: z.string() }),
  timestamp: z.string().refine(text => !Number.isNaN(Date.parse(text)), 'no time'),
  KinesisBatchInfo: batchInfo.optional(),
  DDBStreamBatchInfo: batchInfo.optional(),
  payload: z.string(),
});

const shardOf = ({ KinesisBatchInfo, DDBStreamBatchInfo }: z.infer<typeof undeliveredObject>) =>
  (KinesisBatchInfo ?? DDBStreamBatchInfo)?.shardId;

/** The batches in an object of the bucket, one for each shard. @throws Error that says why it is no such object. */
export function readUndelivered(object: string, text: string): readonly UndeliveredBatch[] {
  const given = undeliveredObject.parse(JSON.parse(text));
  return readEvent(JSON.parse(given.payload), shardOf(given)).map(part => ({
    ...part,
    object,
    first: part.records[0].number,
    count: part.records.length,
    undeliveredSince: new Date(given.timestamp).toISOString(),
    condition: given.requestContext.condition,
  }));
}

/**
 * The text of such an object without records that ended, which `recordName` names; undefined when it holds no others.
 * @throws Error when it is no such object.
 */
export function withoutRecords(text: string, ended: ReadonlySet<string>): string | undefined {
  const whole: object = JSON.parse(text);
  const given = undeliveredObject.parse(whole);
  const event = JSON.parse(given.payload);
  const left = readEvent(event, shardOf(given)).map(part =>
    part.records.filter(record => !ended.has(recordName(part, record))),
  );
  if (left.every(records => records.length === 0)) return undefined;
  return JSON.stringify({ ...whole, payload: JSON.stringify(eventWith(event, left)) });
}
