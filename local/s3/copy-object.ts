import type { Bucket } from './bucket.ts';
import { keptHeaders, versionHeader } from './object-headers.ts';
import { requester } from './requester.ts';
import { S3Error } from './s3-error.ts';
import { requestHeader, type S3Request, sendXml } from './s3-request.ts';
import type { Store } from './store.ts';
import { element, namespace } from './xml.ts';

/** Copies share the bytes on disk; nothing is written again. */
export function copyObject(store: Store, bucket: Bucket, request: S3Request): void {
  const source = copySource(store, request);
  const match = requestHeader(request, 'x-amz-copy-source-if-match');
  if (match !== undefined && match.replaceAll('"', '') !== source.content.etag)
    throw new S3Error('PreconditionFailed');
  const replace = requestHeader(request, 'x-amz-metadata-directive') === 'REPLACE';
  const content = { ...source.content, ...(replace && { headers: keptHeaders(request) }) };
  const by = { reason: 'CopyObject', requestId: request.requestId, requester: requester(request) } as const;
  const version = store.create(bucket, { key: request.key, content }, by);
  const result = element(
    'CopyObjectResult',
    [element('ETag', `"${content.etag}"`), element('LastModified', version.modified.toISOString())],
    namespace,
  );
  sendXml(request, result, { ...versionHeader(version), 'x-amz-copy-source-version-id': source.versionId });
}

/** What `x-amz-copy-source` names. @throws S3Error */
export function copySource(store: Store, request: S3Request) {
  const header = requestHeader(request, 'x-amz-copy-source') ?? '';
  const [path = '', versionId] = header.split('?versionId=');
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(path) ?? [];
  if (!bucket || !key)
    throw new S3Error('InvalidArgument', 'Copy Source must mention the source bucket and key');
  return store.find(store.bucket(bucket), decodeURIComponent(key), versionId);
}
