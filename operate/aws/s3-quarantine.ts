import { DeleteObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { objectError } from '#shared/aws/s3-errors.ts';
import type { Quarantine } from '../plan-ports.ts';

/** The bucket keeps what was deleted for one day, as an older version. */
export const s3Quarantine = (s3: S3Client, Bucket: string): Quarantine => ({
  async move(from, { key, content }) {
    try {
      const copy = { Bucket, Key: key, Body: content, ContentType: 'application/json' };
      await s3.send(new PutObjectCommand(copy));
      await s3.send(new DeleteObjectCommand({ Bucket, Key: from }));
    } catch (error) {
      throw objectError(`s3://${Bucket}/${from}`, error);
    }
  },
});
