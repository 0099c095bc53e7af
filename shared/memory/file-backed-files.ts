import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BucketRole, ObjectRef } from '../core/outcome/object-ref.ts';
import { objectUri } from '../core/outcome/object-uri.ts';
import {
  type EtaggedObject,
  type Files,
  type JoinTarget,
  type Metadata,
  ObjectGone,
  type ObjectInfo,
  type ObjectName,
  type Replacement,
} from '../ports.ts';

/**
 * Objects as files under `<root>/<bucket>/<key>`, streamed both ways, for files larger than memory. No versions; the
 * etag is made of size and time of change, so it costs no second read. Metadata is kept by this instance alone.
 */
export class FileBackedFiles implements Files {
  readonly #root: string;
  /** By path. */
  readonly #metadata = new Map<string, Metadata>();
  #writes = 0;
  #lastTurn: Promise<unknown> = Promise.resolve();

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
    const place = { bucket, key };
    return this.#drafted(place, body, draft => this.#publish(place, draft, {}));
  }

  async replace(
    { bucket, key, metadata, etag }: Replacement,
    body: Uint8Array | AsyncIterable<Uint8Array>,
  ): Promise<ObjectRef | 'changed'> {
    const place = { bucket, key };
    return this.#drafted(place, body, draft =>
      this.#inTurn(async () => {
        const current = await this.#stat(bucket, key);
        return current?.etag === etag ? this.#publish(place, draft, metadata) : 'changed';
      }),
    );
  }

  async join(
    { metadata = {}, only, ...place }: JoinTarget,
    sources: readonly ObjectName[],
  ): Promise<ObjectRef | 'changed'> {
    const body = this.#wholes(sources);
    return only
      ? this.replace({ ...place, metadata, ...only }, body)
      : this.#drafted(place, body, draft => this.#publish(place, draft, metadata));
  }

  async *#wholes(sources: readonly ObjectName[]): AsyncGenerator<Uint8Array> {
    for (const source of sources) yield* this.read(source);
  }

  async remove({ bucket, key, etag }: EtaggedObject): Promise<'removed' | 'changed'> {
    return this.#inTurn(async () => {
      if ((await this.#stat(bucket, key))?.etag !== etag) return 'changed';
      await rm(this.path(bucket, key));
      return 'removed';
    });
  }

  uri(object: ObjectRef): string {
    return objectUri(object.bucket, object);
  }

  /** One after the other, so that nothing changes between a condition and its effect. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#lastTurn.then(act, act);
    this.#lastTurn = turn;
    return turn;
  }

  /** Writes the body beside its place; `use` may put it there, and what is left goes. */
  async #drafted<T>(
    { bucket, key }: ObjectName,
    body: Uint8Array | AsyncIterable<Uint8Array>,
    use: (draft: string) => Promise<T>,
  ): Promise<T> {
    const path = this.path(bucket, key);
    this.#writes += 1;
    const draft = `${path}.${process.pid}-${this.#writes}.draft`;
    await mkdir(dirname(path), { recursive: true });
    try {
      await pipeline(Readable.from(body instanceof Uint8Array ? [body] : body), createWriteStream(draft));
      return await use(draft);
    } finally {
      await rm(draft, { force: true });
    }
  }

  async #publish({ bucket, key }: ObjectName, draft: string, metadata: Metadata): Promise<ObjectRef> {
    const path = this.path(bucket, key);
    await rename(draft, path);
    this.#metadata.set(path, metadata);
    return { bucket, key, etag: (await this.#stat(bucket, key))?.etag };
  }

  async #stat(bucket: BucketRole, key: string): Promise<ObjectInfo | undefined> {
    try {
      const path = this.path(bucket, key);
      const { size, mtimeMs } = await stat(path);
      return { bytes: size, etag: `${size}-${mtimeMs}`, metadata: this.#metadata.get(path) ?? {} };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}
