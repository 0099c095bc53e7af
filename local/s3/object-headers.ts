import type { ObjectContent, ObjectVersion } from './bucket.ts';
import { requestHeader, type S3Request } from './s3-request.ts';

const kept = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];

/** What an upload says about its object, to be given back with it. */
export function keptHeaders(request: S3Request): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  for (const [name, value] of Object.entries(request.http.headers))
    if (value !== undefined && (kept.includes(name) || name.startsWith('x-amz-meta-')))
      headers[name] = String(value);
  const encoding = withoutChunked(headers['content-encoding']);
  if (encoding) headers['content-encoding'] = encoding;
  else delete headers['content-encoding'];
  return headers;
}

/** `aws-chunked` is the transport's, not the object's. */
const withoutChunked = (encoding = ''): string =>
  encoding
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '' && part !== 'aws-chunked')
    .join(',');

/** The version id is told only in a bucket that keeps versions. */
export const versionHeader = ({ versionId }: ObjectVersion): Record<string, string> =>
  versionId === 'null' ? {} : { 'x-amz-version-id': versionId };

export function objectHeaders(
  request: S3Request,
  object: ObjectVersion & { content: ObjectContent },
): Record<string, string> {
  const wantsChecksum = requestHeader(request, 'x-amz-checksum-mode') === 'ENABLED';
  return {
    'accept-ranges': 'bytes',
    'last-modified': object.modified.toUTCString(),
    etag: `"${object.content.etag}"`,
    ...versionHeader(object),
    ...object.content.headers,
    ...(wantsChecksum && !requestHeader(request, 'range') ? object.content.checksums : {}),
  };
}
