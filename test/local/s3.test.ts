import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { Front } from '#local/front.ts';
import { Permissions } from '#local/iam/permissions.ts';
import { s3Guard } from '#local/iam/s3-guard.ts';
import { S3Api } from '#local/s3/s3-api.ts';
import { type Created, Store } from '#local/s3/store.ts';

const directory = mkdtempSync(join(tmpdir(), 's3-'));
const created: Created[] = [];
const front = new Front();
let s3: S3Client;

beforeAll(async () => {
  const store = new Store(directory, event => created.push(event));
  store.addBucket({ name: 'kept', versioned: true, notifies: true });
  store.addBucket({ name: 'plain', versioned: false, notifies: false });
  for (const mode of ['GOVERNANCE', 'COMPLIANCE'] as const)
    store.addBucket({
      ...{ name: mode.toLowerCase(), versioned: true, notifies: false },
      retention: { mode, days: 1 },
    });
  const api = new S3Api(store, 'eu-central-1', s3Guard(new Permissions(new Map())));
  await front.listen(0);
  front.serve({ s3: (request, response) => api.serve(request, response) }, () => undefined);
  s3 = clientOf();
});

const clientOf = (settings: object = {}) =>
  new S3Client({
    endpoint: front.origin,
    region: 'eu-central-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    ...settings,
  });

afterAll(async () => {
  s3.destroy();
  await front.stop();
  rmSync(directory, { recursive: true, force: true });
});

const put = (Key: string, Body: string, more: object = {}, Bucket = 'kept') =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));

const get = async (Key: string, more: object = {}, Bucket = 'kept') => {
  const answer = await s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return { ...answer, text: await answer.Body!.transformToString() };
};

const nameOf = (problem: { name: string }) => problem.name;

describe('objects', () => {
  test('come back as they were put, with what was said of them', async () => {
    await put('a.csv', 'a,b\n', {
      ContentType: 'text/csv',
      Metadata: { partner: 'acme' },
      ContentEncoding: 'gzip',
    });
    expect(await get('a.csv')).toMatchObject({
      text: 'a,b\n',
      ContentType: 'text/csv',
      ContentEncoding: 'gzip',
      Metadata: { partner: 'acme' },
      ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
    });
    const head = await s3.send(new HeadObjectCommand({ Bucket: 'kept', Key: 'a.csv' }));
    expect(head).toMatchObject({ ContentLength: 4, ContentType: 'text/csv' });
  });

  test.each([
    'a b',
    'a+b',
    'ü/ñ/日本',
    '100%',
    '%41',
    'a&b=c?d#e',
    'quo\'te"',
    'a//b',
    '/lead',
    'tail/',
    '<x>',
  ])('keep the key %j', async key => {
    await put(key, key, {}, 'plain');
    expect((await get(key, {}, 'plain')).text).toBe(key);
    const listed = await s3.send(new ListObjectsV2Command({ Bucket: 'plain', Prefix: key }));
    expect(listed.Contents?.map(object => object.Key)).toEqual([key]);
    await s3.send(new DeleteObjectsCommand({ Bucket: 'plain', Delete: { Objects: [{ Key: key }] } }));
    await expect(get(key, {}, 'plain')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  test('may be streamed, with a checksum that follows them', async () => {
    const bytes = randomBytes(300_000);
    const Body = Readable.from([bytes.subarray(0, 100_001), bytes.subarray(100_001)]);
    await s3.send(
      new PutObjectCommand({ Bucket: 'plain', Key: 'stream', Body, ContentLength: bytes.length }),
    );
    const answer = await s3.send(new GetObjectCommand({ Bucket: 'plain', Key: 'stream' }));
    expect(Buffer.from(await answer.Body!.transformToByteArray()).equals(bytes)).toBe(true);
  });

  test('may be empty', async () => {
    await put('empty', '', { ContentLength: 0 });
    expect(await get('empty')).toMatchObject({ text: '', ContentLength: 0 });
  });

  test.each(['CRC32', 'SHA1', 'SHA256'] as const)('are held against their %s', async ChecksumAlgorithm => {
    await put('sum', 'abc', { ChecksumAlgorithm });
    const wrong = { [`Checksum${ChecksumAlgorithm}`]: Buffer.from('wrong').toString('base64') };
    await expect(put('sum', 'abd', wrong)).rejects.toMatchObject({ name: 'BadDigest' });
    expect((await get('sum')).text).toBe('abc');
  });

  test('are held against Content-MD5', async () => {
    await expect(put('md5', 'abc', { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' })).rejects.toMatchObject({
      name: 'BadDigest',
    });
  });
});

describe('versions', () => {
  test('stay readable when the object is replaced or deleted', async () => {
    const first = await put('v', 'one');
    const second = await put('v', 'two');
    expect(second.VersionId).not.toBe(first.VersionId);
    const marker = await s3.send(new DeleteObjectCommand({ Bucket: 'kept', Key: 'v' }));
    expect(marker.DeleteMarker).toBe(true);
    await expect(get('v')).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect((await get('v', { VersionId: first.VersionId })).text).toBe('one');
    await s3.send(new DeleteObjectCommand({ Bucket: 'kept', Key: 'v', VersionId: marker.VersionId }));
    expect((await get('v')).text).toBe('two');
    await s3.send(new DeleteObjectCommand({ Bucket: 'kept', Key: 'v', VersionId: first.VersionId }));
    await expect(get('v', { VersionId: first.VersionId })).rejects.toMatchObject({ name: 'NoSuchVersion' });
  });

  test('are listed, the newest first', async () => {
    const versions = [await put('l/v', '1'), await put('l/v', '2')].map(answer => answer.VersionId);
    await s3.send(new DeleteObjectCommand({ Bucket: 'kept', Key: 'l/v' }));
    const list = await s3.send(new ListObjectVersionsCommand({ Bucket: 'kept', Prefix: 'l/' }));
    expect(list.Versions?.map(version => version.VersionId)).toEqual(versions.reverse());
    expect(list.DeleteMarkers).toMatchObject([{ Key: 'l/v', IsLatest: true }]);
  });

  test('are not kept in a bucket without versioning', async () => {
    expect((await put('p', 'one', {}, 'plain')).VersionId).toBeUndefined();
    await s3.send(new DeleteObjectCommand({ Bucket: 'plain', Key: 'p' }));
    const list = await s3.send(new ListObjectVersionsCommand({ Bucket: 'plain', Prefix: 'p' }));
    expect(list.Versions).toBeUndefined();
  });
});

describe('reads', () => {
  beforeAll(() => put('r', '0123456789'));

  test.each([
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=8-100', '89', 'bytes 8-9/10'],
  ])('give the range %s', async (Range, text, ContentRange) => {
    expect(await get('r', { Range })).toMatchObject({ text, ContentRange, ContentLength: text.length });
  });

  test('refuse a range beyond the end', async () => {
    await expect(get('r', { Range: 'bytes=10-' })).rejects.toMatchObject({ name: 'InvalidRange' });
  });

  test('hold If-Match and If-None-Match against the object', async () => {
    const { ETag } = await get('r');
    expect((await get('r', { IfMatch: ETag })).text).toBe('0123456789');
    await expect(get('r', { IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    const unchanged = await get('r', { IfNoneMatch: ETag }).catch(
      problem => problem.$metadata.httpStatusCode,
    );
    expect(unchanged).toBe(304);
  });

  test('name what is not there', async () => {
    expect(await get('nothing').catch(nameOf)).toBe('NoSuchKey');
    expect(await get('x', {}, 'nowhere').catch(nameOf)).toBe('NoSuchBucket');
    expect(await get('r', { VersionId: 'none' }).catch(nameOf)).toBe('NoSuchVersion');
    const head = new HeadObjectCommand({ Bucket: 'kept', Key: 'nothing' });
    expect(await s3.send(head).catch(nameOf)).toBe('NotFound');
  });
});

test('a write with If-None-Match: * never replaces an object', async () => {
  await put('once', 'one', { IfNoneMatch: '*' });
  await expect(put('once', 'two', { IfNoneMatch: '*' })).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
  expect((await get('once')).text).toBe('one');
});

test('a removal with If-Match is held against the newest version', async () => {
  const first = await put('gone', 'one');
  const second = await put('gone', 'two');
  const remove = (more: object) =>
    s3.send(new DeleteObjectCommand({ Bucket: 'kept', Key: 'gone', ...more })).catch(nameOf);
  expect(await remove({ IfMatch: first.ETag })).toBe('PreconditionFailed');
  expect(await remove({ IfMatch: first.ETag, VersionId: first.VersionId })).toBe('PreconditionFailed');
  expect((await get('gone')).text).toBe('two');
  expect(await remove({ IfMatch: second.ETag })).toMatchObject({ DeleteMarker: true });
  expect(await remove({ IfMatch: second.ETag })).toBe('NoSuchKey');
  const Objects = [{ Key: 'gone', ETag: second.ETag }];
  const many = new DeleteObjectsCommand({ Bucket: 'kept', Delete: { Objects } });
  expect(await s3.send(many).catch(nameOf)).toBe('NotImplemented');
});

test('an upload in parts holds its conditions when it is completed', async () => {
  const upload = (more: object) =>
    new Upload({
      client: s3,
      params: { Bucket: 'kept', Key: 'parts', Body: Buffer.alloc(6 * 1024 * 1024), ...more },
      partSize: 5 * 1024 * 1024,
    }).done();
  const first = await upload({ IfNoneMatch: '*' });
  await expect(upload({ IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
  await expect(upload({ IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
  expect((await upload({ IfMatch: first.ETag })).VersionId).not.toBe(first.VersionId);
});

test('listings are in order, by pages, and fold what lies behind the delimiter', async () => {
  for (const key of ['t/c/2', 't/a', 't/c/1', 't/b', 't/d']) await put(key, key, {}, 'plain');
  const list = async (ContinuationToken?: string) =>
    s3.send(
      new ListObjectsV2Command({
        Bucket: 'plain',
        Prefix: 't/',
        Delimiter: '/',
        MaxKeys: 2,
        ContinuationToken,
      }),
    );
  const first = await list();
  expect(first.Contents?.map(object => object.Key)).toEqual(['t/a', 't/b']);
  expect(first).toMatchObject({ IsTruncated: true, KeyCount: 2 });
  const second = await list(first.NextContinuationToken);
  expect(second.CommonPrefixes).toEqual([{ Prefix: 't/c/' }]);
  expect(second.Contents?.map(object => object.Key)).toEqual(['t/d']);
  expect(second.IsTruncated).toBe(false);
});

test('a multipart upload becomes one object that can be read across its parts', async () => {
  const part = 5 * 1024 * 1024;
  const bytes = randomBytes(2 * part + 1000);
  const upload = new Upload({
    client: s3,
    params: { Bucket: 'kept', Key: 'big', Body: bytes },
    partSize: part,
  });
  const done = await upload.done();
  expect(done.ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
  const answer = await s3.send(
    new GetObjectCommand({ Bucket: 'kept', Key: 'big', Range: `bytes=${part - 10}-${2 * part + 9}` }),
  );
  const expected = bytes.subarray(part - 10, 2 * part + 10);
  expect(Buffer.from(await answer.Body!.transformToByteArray()).equals(expected)).toBe(true);
  const copy = { Bucket: 'plain', Key: 'copy', CopySource: 'kept/big' };
  expect((await s3.send(new CopyObjectCommand(copy))).CopyObjectResult?.ETag).toBe(done.ETag);
  const head = await s3.send(new HeadObjectCommand({ Bucket: 'plain', Key: 'copy' }));
  expect(head.ContentLength).toBe(bytes.length);
});

test('parts of an upload may be copied from an object, across its own parts', async () => {
  const part = 5 * 1024 * 1024;
  const bytes = randomBytes(part + 5000);
  await new Upload({
    client: s3,
    params: { Bucket: 'kept', Key: 'from', Body: bytes },
    partSize: part,
  }).done();
  const target = { Bucket: 'plain', Key: 'assembled' };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(target));
  const range = { CopySource: 'kept/from', CopySourceRange: `bytes=${part - 3}-${part + 4}` };
  const copied = await s3.send(new UploadPartCopyCommand({ ...target, UploadId, PartNumber: 1, ...range }));
  const Parts = [{ PartNumber: 1, ETag: copied.CopyPartResult?.ETag }];
  await s3.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
  const answer = await s3.send(new GetObjectCommand(target));
  expect(
    Buffer.from(await answer.Body!.transformToByteArray()).equals(bytes.subarray(part - 3, part + 5)),
  ).toBe(true);
});

test('an upload that was aborted, or names a part that is not there, makes no object', async () => {
  const target = { Bucket: 'kept', Key: 'unfinished' };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(target));
  const complete = () =>
    s3.send(
      new CompleteMultipartUploadCommand({
        ...target,
        UploadId,
        MultipartUpload: { Parts: [{ PartNumber: 1, ETag: 'x' }] },
      }),
    );
  expect(await complete().catch(nameOf)).toBe('InvalidPart');
  await s3.send(new AbortMultipartUploadCommand({ ...target, UploadId }));
  expect(await complete().catch(nameOf)).toBe('NoSuchUpload');
  expect(await get('unfinished').catch(nameOf)).toBe('NoSuchKey');
});

test('what was written is told, with its version, size and reason', async () => {
  created.length = 0;
  const first = await put('told ü', 'abc');
  await put('told ü', 'abcd');
  expect(
    created.map(({ reason, object }) => ({ reason, key: object.key, bytes: object.content.bytes })),
  ).toEqual([
    { reason: 'PutObject', key: 'told ü', bytes: 3 },
    { reason: 'PutObject', key: 'told ü', bytes: 4 },
  ]);
  expect(created[0]?.object.versionId).toBe(first.VersionId);
  expect(created[1]!.object.sequencer > created[0]!.object.sequencer).toBe(true);
});

test('what is not served is refused by name', async () => {
  const answer = await fetch(`${front.origin}/kept/x?tagging`, {
    headers: { authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/eu-central-1/s3/aws4_request' },
  });
  expect(answer.status).toBe(501);
  expect(await answer.text()).toContain('GET object tagging is not served locally.');
});

// Source: Amazon S3 User Guide, locking objects with Object Lock.
describe('a bucket with Object Lock', () => {
  const checked = { ChecksumAlgorithm: 'SHA256' } as const;
  const versionsOf = async (Bucket: string) => {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    return [Versions.length, DeleteMarkers.length];
  };

  it('asks for a checksum of what it keeps', async () => {
    const bare = clientOf({ requestChecksumCalculation: 'WHEN_REQUIRED' });
    await expect(
      bare.send(new PutObjectCommand({ Bucket: 'governance', Key: 'a', Body: 'x' })),
    ).rejects.toMatchObject({ name: 'InvalidRequest' });
    bare.destroy();
  });

  it.each(['governance', 'compliance'])(
    'in %s keeps a version that is written over or deleted',
    async Bucket => {
      const { VersionId } = await put('a', 'first', checked, Bucket);
      await put('a', 'second', checked, Bucket);
      await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
      expect(await versionsOf(Bucket)).toEqual([2, 1]);
      expect((await get('a', { VersionId }, Bucket)).text).toBe('first');
      const deletion = { Bucket, Key: 'a', VersionId };
      await expect(s3.send(new DeleteObjectCommand(deletion))).rejects.toThrow('protected by object lock');
    },
  );

  it('lets governance alone be bypassed', async () => {
    for (const [Bucket, may] of [
      ['governance', true],
      ['compliance', false],
    ] as const) {
      const { VersionId } = await put('b', 'x', checked, Bucket);
      const deletion = { Bucket, Key: 'b', VersionId, BypassGovernanceRetention: true };
      const deleted = await s3.send(new DeleteObjectCommand(deletion)).then(
        () => true,
        () => false,
      );
      expect(deleted).toBe(may);
    }
  });
});
