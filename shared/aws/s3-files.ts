import { DeleteObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { limits } from '../contract/limits.ts';
import { inParallel } from '../core/batch/in-parallel.ts';
import type { BucketRole, ObjectRef } from '../core/outcome/object-ref.ts';
import { objectUri } from '../core/outcome/object-uri.ts';
import {
  type EtaggedObject,
  type Files,
  type JoinTarget,
  ObjectGone,
  type ObjectInfo,
  type ObjectName,
  type Replacement,
} from '../ports.ts';
import { isChanged, isGone, objectError, unquoted } from './s3-errors.ts';
import { type JoinSource, joinObjects } from './s3-join.ts';
import { type Range, readObject } from './s3-read.ts';
import { writeObject } from './s3-write.ts';

export type BucketNames = Readonly<Record<BucketRole, string>>;

/**
 * Objects in S3. The role needs `s3:ListBucket` besides reading: without it S3 answers 403 for an object that is not
 * there, and a deleted file would look like a missing right.
 */
export class S3Files implements Files {
  readonly #client: S3Client;
  readonly #buckets: Partial<BucketNames>;

  /** `buckets`: those that the function was given. */
  constructor(client: S3Client, buckets: Partial<BucketNames>) {
    this.#client = client;
    this.#buckets = buckets;
  }

  async head(object: ObjectRef): Promise<ObjectInfo | undefined> {
    try {
      const found = await this.#client.send(
        new HeadObjectCommand({
          Bucket: this.#name(object.bucket),
          Key: object.key,
          VersionId: object.versionId,
        }),
      );
      const etag = unquoted(found.ETag) ?? '';
      const isReplaced =
        object.versionId === undefined && object.etag !== undefined && unquoted(object.etag) !== etag;
      if (isReplaced) return undefined;
      const { ContentLength: bytes = 0, VersionId: versionId, Metadata: metadata = {} } = found;
      return { bytes, etag, versionId, metadata };
    } catch (error) {
      if (isGone(error)) return undefined;
      throw objectError(this.uri(object), error);
    }
  }

  async *read(object: ObjectRef, range?: Range): AsyncGenerator<Uint8Array> {
    try {
      yield* readObject(this.#client, this.#name(object.bucket), object, range);
    } catch (error) {
      throw objectError(this.uri(object), error);
    }
  }

  async write(
    bucket: BucketRole,
    key: string,
    body: Uint8Array | AsyncIterable<Uint8Array>,
    contentType: string,
  ): Promise<ObjectRef> {
    const place = { Bucket: this.#name(bucket), Key: key, ContentType: contentType };
    try {
      const written = await writeObject(this.#client, place, body);
      return { bucket, key, versionId: written.VersionId, etag: unquoted(written.ETag) };
    } catch (error) {
      throw objectError(this.uri({ bucket, key }), error);
    }
  }

  async replace(
    { bucket, key, contentType, metadata, etag }: Replacement,
    body: Uint8Array | AsyncIterable<Uint8Array>,
  ): Promise<ObjectRef | 'changed'> {
    const what = { ContentType: contentType, Metadata: { ...metadata }, ...conditionOf({ etag }) };
    try {
      const written = await writeObject(
        this.#client,
        { Bucket: this.#name(bucket), Key: key, ...what },
        body,
      );
      return { bucket, key, versionId: written.VersionId, etag: unquoted(written.ETag) };
    } catch (error) {
      if (isChanged(error)) return 'changed';
      throw objectError(this.uri({ bucket, key }), error);
    }
  }

  async join(target: JoinTarget, sources: readonly ObjectName[]): Promise<ObjectRef | 'changed'> {
    const { bucket, key, contentType, metadata, only } = target;
    const place = {
      Bucket: this.#name(bucket),
      Key: key,
      ContentType: contentType,
      ...(metadata && { Metadata: { ...metadata } }),
      ...(only && conditionOf(only)),
    };
    const from = await inParallel(sources, limits.callsInFlightMax, source => this.#sourceOf(source));
    try {
      const joined = await joinObjects(this.#client, place, from);
      return { bucket, key, versionId: joined.VersionId, etag: unquoted(joined.ETag) };
    } catch (error) {
      if (only && isChanged(error)) return 'changed';
      throw objectError(this.uri({ bucket, key }), error);
    }
  }

  async remove({ bucket, key, etag }: EtaggedObject): Promise<'removed' | 'changed'> {
    try {
      await this.#client.send(
        new DeleteObjectCommand({ Bucket: this.#name(bucket), Key: key, IfMatch: `"${etag}"` }),
      );
      return 'removed';
    } catch (error) {
      if (isChanged(error)) return 'changed';
      throw objectError(this.uri({ bucket, key }), error);
    }
  }

  uri(object: ObjectRef): string {
    return objectUri(this.#name(object.bucket), object);
  }

  async #sourceOf(source: ObjectName): Promise<JoinSource> {
    const found = await this.head(source);
    if (!found) throw new ObjectGone(`${this.uri(source)} is gone`);
    const { bytes, versionId } = found;
    return { Bucket: this.#name(source.bucket), Key: source.key, VersionId: versionId, bytes };
  }

  #name(role: BucketRole): string {
    const name = this.#buckets[role];
    if (name === undefined) throw new Error(`the function was given no ${role} bucket`);
    return name;
  }
}

const conditionOf = ({ etag }: Pick<Replacement, 'etag'>) =>
  etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: `"${etag}"` };
