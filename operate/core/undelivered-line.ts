import type { UndeliveredLine } from './shapes.ts';

/** Where Lambda writes in a bucket that is a failure destination. */
export const undeliveredPrefix = 'aws/lambda/';

/**
 * Reads the key of an undelivered batch: `aws/lambda/<mapping>/<shard>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<UUID>`. Source: AWS Lambda
 * developer guide, "Retain discarded batch records". Undefined for an object that Lambda did not write.
 */
export function undeliveredLine(
  integration: string,
  { key, bytes }: { readonly key: string; readonly bytes: number },
): UndeliveredLine | undefined {
  const [, shard, day, hour, minute, second] =
    /^aws\/lambda\/[^/]+\/(.+)\/\d{4}\/\d{2}\/\d{2}\/(\d{4}-\d{2}-\d{2})T(\d{2})\.(\d{2})\.(\d{2})-[^/]+$/.exec(
      key,
    ) ?? [];
  if (shard === undefined) return undefined;
  return { integration, object: key, shard, failedAt: `${day}T${hour}:${minute}:${second}.000Z`, bytes };
}
