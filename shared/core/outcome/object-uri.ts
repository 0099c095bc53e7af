import type { ObjectRef } from './object-ref.ts';

/** `s3://bucket/key?versionId=…`, percent-encoded so that any key is a valid URI and is read back unchanged. */
export function objectUri(bucketName: string, object: ObjectRef): string {
  const key = object.key.split('/').map(encodeURIComponent).join('/');
  const version = object.versionId === undefined ? '' : `?versionId=${encodeURIComponent(object.versionId)}`;
  return `s3://${bucketName}/${key}${version}`;
}
