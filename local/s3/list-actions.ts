import type { Bucket, ObjectVersion } from './bucket.ts';
import { type ListQuery, listPage } from './list-page.ts';
import { type S3Request, sendXml } from './s3-request.ts';
import type { Store } from './store.ts';
import { element, namespace, type Xml } from './xml.ts';

const pageMax = 1000;

export function listBuckets(store: Store, request: S3Request): void {
  const buckets = store.buckets.map(({ settings }) =>
    element('Bucket', [element('Name', settings.name), element('CreationDate', new Date(0).toISOString())]),
  );
  const owner = element('Owner', [element('ID', 'local')]);
  sendXml(request, element('ListAllMyBucketsResult', [owner, element('Buckets', buckets)], namespace));
}

/** ListObjectsV2, and ListObjects for what still asks so. */
export function listObjects(bucket: Bucket, request: S3Request): void {
  const second = request.query.get('list-type') === '2';
  const token = request.query.get('continuation-token');
  const start = second ? request.query.get('start-after') : request.query.get('marker');
  const after = token ? Buffer.from(token, 'base64url').toString() : (start ?? '');
  const query = listQuery(request, after);
  const objects = bucket.keys(query.prefix).flatMap(key => {
    const latest = bucket.latest(key);
    return latest?.content ? [latest] : [];
  });
  const page = listPage(
    objects.map(({ key }) => key),
    query,
  );
  const listed = new Set(page.keys);
  const encode = encoder(request);
  const next = page.next ?? '';
  sendXml(
    request,
    element(
      'ListBucketResult',
      [
        ...commonElements(bucket, request, query),
        element('IsTruncated', page.next !== undefined),
        second ? element('KeyCount', page.keys.length + page.commonPrefixes.length) : undefined,
        second && next
          ? element('NextContinuationToken', Buffer.from(next).toString('base64url'))
          : undefined,
        !second && next ? element('NextMarker', encode(next)) : undefined,
        ...objects
          .filter(({ key }) => listed.has(key))
          .map(object => element('Contents', objectParts(object, encode))),
        ...prefixElements(page.commonPrefixes, encode),
      ],
      namespace,
    ),
  );
}

/** A page never ends within the versions of one key, so that the key alone says where to go on. */
export function listVersions(bucket: Bucket, request: S3Request): void {
  const query = listQuery(request, request.query.get('key-marker') ?? '');
  const page = listPage(bucket.keys(query.prefix), query);
  const encode = encoder(request);
  const versions = page.keys.flatMap(key =>
    bucket
      .versions(key)
      .map((version, n) =>
        element(version.content ? 'Version' : 'DeleteMarker', [
          ...objectParts(version, encode),
          element('VersionId', version.versionId),
          element('IsLatest', n === 0),
        ]),
      ),
  );
  sendXml(
    request,
    element(
      'ListVersionsResult',
      [
        ...commonElements(bucket, request, query),
        element('IsTruncated', page.next !== undefined),
        page.next === undefined ? undefined : element('NextKeyMarker', encode(page.next)),
        ...versions,
        ...prefixElements(page.commonPrefixes, encode),
      ],
      namespace,
    ),
  );
}

function listQuery(request: S3Request, after: string): ListQuery {
  return {
    prefix: request.query.get('prefix') ?? '',
    delimiter: request.query.get('delimiter') ?? '',
    after,
    max: Math.min(Number(request.query.get('max-keys') ?? pageMax), pageMax),
  };
}

type Encode = (text: string) => string;

const encoder = (request: S3Request): Encode =>
  request.query.get('encoding-type') === 'url'
    ? text => encodeURIComponent(text).replaceAll('%2F', '/')
    : text => text;

function commonElements(bucket: Bucket, request: S3Request, query: ListQuery): Xml[] {
  const encode = encoder(request);
  return [
    element('Name', bucket.settings.name),
    element('Prefix', encode(query.prefix)),
    element('MaxKeys', query.max),
    ...(query.delimiter ? [element('Delimiter', encode(query.delimiter))] : []),
    ...(request.query.has('encoding-type') ? [element('EncodingType', 'url')] : []),
  ];
}

const objectParts = (object: ObjectVersion, encode: Encode): (Xml | undefined)[] => [
  element('Key', encode(object.key)),
  element('LastModified', object.modified.toISOString()),
  object.content && element('ETag', `"${object.content.etag}"`),
  object.content && element('Size', object.content.bytes),
  object.content && element('StorageClass', 'STANDARD'),
];

const prefixElements = (prefixes: readonly string[], encode: Encode): Xml[] =>
  prefixes.map(prefix => element('CommonPrefixes', [element('Prefix', encode(prefix))]));
