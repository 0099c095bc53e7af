import type { IncomingHttpHeaders } from 'node:http';
import type { Bucket, ObjectContent } from './bucket.ts';
import { isChecksum } from './checksum.ts';
import { S3Error } from './s3-error.ts';

const tags = (header: string): string[] => header.split(',').map(tag => tag.trim().replace(/^W\/|"/g, ''));

const names = (header: string, etag: string): boolean => header.trim() === '*' || tags(header).includes(etag);

/** @throws S3Error PreconditionFailed, or NotModified */
export function checkRead(headers: IncomingHttpHeaders, { etag }: ObjectContent): void {
  const match = headers['if-match'];
  if (match !== undefined && !names(match, etag)) throw new S3Error('PreconditionFailed');
  const none = headers['if-none-match'];
  if (none !== undefined && names(none, etag))
    throw new S3Error('NotModified', undefined, { etag: `"${etag}"` });
}

/** @throws S3Error */
export function checkWrite(headers: IncomingHttpHeaders, current: ObjectContent | undefined): void {
  const none = headers['if-none-match'];
  if (none !== undefined && none.trim() !== '*')
    throw new S3Error('NotImplemented', 'If-None-Match takes * on a write.');
  if (none !== undefined && current) throw new S3Error('PreconditionFailed');
  checkRemoval(headers, current);
}

/** @throws S3Error */
export function checkRemoval(headers: IncomingHttpHeaders, current: ObjectContent | undefined): void {
  const match = headers['if-match'];
  if (match === undefined) return;
  if (!current) throw new S3Error('NoSuchKey');
  if (!names(match, current.etag)) throw new S3Error('PreconditionFailed');
}

/** Object Lock keeps nothing that may have been damaged on its way. Source: Amazon S3 API, PutObject. @throws S3Error */
export function checkLockedWrite({ settings }: Bucket, headers: IncomingHttpHeaders): void {
  const announced = String(headers['x-amz-trailer'] ?? '').toLowerCase();
  const names = [...Object.keys(headers), ...announced.split(/\s*,\s*/)];
  if (settings.retention && !names.some(name => name === 'content-md5' || isChecksum(name)))
    throw new S3Error(
      'InvalidRequest',
      'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
    );
}
