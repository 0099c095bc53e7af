import type { UndeliveredLine } from './shapes/undelivered.ts';

/** Where Lambda writes in a bucket that is a failure destination. */
export const undeliveredPrefix = 'aws/lambda/';

/**
 * Reads the key of an undelivered batch: `aws/lambda/<mapping>/<shard>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<UUID>`. Source: AWS Lambda
 * developer guide, "Retain discarded batch records". Of an object that Lambda did not write, shard and time are null.
 */
export function undeliveredLine(
  integration: string,
  { key, bytes }: { readonly key: string; readonly bytes: number },
): UndeliveredLine {
  const [, shard, day, hour, minute, second] =
    /^aws\/lambda\/[^/]+\/(.+)\/\d{4}\/\d{2}\/\d{2}\/(\d{4}-\d{2}-\d{2})T(\d{2})\.(\d{2})\.(\d{2})-[^/]+$/.exec(
      key,
    ) ?? [];
  const failedAt = shard === undefined ? null : `${day}T${hour}:${minute}:${second}.000Z`;
  return { integration, object: key, shard: shard ?? null, failedAt, bytes };
}
