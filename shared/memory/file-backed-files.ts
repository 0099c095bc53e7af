import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BucketRole, ObjectRef } from '../core/outcome/object-ref.ts';
import { objectUri } from '../core/outcome/object-uri.ts';
import { type Files, ObjectGone, type ObjectInfo } from '../ports.ts';

/**
 * Objects as files under `<root>/<bucket>/<key>`, streamed both ways, for files larger than memory. No versions; the
 * etag is made of size and time of change, so it costs no second read.
 */
export class FileBackedFiles implements Files {
  readonly #root: string;
  #writes = 0;

  constructor(root: string) {
    this.#root = root;
  }

  /** The object's path, for callers that write files there themselves. */
  path(bucket: BucketRole, key: string): string {
    return join(this.#root, bucket, ...key.split('/').map(encodeURIComponent));
  }

  async head({ bucket, key, etag, versionId }: ObjectRef): Promise<ObjectInfo | undefined> {
    const info = await this.#stat(bucket, key);
    const isOther = versionId !== undefined || (etag !== undefined && etag !== info?.etag);
    return isOther ? undefined : info;
  }

  async *read(object: ObjectRef, range?: { readonly start: number; readonly end: number }) {
    const info = await this.head(object);
    if (!info) throw new ObjectGone(`${this.uri(object)} is gone or was replaced`);
    const start = range?.start ?? 0;
    const end = Math.min(range?.end ?? info.bytes, info.bytes);
    if (start >= end) return;
    yield* createReadStream(this.path(object.bucket, object.key), {
      start,
      end: end - 1,
    }) as AsyncIterable<Buffer>;
  }

  async write(
    bucket: BucketRole,
    key: string,
    body: Uint8Array | AsyncIterable<Uint8Array>,
  ): Promise<ObjectRef> {
    const path = this.path(bucket, key);
    this.#writes += 1;
    const draft = `${path}.${process.pid}-${this.#writes}.draft`;
    await mkdir(dirname(path), { recursive: true });
    try {
      await pipeline(Readable.from(body instanceof Uint8Array ? [body] : body), createWriteStream(draft));
      await rename(draft, path);
    } finally {
      await rm(draft, { force: true });
    }
    return { bucket, key, etag: (await this.#stat(bucket, key))?.etag };
  }

  uri(object: ObjectRef): string {
    return objectUri(object.bucket, object);
  }

  async #stat(bucket: BucketRole, key: string): Promise<ObjectInfo | undefined> {
    try {
      const { size, mtimeMs } = await stat(this.path(bucket, key));
      return { bytes: size, etag: `${size}-${mtimeMs}` };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}
