import {
  type DeleteMarkerEntry,
  GetObjectCommand,
  ListObjectVersionsCommand,
  type ObjectVersion,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { isChanged, isGone, objectError } from '#shared/aws/s3-errors.ts';
import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import type { KeptObject, KeptVersion } from '../core/audit/finding.ts';
import type { Trail, TrailPage } from '../ports.ts';

/** A version or a delete marker as a listing names it. */
interface Listed {
  readonly key: string;
  readonly versionId: string;
  readonly at: Date;
  readonly isLatest: boolean;
  /** Undefined for a delete marker. */
  readonly bytes: number | undefined;
}

/** An object's versions, the newest first. */
type Group = readonly [Listed, ...Listed[]];

/** The trail in a bucket with versions and Object Lock. */
export class S3Trail implements Trail {
  readonly keptDays: number;
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string, keptDays: number) {
    this.#client = client;
    this.#bucket = bucket;
    this.keptDays = keptDays;
  }

  async create(key: string, text: string): Promise<'created' | 'exists'> {
    const command = new PutObjectCommand({
      ...{ Bucket: this.#bucket, Key: key, Body: text, IfNoneMatch: '*' },
      ContentType: key.endsWith('.json') ? 'application/json' : 'application/jsonl',
      // S3 asks for a checksum of what Object Lock will keep.
      ChecksumAlgorithm: 'SHA256',
    });
    try {
      await this.#client.send(command);
      return 'created';
    } catch (error) {
      if (isChanged(error)) return 'exists';
      throw objectError(this.#uri(key), error);
    }
  }

  async read(key: string): Promise<string | undefined> {
    try {
      return await this.#text({ Key: key });
    } catch (error) {
      if (isGone(error)) return undefined;
      throw objectError(this.#uri(key), error);
    }
  }

  async kept({ prefix, after = '', limit, bytesMax }: TrailPage) {
    const { groups, isLast } = await this.#list(prefix, after, limit);
    const chosen = within(groups, limit, bytesMax);
    const objects = await inParallel(chosen, limits.callsInFlightMax, group => this.#object(group));
    return { objects, isLast: isLast && chosen.length === groups.length };
  }

  /** Whole groups alone: a listing may end within the versions of one key. */
  async #list(prefix: string, after: string, limit: number) {
    const byKey = new Map<string, Listed[]>();
    let place: { readonly KeyMarker?: string | undefined; readonly VersionIdMarker?: string | undefined } = {
      ...(after && { KeyMarker: after }),
    };
    for (;;) {
      const command = new ListObjectVersionsCommand({ Bucket: this.#bucket, Prefix: prefix, ...place });
      const page = await this.#client.send(command);
      for (const listed of inOrder(page)) byKey.set(listed.key, [...(byKey.get(listed.key) ?? []), listed]);
      const groups = [...byKey.values()].filter((group): group is [Listed, ...Listed[]] => group.length > 0);
      if (!page.IsTruncated) return { groups, isLast: true };
      if (groups.length > limit || groups.length > 1) return { groups: groups.slice(0, -1), isLast: false };
      place = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
  }

  async #object(group: Group): Promise<KeptObject> {
    const versions: KeptVersion[] = [];
    for (const { key, versionId, at, bytes } of group) {
      const text = bytes === undefined ? undefined : await this.#text({ Key: key, VersionId: versionId });
      versions.push({ versionId, at: at.toISOString(), text });
    }
    return { key: group[0].key, versions };
  }

  async #text(place: { readonly Key: string; readonly VersionId?: string }): Promise<string | undefined> {
    const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, ...place }));
    return Body?.transformToString();
  }

  #uri(key: string): string {
    return `s3://${this.#bucket}/${key}`;
  }
}

interface VersionsPage {
  readonly Versions?: readonly ObjectVersion[];
  readonly DeleteMarkers?: readonly DeleteMarkerEntry[];
}

/** By key, then the newest first; S3 lists delete markers apart. */
const inOrder = ({ Versions = [], DeleteMarkers = [] }: VersionsPage): Listed[] =>
  [
    ...DeleteMarkers.map(marker => listedOf(marker)),
    ...Versions.map(version => listedOf(version, version.Size)),
  ].sort((a, b) => (a.key === b.key ? newestFirst(a, b) : a.key < b.key ? -1 : 1));

const listedOf = (
  { Key = '', VersionId = '', LastModified = new Date(0), IsLatest = false }: DeleteMarkerEntry,
  bytes?: number,
): Listed => ({ key: Key, versionId: VersionId, at: LastModified, isLatest: IsLatest, bytes });

/** S3 gives times to the second. */
const newestFirst = (a: Listed, b: Listed): number =>
  Number(b.isLatest) - Number(a.isLatest) || b.at.getTime() - a.at.getTime();

function within(groups: readonly Group[], limit: number, bytesMax: number): readonly Group[] {
  let bytes = 0;
  const end = groups.findIndex((group, i) => {
    bytes += group.reduce((sum, listed) => sum + (listed.bytes ?? 0), 0);
    return i > 0 && (bytes > bytesMax || i >= limit);
  });
  return end === -1 ? groups : groups.slice(0, end);
}
