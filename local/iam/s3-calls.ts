import { arn } from '../aws-names.ts';
import type { RequestContext } from './condition.ts';
import type { Call } from './decide.ts';

/** What of an S3 request decides which permissions it needs. */
export interface S3Asked {
  /** As the API names it: method, what the path names, subresources. */
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
  /** The header `x-amz-copy-source`. */
  readonly copySource: string | undefined;
  /** Whether it has the header `if-match`. */
  readonly isConditional?: boolean;
  /** The header `if-none-match`. */
  readonly ifNoneMatch?: string | undefined;
  /** Whether it asks to get around a lock of Object Lock. */
  readonly isBypass?: boolean;
}

const bucketArn = (bucket: string): string => arn('s3', '', bucket);

const onObject = (action: string, versioned = action) => {
  return ({ bucket, key, query }: S3Asked): Call[] => [
    {
      action: query.has('versionId') ? versioned : action,
      resource: `${bucketArn(bucket)}/${key}`,
    },
  ];
};

const onBucket =
  (action: string) =>
  ({ bucket, query }: S3Asked): Call[] => [
    {
      action,
      resource: bucketArn(bucket),
      context: {
        ...(query.has('prefix') && { 's3:prefix': query.getAll('prefix').slice(0, 1) }),
        ...(query.has('delimiter') && { 's3:delimiter': query.getAll('delimiter').slice(0, 1) }),
      },
    },
  ];

const get = onObject('s3:GetObject', 's3:GetObjectVersion');
const put = (asked: S3Asked): Call[] => [
  ...onSeen('s3:PutObject')(asked).map(call => ({ ...call, context: writeContext(asked) })),
  ...ofCopySource(asked),
];

const writeContext = ({ ifNoneMatch }: S3Asked): RequestContext =>
  ifNoneMatch === undefined ? {} : { 's3:if-none-match': [ifNoneMatch] };

const remove = (asked: S3Asked): Call[] => [
  ...onSeen('s3:DeleteObject', 's3:DeleteObjectVersion')(asked),
  ...(asked.isBypass ? onObject('s3:BypassGovernanceRetention')(asked) : []),
];

/** Holding an ETag against an object tells of it, so that it needs the right to read as well. */
function onSeen(action: string, versioned = action): (asked: S3Asked) => Call[] {
  return asked => [
    ...onObject(action, versioned)(asked),
    ...(asked.isConditional ? onObject('s3:GetObject')(asked) : []),
  ];
}

/** Source: Amazon S3 User Guide, required permissions for API operations. */
const needs: Readonly<Record<string, (asked: S3Asked) => Call[]>> = {
  'GET /': () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
  'GET bucket': onBucket('s3:ListBucket'),
  'HEAD bucket': onBucket('s3:ListBucket'),
  'GET bucket versions': onBucket('s3:ListBucketVersions'),
  'GET bucket versioning': onBucket('s3:GetBucketVersioning'),
  'GET bucket location': onBucket('s3:GetBucketLocation'),
  'GET bucket lifecycle': onBucket('s3:GetLifecycleConfiguration'),
  'PUT bucket lifecycle': onBucket('s3:PutLifecycleConfiguration'),
  'GET object': get,
  'HEAD object': get,
  'PUT object': put,
  'PUT object partNumber uploadId': put,
  'POST object uploads': onObject('s3:PutObject'),
  'POST object uploadId': onSeen('s3:PutObject'),
  'DELETE object': remove,
  'DELETE object uploadId': onObject('s3:AbortMultipartUpload'),
};

function ofCopySource({ copySource }: S3Asked): Call[] {
  if (copySource === undefined) return [];
  const [path = '', version] = copySource.replace(/^\//, '').split('?versionId=');
  return [
    {
      action: version === undefined ? 's3:GetObject' : 's3:GetObjectVersion',
      resource: arn('s3', '', decodeURIComponent(path)),
    },
  ];
}

/** Undefined for what roles are not served, such as deleting many objects, each of which would be decided apart. */
export const s3Calls = (asked: S3Asked): readonly Call[] | undefined =>
  Object.hasOwn(needs, asked.name) ? needs[asked.name]?.(asked) : undefined;

/**
 * Whether an object that is not there may be told from one that may not be read: who may list it may know. The key stands for the
 * prefix of the listing.
 */
export const findCall = ({ bucket, key }: Pick<S3Asked, 'bucket' | 'key'>): Call => ({
  action: 's3:ListBucket',
  resource: bucketArn(bucket),
  context: { 's3:prefix': [key] },
});
