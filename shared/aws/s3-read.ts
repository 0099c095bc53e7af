import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { limits } from '../contract/limits.ts';
import type { ObjectRef } from '../core/outcome/object-ref.ts';
import { isConnectionLost } from './aws-errors.ts';
import { isPastEnd, unquoted } from './s3-errors.ts';

export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The object's bytes as they come. A download that breaks goes on where it stopped, on the same version: a slow reader
 * may leave the connection idle for longer than S3 keeps it open.
 */
export async function* readObject(
  client: S3Client,
  bucket: string,
  object: ObjectRef,
  range: Range | undefined,
): AsyncGenerator<Uint8Array> {
  let at = range?.start ?? 0;
  let pinned = object;
  for (let broken = 0; range === undefined || at < range.end; ) {
    try {
      const answer = await get(client, bucket, pinned, at, range?.end);
      if (!answer) return;
      pinned = { ...pinned, etag: answer.etag };
      for await (const piece of answer.body) {
        at += piece.length;
        broken = 0;
        yield piece;
      }
      return;
    } catch (error) {
      broken += 1;
      if (!isConnectionLost(error) || broken > limits.downloadResumesMax) throw error;
    }
  }
}

/** Undefined when the object ends before `start`. */
async function get(
  client: S3Client,
  bucket: string,
  object: ObjectRef,
  start: number,
  end: number | undefined,
) {
  const isWhole = start === 0 && end === undefined;
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: object.key,
    Range: isWhole ? undefined : `bytes=${start}-${end === undefined ? '' : end - 1}`,
    ...(object.versionId === undefined
      ? { IfMatch: object.etag && `"${unquoted(object.etag)}"` }
      : { VersionId: object.versionId }),
  });
  try {
    const { Body, ETag, ContentRange } = await client.send(command);
    // Whoever leaves out the range sends the whole: read as a part it would be taken in twice.
    if (!isWhole && !ContentRange)
      throw new Error(`s3://${bucket}/${object.key} was answered without its range`);
    return { body: Body as AsyncIterable<Uint8Array>, etag: ETag };
  } catch (error) {
    if (isPastEnd(error)) return undefined;
    throw error;
  }
}
