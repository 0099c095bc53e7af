import { S3Client } from '@aws-sdk/client-s3';
import { connections, hasEndpoint } from '#shared/aws/connections.ts';
import { type BucketNames, S3Files } from '#shared/aws/s3-files.ts';
import { limits } from '#shared/contract/limits.ts';
import type { Files } from '#shared/ports.ts';

export const webhookFiles = (env: NodeJS.ProcessEnv, buckets: BucketNames): Files =>
  new S3Files(
    new S3Client({
      requestHandler: connections(limits.webhookCallMillisecondsMax),
      // Only AWS has a host name for each bucket.
      forcePathStyle: hasEndpoint(env, 'S3'),
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    }),
    buckets,
  );
