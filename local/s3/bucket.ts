import { randomBytes } from 'node:crypto';
import { S3Error } from './s3-error.ts';

/** Bytes of a file on disk. Files are never changed once written, so that versions and copies may share them. */
export interface Segment {
  readonly file: string;
  readonly start: number;
  readonly bytes: number;
}

export interface ObjectContent {
  readonly segments: readonly Segment[];
  readonly bytes: number;
  /** Without quotes. */
  readonly etag: string;
  /** Given back as they came: `content-type`, `x-amz-meta-…`, … */
  readonly headers: Readonly<Record<string, string>>;
  /** `x-amz-checksum-…` of the whole object. */
  readonly checksums: Readonly<Record<string, string>>;
}

export interface ObjectVersion {
  readonly key: string;
  /** `null` in a bucket without versioning. */
  readonly versionId: string;
  readonly modified: Date;
  /** Undefined for a delete marker. */
  readonly content: ObjectContent | undefined;
  /** Grows with every write of the bucket. */
  readonly sequencer: string;
  /** Undefined where the bucket has no Object Lock, and for delete markers, which cannot be locked. */
  readonly lock: VersionLock | undefined;
}

/** Source: Amazon S3 User Guide, locking objects with Object Lock. */
export interface DefaultRetention {
  readonly mode: 'GOVERNANCE' | 'COMPLIANCE';
  readonly days: number;
}

export interface VersionLock {
  readonly mode: DefaultRetention['mode'];
  readonly until: Date;
}

export interface BucketSettings {
  readonly name: string;
  readonly versioned: boolean;
  /** Whether it tells EventBridge. */
  readonly notifies: boolean;
  /** Of Object Lock, for every new version. */
  readonly retention?: DefaultRetention | undefined;
}

/** With times in epoch milliseconds. */
interface KeptVersion extends Omit<ObjectVersion, 'modified' | 'lock'> {
  readonly modified: number;
  readonly lock?: (Pick<VersionLock, 'mode'> & { readonly until: number }) | undefined;
}

/** What is known of a bucket's objects, as JSON. */
export interface KeptBucket {
  readonly writes: string;
  readonly objects: readonly KeptVersion[];
}

export class Bucket {
  readonly settings: BucketSettings;
  /** Versions of each key, the newest first. */
  readonly #objects = new Map<string, ObjectVersion[]>();
  #writes = 0n;
  /** Lifecycle rules, as XML. They are given back; nothing expires here, because a run is shorter than any retention. */
  lifecycleRules: string | undefined;

  constructor(settings: BucketSettings) {
    this.settings = settings;
  }

  /** The newest version, even when it is a delete marker. */
  latest(key: string): ObjectVersion | undefined {
    return this.#objects.get(key)?.[0];
  }

  /** @throws S3Error NoSuchVersion */
  version(key: string, versionId: string): ObjectVersion {
    const found = this.#objects.get(key)?.find(version => version.versionId === versionId);
    if (!found) throw new S3Error('NoSuchVersion');
    return found;
  }

  add(key: string, content: ObjectContent | undefined): ObjectVersion {
    const modified = new Date();
    const version: ObjectVersion = {
      key,
      versionId: this.settings.versioned ? randomBytes(24).toString('base64url') : 'null',
      modified,
      content,
      lock: content && lockFrom(modified, this.settings.retention),
      sequencer: (++this.#writes).toString(16).toUpperCase().padStart(18, '0'),
    };
    const kept = this.settings.versioned ? (this.#objects.get(key) ?? []) : [];
    this.#objects.set(key, [version, ...kept]);
    return version;
  }

  /** For good. @throws S3Error AccessDenied while the version is locked; `bypass` gets around governance alone. */
  removeVersion(key: string, versionId: string, bypass: boolean): ObjectVersion | undefined {
    const lock = this.versions(key).find(version => version.versionId === versionId)?.lock;
    if (lock && lock.until > new Date() && !(bypass && lock.mode === 'GOVERNANCE'))
      throw new S3Error('AccessDenied', 'Access Denied because object protected by object lock.');
    const versions = this.#objects.get(key) ?? [];
    const left = versions.filter(version => version.versionId !== versionId);
    if (left.length) this.#objects.set(key, left);
    else this.#objects.delete(key);
    return versions.find(version => version.versionId === versionId);
  }

  /** In the order of their UTF-8 bytes, as S3 lists them. */
  keys(prefix: string): string[] {
    return [...this.#objects.keys()]
      .filter(key => key.startsWith(prefix))
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }

  get kept(): KeptBucket {
    const objects = [...this.#objects.values()].flat();
    return {
      writes: String(this.#writes),
      objects: objects.map(({ modified, lock, ...object }) => ({
        ...object,
        modified: modified.getTime(),
        lock: lock && { ...lock, until: lock.until.getTime() },
      })),
    };
  }

  /** Takes the objects of an earlier cloud, before it has any. */
  restore({ writes, objects }: KeptBucket): void {
    this.#writes = BigInt(writes);
    for (const { modified, lock, ...object } of objects)
      this.#objects.set(object.key, [
        ...this.versions(object.key),
        {
          ...object,
          modified: new Date(modified),
          lock: lock && { ...lock, until: new Date(lock.until) },
        },
      ]);
  }

  versions(key: string): readonly ObjectVersion[] {
    return this.#objects.get(key) ?? [];
  }
}

function lockFrom(from: Date, retention: DefaultRetention | undefined): VersionLock | undefined {
  if (!retention) return undefined;
  return { mode: retention.mode, until: new Date(from.getTime() + retention.days * 86_400_000) };
}
