import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { nameOf } from '#shared/aws/aws-errors.ts';
import { isGone, isPastEnd, objectError } from '#shared/aws/s3-errors.ts';
import type { ObjectRange } from '../object-ports.ts';
import type { Objects, Store, StoredObject } from '../ports.ts';

/** `bucketOf` gives the name of a store's bucket. */
export class S3Objects implements Objects {
  readonly #client: S3Client;
  readonly #bucketOf: (store: Store) => string;

  constructor(client: S3Client, bucketOf: (store: Store) => string) {
    this.#client = client;
    this.#bucketOf = bucketOf;
  }

  async list(
    store: Store,
    {
      prefix,
      after,
      limit,
    }: { readonly prefix: string; readonly after?: string | undefined; readonly limit: number },
  ): Promise<readonly StoredObject[] | 'missing'> {
    const Bucket = this.#bucketOf(store);
    const command = new ListObjectsV2Command({ Bucket, Prefix: prefix, StartAfter: after, MaxKeys: limit });
    try {
      const { Contents = [] } = await this.#client.send(command);
      return Contents.map(({ Key = '', Size = 0, LastModified }) => ({
        ...{ key: Key, bytes: Size },
        modifiedAt: (LastModified ?? new Date(0)).toISOString(),
      }));
    } catch (error) {
      if (nameOf(error) === 'NoSuchBucket') return 'missing';
      throw objectError(`s3://${Bucket}/${prefix}`, error);
    }
  }

  async read(
    store: Store,
    Key: string,
    { start, end, versionId: VersionId }: ObjectRange,
  ): Promise<Uint8Array | undefined> {
    const Bucket = this.#bucketOf(store);
    try {
      const { Body } = await this.#client.send(
        new GetObjectCommand({ Bucket, Key, VersionId, Range: `bytes=${start}-${end - 1}` }),
      );
      return await Body?.transformToByteArray();
    } catch (error) {
      if (isPastEnd(error)) return new Uint8Array();
      if (isGone(error)) return undefined;
      throw objectError(`s3://${Bucket}/${Key}`, error);
    }
  }
}
