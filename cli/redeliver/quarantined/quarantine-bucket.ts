import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { keysUnder, textAt } from '../objects.ts';
import { isTaken, type Quarantine, takenKey } from './quarantine.ts';

/** A feed's part of the quarantine bucket. It keeps versions: what is taken away can be had back for a day. */
export const quarantineBucket = (s3: S3Client, Bucket: string, feed: string): Quarantine => ({
  async objects() {
    const keys = await keysUnder(s3, Bucket, `${feed}/`);
    return keys.filter(key => !isTaken(feed, key));
  },

  read: key => textAt(s3, Bucket, key),

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
