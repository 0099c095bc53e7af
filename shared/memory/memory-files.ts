import { createHash } from 'node:crypto';
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

interface Version {
  readonly versionId: string;
  readonly etag: string;
  readonly contentType: string;
  readonly metadata: Metadata;
  /** Undefined in a delete marker. */
  readonly bytes: Uint8Array | undefined;
}

/** Versioned buckets in memory. A read goes on with the bytes it began with, as S3's does. */
export class MemoryFiles implements Files {
  readonly #objects = new Map<string, Version[]>();
  readonly #pieceBytes: number;
  #versions = 0;

  /** `pieceBytes`: how much `read` yields at a time; small odd sizes bring out mistakes at the seams. */
  constructor(pieceBytes = 65_536) {
    this.#pieceBytes = pieceBytes;
  }

  /** Puts an object as a partner would. */
  put(
    bucket: BucketRole,
    key: string,
    bytes: Uint8Array | string,
    contentType = 'application/octet-stream',
    metadata: Metadata = {},
  ): ObjectRef {
    const content = Buffer.from(bytes);
    const etag = createHash('md5').update(content).digest('hex');
    return this.#add(bucket, key, { bytes: content, etag, contentType, metadata });
  }

  /** Deletes as a bucket with versions does: old versions can still be read by their id. */
  delete(bucket: BucketRole, key: string): void {
    this.#add(bucket, key, { bytes: undefined, etag: '', contentType: '', metadata: {} });
  }

  /** Deletes every version. */
  erase(bucket: BucketRole, key: string): void {
    this.#objects.delete(place(bucket, key));
  }

  /** Keys of the objects that are there, sorted. */
  keys(bucket: BucketRole, prefix = ''): string[] {
    const start = place(bucket, prefix);
    return [...this.#objects]
      .filter(([at, versions]) => at.startsWith(start) && versions.at(-1)?.bytes)
      .map(([at]) => at.slice(place(bucket, '').length))
      .sort();
  }

  /** The newest content. @throws ObjectGone */
  bytes(bucket: BucketRole, key: string): Uint8Array {
    return this.#there({ bucket, key }).bytes;
  }

  /** The newest content as text. @throws ObjectGone */
  text(bucket: BucketRole, key: string): string {
    return Buffer.from(this.bytes(bucket, key)).toString('utf8');
  }

  async head(object: ObjectRef): Promise<ObjectInfo | undefined> {
    const found = this.#find(object);
    if (!found) return undefined;
    const { bytes, etag, versionId, metadata } = found;
    return { bytes: bytes.length, etag, versionId, metadata };
  }

  async *read(object: ObjectRef, range?: { readonly start: number; readonly end: number }) {
    const { bytes } = this.#there(object);
    const end = Math.min(range?.end ?? bytes.length, bytes.length);
    for (let at = range?.start ?? 0; at < end; at += this.#pieceBytes)
      yield bytes.subarray(at, Math.min(at + this.#pieceBytes, end));
  }

  async write(
    bucket: BucketRole,
    key: string,
    body: Uint8Array | AsyncIterable<Uint8Array>,
    contentType: string,
  ): Promise<ObjectRef> {
    return this.put(bucket, key, await whole(body), contentType);
  }

  async replace(
    { bucket, key, contentType, metadata, etag }: Replacement,
    body: Uint8Array | AsyncIterable<Uint8Array>,
  ): Promise<ObjectRef | 'changed'> {
    const bytes = await whole(body);
    if (this.#find({ bucket, key })?.etag !== etag) return 'changed';
    return this.put(bucket, key, bytes, contentType, metadata);
  }

  async join(target: JoinTarget, sources: readonly ObjectName[]): Promise<ObjectRef | 'changed'> {
    const bytes = Buffer.concat(sources.map(source => this.#there(source).bytes));
    const { bucket, key, contentType, metadata, only } = target;
    if (only && this.#find({ bucket, key })?.etag !== only.etag) return 'changed';
    return this.put(bucket, key, bytes, contentType, metadata);
  }

  async remove({ bucket, key, etag }: EtaggedObject): Promise<'removed' | 'changed'> {
    if (this.#find({ bucket, key })?.etag !== etag) return 'changed';
    this.delete(bucket, key);
    return 'removed';
  }

  uri(object: ObjectRef): string {
    return objectUri(object.bucket, object);
  }

  #add(bucket: BucketRole, key: string, version: Omit<Version, 'versionId'>): ObjectRef {
    this.#versions += 1;
    const versionId = `v${this.#versions}`;
    const at = place(bucket, key);
    this.#objects.set(at, [...(this.#objects.get(at) ?? []), { versionId, ...version }]);
    return { bucket, key, versionId, etag: version.etag };
  }

  #find({ bucket, key, versionId, etag }: ObjectRef) {
    const versions = this.#objects.get(place(bucket, key)) ?? [];
    const found =
      versionId === undefined ? versions.at(-1) : versions.find(version => version.versionId === versionId);
    if (found?.bytes === undefined) return undefined;
    if (versionId === undefined && etag !== undefined && etag !== found.etag) return undefined;
    return { ...found, bytes: found.bytes };
  }

  #there(object: ObjectRef) {
    const found = this.#find(object);
    if (!found) throw new ObjectGone(`${this.uri(object)} is gone or was replaced`);
    return found;
  }
}

const place = (bucket: BucketRole, key: string): string => `${bucket}:${key}`;

async function whole(body: Uint8Array | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(Uint8Array.from(piece));
  return Buffer.concat(pieces);
}
