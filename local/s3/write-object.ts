import { createHash, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from './store.ts';

/** What a service writes. */
export interface ServiceObject {
  readonly bucket: string;
  readonly key: string;
  readonly body: Buffer;
  readonly contentType: string;
  /** Who writes. */
  readonly requester: string;
}

/** Writes an object as a service of AWS does. @throws S3Error NoSuchBucket */
export function writeObject(store: Store, object: ServiceObject): void {
  const { key, body, contentType, requester } = object;
  const bucket = store.bucket(object.bucket);
  const file = join(store.directory, randomUUID());
  writeFileSync(file, body);
  const content = {
    segments: [{ file, start: 0, bytes: body.length }],
    bytes: body.length,
    etag: createHash('md5').update(body).digest('hex'),
    headers: { 'content-type': contentType },
    checksums: {},
  };
  const requestId = randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase();
  store.create(bucket, { key, content }, { reason: 'PutObject', requestId, requester });
}
