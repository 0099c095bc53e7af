import * as z from 'zod';
import { readEvent } from './read-event.ts';
import type { UndeliveredBatch } from './undelivered-batch.ts';

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

/** The batches in an object of the bucket, one for each shard. @throws Error that says why it is no such object. */
export function readUndelivered(object: string, text: string): readonly UndeliveredBatch[] {
  const given = undeliveredObject.parse(JSON.parse(text));
  const shard = (given.KinesisBatchInfo ?? given.DDBStreamBatchInfo)?.shardId;
  return readEvent(JSON.parse(given.payload), shard).map(part => ({
    ...part,
    object,
    first: part.records[0].number,
    count: part.records.length,
    since: new Date(part.records[0].arrivedAt).toISOString(),
    undeliveredSince: new Date(given.timestamp).toISOString(),
    condition: given.requestContext.condition,
  }));
}

/** What was wrong with it, in one line. */
export const reasonOf = (error: unknown): string =>
  error instanceof z.ZodError
    ? error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim()).join('; ')
    : (error as Error).message;
