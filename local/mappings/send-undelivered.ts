import { createHash, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { arnResource, arnService } from '../aws-names.ts';
import type { Store } from '../s3/store.ts';
import type { Queues } from '../sqs/queues.ts';
import { failureKey, failureMessage, failureObject } from './failure-message.ts';
import type { UndeliveredRecords } from './stream-mapping.ts';

/** Services that a failure destination may be of. */
export const destinationServices: readonly string[] = ['s3', 'sqs'];

/** Tells the mapping's failure destination of undelivered records; a bucket gets them complete. */
export async function sendUndelivered(
  given: UndeliveredRecords,
  store: Store,
  queues: Queues,
): Promise<void> {
  const { destinationArn } = given.mapping;
  if (destinationArn === undefined) return;
  const now = new Date();
  if (arnService(destinationArn) === 'sqs')
    await queues.send(destinationArn, JSON.stringify(failureMessage(given, now)));
  else {
    const place = { bucket: arnResource(destinationArn), key: failureKey(given, now) };
    putObject(store, place, failureObject(given, now));
  }
}

function putObject(
  store: Store,
  { bucket, key }: { readonly bucket: string; readonly key: string },
  object: object,
): void {
  const body = Buffer.from(JSON.stringify(object));
  const file = join(store.directory, randomUUID());
  writeFileSync(file, body);
  const content = {
    segments: [{ file, start: 0, bytes: body.length }],
    bytes: body.length,
    etag: createHash('md5').update(body).digest('hex'),
    headers: { 'content-type': 'application/json' },
    checksums: {},
  };
  store.create(
    store.bucket(bucket),
    { key, content },
    { reason: 'PutObject', requestId: randomUUID(), requester: 'lambda.amazonaws.com' },
  );
}
