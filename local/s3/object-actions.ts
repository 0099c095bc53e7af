import { pipeline } from 'node:stream/promises';
import type { Bucket, ObjectContent, ObjectVersion } from './bucket.ts';
import { byteRange } from './byte-range.ts';
import { keptHeaders, objectHeaders, versionHeader } from './object-headers.ts';
import { checkLockedWrite, checkRead, checkRemoval, checkWrite } from './preconditions.ts';
import { readSegments } from './read-segments.ts';
import { receiveBody } from './receive-body.ts';
import { requester } from './requester.ts';
import { requestHeader, type S3Request, sendEmpty } from './s3-request.ts';
import type { Store } from './store.ts';

export async function putObject(store: Store, bucket: Bucket, request: S3Request): Promise<void> {
  checkWrite(request.http.headers, bucket.latest(request.key)?.content);
  checkLockedWrite(bucket, request.http.headers);
  const body = await receiveBody(request.http, store.directory);
  checkWrite(request.http.headers, bucket.latest(request.key)?.content);
  const content: ObjectContent = {
    segments: [body.segment],
    bytes: body.segment.bytes,
    etag: body.md5,
    headers: keptHeaders(request),
    checksums: body.checksums,
  };
  const by = { reason: 'PutObject', requestId: request.requestId, requester: requester(request) } as const;
  const version = store.create(bucket, { key: request.key, content }, by);
  sendEmpty(request, 200, { etag: `"${body.md5}"`, ...versionHeader(version), ...body.checksums });
}

export async function getObject(store: Store, bucket: Bucket, request: S3Request): Promise<void> {
  const object = readable(store, bucket, request);
  const { bytes, segments } = object.content;
  const range = byteRange(requestHeader(request, 'range'), bytes);
  const { first, last } = range ?? { first: 0, last: bytes - 1 };
  request.response.writeHead(range ? 206 : 200, {
    ...objectHeaders(request, object),
    'content-length': last - first + 1,
    ...(range && { 'content-range': `bytes ${first}-${last}/${bytes}` }),
  });
  await pipeline(readSegments(segments, { first, last }), request.response);
}

export function headObject(store: Store, bucket: Bucket, request: S3Request): void {
  const object = readable(store, bucket, request);
  const { bytes } = object.content;
  const range = byteRange(requestHeader(request, 'range'), bytes);
  sendEmpty(request, range ? 206 : 200, {
    ...objectHeaders(request, object),
    'content-length': String(range ? range.last - range.first + 1 : bytes),
    ...(range && { 'content-range': `bytes ${range.first}-${range.last}/${bytes}` }),
  });
}

function readable(store: Store, bucket: Bucket, request: S3Request) {
  const object = store.find(bucket, request.key, request.query.get('versionId') ?? undefined);
  checkRead(request.http.headers, object.content);
  return object;
}

export function deleteObject(bucket: Bucket, request: S3Request): void {
  const versionId = request.query.get('versionId') ?? undefined;
  // S3 holds the condition against the current version, even where another is named.
  checkRemoval(request.http.headers, bucket.latest(request.key)?.content);
  const gone = removeObject(bucket, { key: request.key, versionId, bypass: bypassesGovernance(request) });
  sendEmpty(request, 204, {
    ...(gone && versionHeader(gone)),
    ...(gone && !gone.content && { 'x-amz-delete-marker': 'true' }),
  });
}

/** Whoever may do so asks for it. */
export const bypassesGovernance = (request: S3Request): boolean =>
  requestHeader(request, 'x-amz-bypass-governance-retention')?.toLowerCase() === 'true';

export interface Removal {
  readonly key: string;
  readonly versionId: string | undefined;
  readonly bypass: boolean;
}

/** The delete marker made, or the version removed; deleting what is not there is no error. */
export function removeObject(bucket: Bucket, { key, versionId, bypass }: Removal): ObjectVersion | undefined {
  if (versionId !== undefined) return bucket.removeVersion(key, versionId, bypass);
  if (bucket.settings.versioned) return bucket.add(key, undefined);
  bucket.removeVersion(key, 'null', bypass);
  return undefined;
}
