import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { isTaken, type Quarantine, takenKey } from './quarantine.ts';

/** A feed's part of the quarantine bucket. It keeps versions: what is taken away can be had back for a day. */
export const quarantineBucket = (s3: S3Client, Bucket: string, feed: string): Quarantine => ({
  async objects() {
    const keys: string[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2(
      { client: s3 },
      { Bucket, Prefix: `${feed}/` },
    ))
      keys.push(...Contents.map(({ Key }) => Key!).filter(key => !isTaken(feed, key)));
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

  async moveAway(Key, content, takenAt) {
    await s3.send(
      new PutObjectCommand({
        Bucket,
        Key: takenKey(feed, Key, takenAt),
        Body: content,
        ContentType: 'application/json',
      }),
    );
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  },
});
