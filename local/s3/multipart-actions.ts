import { createHash } from 'node:crypto';
import { readBody } from '../http.ts';
import type { Bucket } from './bucket.ts';
import { byteRange } from './byte-range.ts';
import { copySource } from './copy-object.ts';
import { keptHeaders, versionHeader } from './object-headers.ts';
import { checkWrite } from './preconditions.ts';
import { cutSegments, readSegments } from './read-segments.ts';
import { receiveBody } from './receive-body.ts';
import { requester } from './requester.ts';
import { S3Error } from './s3-error.ts';
import { requestHeader, type S3Request, sendEmpty, sendXml } from './s3-request.ts';
import type { Store } from './store.ts';
import { element, elementsIn, namespace, textIn } from './xml.ts';

export function createUpload(store: Store, bucket: Bucket, request: S3Request): void {
  const id = store.uploads.begin(bucket.settings.name, request.key, keptHeaders(request));
  const result = [
    element('Bucket', bucket.settings.name),
    element('Key', request.key),
    element('UploadId', id),
  ];
  sendXml(request, element('InitiateMultipartUploadResult', result, namespace));
}

export async function uploadPart(store: Store, bucket: Bucket, request: S3Request): Promise<void> {
  const number = partNumber(request);
  const upload = uploadOf(store, bucket, request);
  const body = await receiveBody(request.http, store.directory);
  const { segment, md5 } = body;
  store.uploads.addPart(upload, number, { segments: [segment], bytes: segment.bytes, md5 });
  sendEmpty(request, 200, { etag: `"${body.md5}"`, ...body.checksums });
}

/** The part shares the source's bytes on disk; they are read once, for the ETag. */
export async function copyPart(store: Store, bucket: Bucket, request: S3Request): Promise<void> {
  const number = partNumber(request);
  const upload = uploadOf(store, bucket, request);
  const { content, modified } = copySource(store, request);
  const range = byteRange(requestHeader(request, 'x-amz-copy-source-range'), content.bytes) ?? {
    first: 0,
    last: content.bytes - 1,
  };
  const md5 = createHash('md5');
  for await (const piece of readSegments(content.segments, range)) md5.update(piece);
  const part = {
    segments: cutSegments(content.segments, range),
    bytes: range.last - range.first + 1,
    md5: md5.digest('hex'),
  };
  store.uploads.addPart(upload, number, part);
  const result = [element('ETag', `"${part.md5}"`), element('LastModified', modified.toISOString())];
  sendXml(request, element('CopyPartResult', result, namespace));
}

/** @throws S3Error InvalidArgument */
function partNumber(request: S3Request): number {
  const number = Number(request.query.get('partNumber'));
  if (Number.isInteger(number) && number >= 1 && number <= 10_000) return number;
  throw new S3Error('InvalidArgument', 'Part number must be an integer between 1 and 10000, inclusive');
}

export async function completeUpload(store: Store, bucket: Bucket, request: S3Request): Promise<void> {
  const xml = (await readBody(request.http)).toString('utf8');
  const upload = uploadOf(store, bucket, request);
  checkWrite(request.http.headers, bucket.latest(request.key)?.content);
  const content = store.uploads.complete(
    upload,
    elementsIn(xml, 'Part').map(part => ({
      number: Number(textIn(part, 'PartNumber')),
      etag: (textIn(part, 'ETag') ?? '').replaceAll('"', ''),
    })),
  );
  store.uploads.forget(uploadId(request));
  const by = {
    reason: 'CompleteMultipartUpload',
    requestId: request.requestId,
    requester: requester(request),
  } as const;
  const version = store.create(bucket, { key: request.key, content }, by);
  const result = [
    element('Bucket', bucket.settings.name),
    element('Key', request.key),
    element('ETag', `"${content.etag}"`),
  ];
  sendXml(request, element('CompleteMultipartUploadResult', result, namespace), versionHeader(version));
}

export function abortUpload(store: Store, bucket: Bucket, request: S3Request): void {
  uploadOf(store, bucket, request);
  store.uploads.forget(uploadId(request));
  sendEmpty(request, 204);
}

const uploadId = (request: S3Request): string => request.query.get('uploadId') ?? '';

const uploadOf = (store: Store, bucket: Bucket, request: S3Request) =>
  store.uploads.check(uploadId(request), bucket.settings.name, request.key);
