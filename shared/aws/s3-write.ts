import { Readable } from 'node:stream';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { limits } from '../contract/limits.ts';

export interface Place {
  readonly Bucket: string;
  readonly Key: string;
  readonly ContentType: string;
  readonly Metadata?: Record<string, string>;
  /** Conditions; of an upload in parts they are held when it is completed. */
  readonly IfMatch?: string;
  readonly IfNoneMatch?: string;
}

/**
 * A small body in one call; anything else in parts, which are dropped when the body fails or a part cannot be written.
 * Parts of a process that died are the bucket's lifecycle rule to remove.
 */
export async function writeObject(
  client: S3Client,
  place: Place,
  body: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<{ readonly ETag?: string | undefined; readonly VersionId?: string | undefined }> {
  if (body instanceof Uint8Array && body.length <= limits.uploadPartBytes)
    return client.send(new PutObjectCommand({ ...place, Body: body }));
  const Body = body instanceof Uint8Array ? body : Readable.from(body, { highWaterMark: 1 });
  const upload = new Upload({
    client,
    params: { ...place, Body },
    partSize: limits.uploadPartBytes,
    queueSize: 2,
  });
  return upload.done();
}
