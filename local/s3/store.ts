import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Bucket, type BucketSettings, type ObjectContent, type ObjectVersion } from './bucket.ts';
import { S3Error } from './s3-error.ts';
import { Uploads } from './uploads.ts';

export type CreatedReason = 'PutObject' | 'CompleteMultipartUpload' | 'CopyObject';

export interface Created {
  readonly bucket: BucketSettings;
  readonly object: ObjectVersion & { readonly content: ObjectContent };
  readonly reason: CreatedReason;
  readonly requestId: string;
  readonly requester: string;
}

/** Buckets; bodies lie in one directory, what is known of them in memory. Bodies go when the directory does. */
export class Store {
  /** Where bodies are written. */
  readonly directory: string;
  readonly uploads = new Uploads();
  readonly #buckets = new Map<string, Bucket>();
  readonly #created: (created: Created) => void;

  constructor(directory: string, created: (created: Created) => void) {
    this.directory = join(directory, 's3');
    mkdirSync(this.directory, { recursive: true });
    this.#created = created;
  }

  get buckets(): readonly Bucket[] {
    return [...this.#buckets.values()];
  }

  addBucket(settings: BucketSettings): void {
    this.#buckets.set(settings.name, new Bucket(settings));
  }

  /** @throws S3Error NoSuchBucket */
  bucket(name: string): Bucket {
    const bucket = this.#buckets.get(name);
    if (!bucket) throw new S3Error('NoSuchBucket');
    return bucket;
  }

  /** Makes the content the newest version of its key, and tells so. */
  create(
    bucket: Bucket,
    { key, content }: { readonly key: string; readonly content: ObjectContent },
    by: Pick<Created, 'reason' | 'requestId' | 'requester'>,
  ): ObjectVersion {
    const object = { ...bucket.add(key, content), content };
    if (bucket.settings.notifies) this.#created({ bucket: bucket.settings, object, ...by });
    return object;
  }

  /** The object asked for. @throws S3Error NoSuchKey, NoSuchVersion or MethodNotAllowed for a delete marker. */
  find(
    bucket: Bucket,
    key: string,
    versionId: string | undefined,
  ): ObjectVersion & { content: ObjectContent } {
    const version = versionId === undefined ? bucket.latest(key) : bucket.version(key, versionId);
    if (!version) throw new S3Error('NoSuchKey');
    if (version.content) return { ...version, content: version.content };
    const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId };
    throw new S3Error(versionId === undefined ? 'NoSuchKey' : 'MethodNotAllowed', undefined, headers);
  }
}
