import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { keysUnder, textAt } from './objects.ts';
import type { Undelivered } from './survey.ts';

/** Where Lambda writes in a bucket that is a failure destination. */
const prefix = 'aws/lambda/';

/** A feed's bucket of undelivered records. The bucket keeps old versions for a day: a deleted object can be restored until then. */
export const undeliveredBucket = (s3: S3Client, Bucket: string): Undelivered => ({
  objects: () => keysUnder(s3, Bucket, prefix),

  read: key => textAt(s3, Bucket, key),

  async remove(Key) {
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  },
});
