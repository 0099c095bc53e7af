import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { keysUnder, textAt } from '../objects.ts';
import { isReprocessed, type Quarantine, reprocessedKey } from './quarantine.ts';

/** A feed's part of the quarantine bucket. The bucket keeps old versions for a day: a deleted object can be restored until then. */
export const quarantineBucket = (s3: S3Client, Bucket: string, feed: string): Quarantine => ({
  async objects() {
    const keys = await keysUnder(s3, Bucket, `${feed}/`);
    return keys.filter(key => !isReprocessed(feed, key));
  },

  read: key => textAt(s3, Bucket, key),

  async moveAway(Key, content, reprocessedAt) {
    await s3.send(
      new PutObjectCommand({
        Bucket,
        Key: reprocessedKey(feed, Key, reprocessedAt),
        Body: content,
        ContentType: 'application/json',
      }),
    );
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  },
});
