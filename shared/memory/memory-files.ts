import { createHash } from 'node:crypto';
import type { BucketRole, ObjectRef } from '../core/outcome/object-ref.ts';
import { objectUri } from '../core/outcome/object-uri.ts';
import { type Files, ObjectGone, type ObjectInfo } from '../ports.ts';

interface Version {
  readonly versionId: string;
  readonly etag: string;
  readonly contentType: string;
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
  ): ObjectRef {
    const content = Buffer.from(bytes);
    return this.#add(bucket, key, content, createHash('md5').update(content).digest('hex'), contentType);
  }

  /** Deletes as a bucket with versions does: old versions can still be read by their id. */
  delete(bucket: BucketRole, key: string): void {
    this.#add(bucket, key, undefined, '', '');
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
    return found && { bytes: found.bytes.length, etag: found.etag, versionId: found.versionId };
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
    if (body instanceof Uint8Array) return this.put(bucket, key, body, contentType);
    const pieces: Uint8Array[] = [];
    for await (const piece of body) pieces.push(Uint8Array.from(piece));
    return this.put(bucket, key, Buffer.concat(pieces), contentType);
  }

  uri(object: ObjectRef): string {
    return objectUri(object.bucket, object);
  }

  #add(
    bucket: BucketRole,
    key: string,
    bytes: Uint8Array | undefined,
    etag: string,
    contentType: string,
  ): ObjectRef {
    this.#versions += 1;
    const versionId = `v${this.#versions}`;
    const at = place(bucket, key);
    this.#objects.set(at, [...(this.#objects.get(at) ?? []), { versionId, etag, contentType, bytes }]);
    return { bucket, key, versionId, etag };
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
