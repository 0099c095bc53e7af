import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { limits } from '../contract/limits.ts';
import { inParallel } from '../core/batch/in-parallel.ts';
import type { Place } from './s3-write.ts';

export interface JoinSource {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId: string | undefined;
  readonly bytes: number;
}

/** A part to be copied: of one version of a source. */
interface PartSource {
  readonly CopySource: string;
  readonly CopySourceRange: string | undefined;
}

/** Makes one object of others: S3 copies them as the parts of an upload. If a part fails, the upload is aborted and its parts are removed. */
export async function joinObjects(client: S3Client, place: Place, sources: readonly JoinSource[]) {
  const { IfMatch, IfNoneMatch, ...created } = place;
  const { Bucket, Key } = place;
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(created));
  const upload = { Bucket, Key, UploadId };
  try {
    const copied = [...sources.flatMap(partsOf).entries()];
    const Parts = await inParallel(copied, limits.callsInFlightMax, async ([n, part]) => {
      const PartNumber = n + 1;
      const { CopyPartResult } = await client.send(
        new UploadPartCopyCommand({ ...upload, PartNumber, ...part }),
      );
      return { PartNumber, ETag: CopyPartResult?.ETag };
    });
    return await client.send(
      new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts }, IfMatch, IfNoneMatch }),
    );
  } catch (error) {
    await abortUpload(client, upload);
    throw error;
  }
}

/** A source in even parts. None but the last of a join is small, so that none of these is. */
function partsOf({ Bucket, Key, VersionId, bytes }: JoinSource): PartSource[] {
  const path = [Bucket, ...Key.split('/')].map(encodeURIComponent).join('/');
  const CopySource = VersionId === undefined ? path : `${path}?versionId=${encodeURIComponent(VersionId)}`;
  const count = Math.max(1, Math.ceil(bytes / limits.copiedBytesMax));
  const at = (n: number): number => Math.floor((bytes * n) / count);
  return Array.from({ length: count }, (_, n) => ({
    CopySource,
    CopySourceRange: count === 1 ? undefined : `bytes=${at(n)}-${at(n + 1) - 1}`,
  }));
}

/** If this fails too, the bucket's lifecycle rule removes the parts. The caller hears of the first failure. */
async function abortUpload(
  client: S3Client,
  upload: { readonly Bucket: string; readonly Key: string; readonly UploadId: string | undefined },
): Promise<void> {
  await client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
}
