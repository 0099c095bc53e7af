import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { S3Files } from '#shared/aws/s3-files.ts';
import { limits } from '#shared/contract/limits.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { AccessDenied, ObjectGone } from '#shared/ports.ts';
import { drain, textOf } from '../ports/files.suite.ts';
import { serviceError } from './service-error.ts';

const client = new S3Client({ region: 'eu-central-1' });
const mock = mockClient(client);
const files = new S3Files(client, { inbound: 'in-bucket', raw: 'raw-bucket', quarantine: 'q-bucket' });
const versioned: ObjectRef = { bucket: 'inbound', key: 'acme/in/a b+c.csv', versionId: 'v1', etag: 'e1' };
const { versionId: _, ...unversioned } = versioned;
const body = (text: string) => Readable.from([Buffer.from(text)]) as never;
const input = () => mock.commandCalls(GetObjectCommand)[0]?.args[0].input;

beforeEach(() => mock.reset());

describe('a read', () => {
  it('asks for the version named', async () => {
    mock.on(GetObjectCommand).resolves({ Body: body('abc') });
    expect(await textOf(files, versioned)).toBe('abc');
    expect(input()).toEqual({
      Bucket: 'in-bucket',
      Key: 'acme/in/a b+c.csv',
      VersionId: 'v1',
      Range: undefined,
    });
  });

  it('asks for the etag named, with or without quotes, where there is no version', async () => {
    for (const etag of ['e1', '"e1"']) {
      mock.reset();
      mock.on(GetObjectCommand).resolves({ Body: body('bc'), ContentRange: 'bytes 1-2/3' });
      expect(await textOf(files, { ...unversioned, etag }, { start: 1, end: 3 })).toBe('bc');
      expect(input()).toMatchObject({ IfMatch: '"e1"', Range: 'bytes=1-2' });
    }
  });

  it.each([
    ['NoSuchKey', 404],
    ['NoSuchVersion', 404],
    ['PreconditionFailed', 412],
    ['MethodNotAllowed', 405],
  ])('answered %s (%i) finds the object gone, and keeps the cause', async (name, status) => {
    const cause = serviceError(name, status);
    mock.on(GetObjectCommand).rejects(cause);
    const failure = await drain(files.read(versioned)).catch(error => error);
    expect(failure).toBeInstanceOf(ObjectGone);
    expect(failure.cause).toBe(cause);
  });

  it('answered 403 is denied, and keeps the cause', async () => {
    const cause = serviceError('AccessDenied', 403);
    mock.on(GetObjectCommand).rejects(cause);
    const failure = await drain(files.read(versioned)).catch(error => error);
    expect(failure).toBeInstanceOf(AccessDenied);
    expect(failure.cause).toBe(cause);
  });

  it.each([
    ['NoSuchBucket', 404],
    ['SlowDown', 503],
    ['InternalError', 500],
  ])('answered %s (%i) fails as it is', async (name, status) => {
    const cause = serviceError(name, status);
    mock.on(GetObjectCommand).rejects(cause);
    await expect(drain(files.read(versioned))).rejects.toBe(cause);
  });
});

describe('a read of a range', () => {
  it('fails when the whole is answered instead', async () => {
    mock.on(GetObjectCommand).resolves({ Body: body('abc') });
    await expect(drain(files.read(versioned, { start: 1, end: 2 }))).rejects.toThrow('without its range');
  });
});

describe('a head', () => {
  it('gives the etag without quotes', async () => {
    const metadata = { sequencer: '00AF' };
    mock
      .on(HeadObjectCommand)
      .resolves({ ContentLength: 3, ETag: '"e1"', VersionId: 'v1', Metadata: metadata });
    expect(await files.head(versioned)).toEqual({ bytes: 3, etag: 'e1', versionId: 'v1', metadata });
  });

  it('answered 403 is denied', async () => {
    mock.on(HeadObjectCommand).rejects(serviceError('403', 403));
    await expect(files.head(versioned)).rejects.toBeInstanceOf(AccessDenied);
  });

  it('of a delete marker finds nothing', async () => {
    mock.on(HeadObjectCommand).rejects(serviceError('405', 405));
    expect(await files.head(versioned)).toBeUndefined();
  });
});

describe('a write', () => {
  it('of few bytes is one call, and names the version written', async () => {
    mock.on(PutObjectCommand).resolves({ ETag: '"e2"', VersionId: 'v2' });
    expect(await files.write('quarantine', 'k', Buffer.from('abc'), 'text/csv')).toEqual({
      bucket: 'quarantine',
      key: 'k',
      versionId: 'v2',
      etag: 'e2',
    });
    expect(mock.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({
      Bucket: 'q-bucket',
      ContentType: 'text/csv',
    });
  });

  it('that is denied says so', async () => {
    mock.on(PutObjectCommand).rejects(serviceError('AccessDenied', 403));
    await expect(files.write('raw', 'k', Buffer.from('abc'), 'text/csv')).rejects.toBeInstanceOf(
      AccessDenied,
    );
  });

  it('in parts drops them when one cannot be written', async () => {
    mock.on(CreateMultipartUploadCommand).resolves({ UploadId: 'u' });
    mock.on(UploadPartCommand).rejects(serviceError('InternalError', 500));
    const large = Buffer.alloc(20 * 1_048_576);
    await expect(files.write('raw', 'k', large, 'text/csv')).rejects.toThrow('InternalError');
    expect(mock.commandCalls(AbortMultipartUploadCommand)).toHaveLength(1);
  });
});

describe('a write on a condition', () => {
  const target = { bucket: 'quarantine', key: 'k', contentType: 'text/csv', metadata: { a: 'b' } } as const;
  const parts = async function* () {
    for (let i = 0; i < 20; i++) yield Buffer.alloc(1_048_576);
  };

  it('names the etag in quotes, or that nothing may be there', async () => {
    mock.on(PutObjectCommand).resolves({ ETag: '"e2"', VersionId: 'v2' });
    const written = { bucket: 'quarantine', key: 'k', versionId: 'v2', etag: 'e2' };
    expect(await files.replace({ ...target, etag: 'e1' }, Buffer.from('abc'))).toEqual(written);
    expect(await files.replace({ ...target, etag: undefined }, Buffer.from('abc'))).toEqual(written);
    const [match, none] = mock.commandCalls(PutObjectCommand).map(call => call.args[0].input);
    expect(match).toMatchObject({ IfMatch: '"e1"', Metadata: { a: 'b' }, ContentType: 'text/csv' });
    expect(match).not.toHaveProperty('IfNoneMatch');
    expect(none).toMatchObject({ IfNoneMatch: '*' });
    expect(none).not.toHaveProperty('IfMatch');
  });

  it('in parts gives the metadata when it begins and the condition when it is completed', async () => {
    mock.on(CreateMultipartUploadCommand).resolves({ UploadId: 'u' });
    mock.on(UploadPartCommand).resolves({ ETag: '"p"' });
    mock.on(CompleteMultipartUploadCommand).resolves({ ETag: '"e2"' });
    await files.replace({ ...target, etag: 'e1' }, parts());
    const begun = mock.commandCalls(CreateMultipartUploadCommand)[0]?.args[0].input;
    expect(begun).toMatchObject({ Metadata: { a: 'b' } });
    const completed = mock.commandCalls(CompleteMultipartUploadCommand)[0]?.args[0].input;
    expect(completed).toMatchObject({ IfMatch: '"e1"' });
  });

  it.each([
    ['PreconditionFailed', 412],
    ['NoSuchKey', 404],
    ['ConditionalRequestConflict', 409],
  ])('answered %s (%i) says that the object changed', async (name, status) => {
    mock.on(PutObjectCommand).rejects(serviceError(name, status));
    mock.on(CreateMultipartUploadCommand).resolves({ UploadId: 'u' });
    mock.on(UploadPartCommand).resolves({ ETag: '"p"' });
    mock.on(CompleteMultipartUploadCommand).rejects(serviceError(name, status));
    mock.on(DeleteObjectCommand).rejects(serviceError(name, status));
    expect(await files.replace({ ...target, etag: 'e1' }, Buffer.from('abc'))).toBe('changed');
    expect(await files.replace({ ...target, etag: 'e1' }, parts())).toBe('changed');
    expect(mock.commandCalls(AbortMultipartUploadCommand)).toHaveLength(1);
    expect(await files.remove({ bucket: 'quarantine', key: 'k', etag: 'e1' })).toBe('changed');
  });

  it.each([
    ['AccessDenied', 403, AccessDenied],
    ['NoSuchBucket', 404, Error],
    ['InternalError', 500, Error],
  ])('answered %s (%i) fails', async (name, status, kind) => {
    mock.on(PutObjectCommand).rejects(serviceError(name, status));
    mock.on(DeleteObjectCommand).rejects(serviceError(name, status));
    const replacing = files.replace({ ...target, etag: 'e1' }, Buffer.from('abc'));
    await expect(replacing).rejects.toBeInstanceOf(kind);
    const removing = files.remove({ bucket: 'quarantine', key: 'k', etag: 'e1' });
    await expect(removing).rejects.toBeInstanceOf(kind);
  });

  it('of a body that cannot be read fails as its source does', async () => {
    const gone = async function* () {
      yield Buffer.from('a');
      throw new ObjectGone('the source is gone');
    };
    await expect(files.replace({ ...target, etag: 'e1' }, gone())).rejects.toBeInstanceOf(ObjectGone);
  });
});

test('a removal names the etag in quotes', async () => {
  mock.on(DeleteObjectCommand).resolves({});
  expect(await files.remove({ bucket: 'quarantine', key: 'k', etag: 'e1' })).toBe('removed');
  const input = mock.commandCalls(DeleteObjectCommand)[0]?.args[0].input;
  expect(input).toEqual({ Bucket: 'q-bucket', Key: 'k', IfMatch: '"e1"' });
});

describe('a join', () => {
  const sections = ['lane/a b+ü.csv', 'lane/c.csv'].map(key => ({ bucket: 'quarantine', key }) as const);
  const target = { bucket: 'inbound', key: 'acme/ack/a.csv', contentType: 'text/csv' } as const;
  const copies = () =>
    mock
      .commandCalls(UploadPartCopyCommand)
      .map(call => call.args[0].input)
      .sort((a, b) => (a.PartNumber ?? 0) - (b.PartNumber ?? 0));

  beforeEach(() => {
    mock.on(CreateMultipartUploadCommand).resolves({ UploadId: 'u1' });
    mock.on(UploadPartCopyCommand).callsFake(({ PartNumber }) => ({
      CopyPartResult: { ETag: `"p${PartNumber}"` },
    }));
    mock.on(CompleteMultipartUploadCommand).resolves({ ETag: '"e9-2"', VersionId: 'v9' });
    mock.on(AbortMultipartUploadCommand).resolves({});
  });

  it('copies the versions that are there, named as a URL, and completes on the condition', async () => {
    mock.on(HeadObjectCommand).resolves({ ContentLength: 10_000_000, VersionId: 'v/1', ETag: '"e1"' });
    const joined = await files.join({ ...target, only: { etag: 'e0' } }, sections);
    expect(joined).toEqual({ bucket: 'inbound', key: target.key, versionId: 'v9', etag: 'e9-2' });
    expect(copies()).toMatchObject([
      { PartNumber: 1, CopySource: 'q-bucket/lane/a%20b%2B%C3%BC.csv?versionId=v%2F1' },
      { PartNumber: 2, CopySource: 'q-bucket/lane/c.csv?versionId=v%2F1' },
    ]);
    expect(copies()[0]?.CopySourceRange).toBeUndefined();
    expect(mock.commandCalls(CompleteMultipartUploadCommand)[0]?.args[0].input).toMatchObject({
      UploadId: 'u1',
      IfMatch: '"e0"',
      MultipartUpload: {
        Parts: [
          { PartNumber: 1, ETag: '"p1"' },
          { PartNumber: 2, ETag: '"p2"' },
        ],
      },
    });
  });

  it('copies a large object in even parts, so that none is too small', async () => {
    const bytes = 2 * limits.copiedBytesMax + 1;
    mock.on(HeadObjectCommand).resolves({ ContentLength: bytes, ETag: '"e1"' });
    await files.join(target, sections.slice(0, 1));
    const ranges = copies().map(({ CopySourceRange = '' }) =>
      CopySourceRange.slice(6).split('-').map(Number),
    );
    const lengths = ranges.map(([first = 0, last = 0]) => last - first + 1);
    expect(ranges[0]?.[0]).toBe(0);
    expect(ranges.slice(1).map(([first = 0], n) => first - (ranges[n]?.[1] ?? 0))).toEqual([1, 1]);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(bytes);
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
  });

  it('aborts the upload when a part cannot be copied, and says why', async () => {
    mock.on(HeadObjectCommand).resolves({ ContentLength: 10, ETag: '"e1"' });
    mock.on(UploadPartCopyCommand).rejects(serviceError('AccessDenied', 403));
    await expect(files.join(target, sections)).rejects.toBeInstanceOf(AccessDenied);
    expect(mock.commandCalls(AbortMultipartUploadCommand)[0]?.args[0].input).toMatchObject({
      UploadId: 'u1',
    });
    expect(mock.commandCalls(CompleteMultipartUploadCommand)).toHaveLength(0);
  });
});
