import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Undelivered } from './survey.ts';

/** Where Lambda writes, in a bucket that is a failure destination. */
const prefix = 'aws/lambda/';

/** A feed's bucket of undelivered records. It keeps versions: what is taken away can be had back for a day. */
export const undeliveredBucket = (s3: S3Client, Bucket: string): Undelivered => ({
  async objects() {
    const keys: string[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix: prefix }))
      keys.push(...Contents.map(({ Key }) => Key!));
    return keys;
  },

  async read(Key) {
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return await Body!.transformToString();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  },

  async remove(Key) {
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  },
});
