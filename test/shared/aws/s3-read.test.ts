import { S3Client } from '@aws-sdk/client-s3';
import { S3Files } from '#shared/aws/s3-files.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { ObjectGone } from '#shared/ports.ts';
import { drain, textOf } from '../ports/files.suite.ts';
import { credentials, type StubServer, stubServer } from './stub-server.ts';

const content = '0123456789';

interface Told {
  /** Bytes sent before the connection breaks, request by request; then all. */
  readonly breaks: readonly number[];
  /** The etag, request by request; the last one stays. */
  readonly etags?: readonly string[];
}

describe('a download that breaks', () => {
  let server: StubServer;
  const ranges: (string | undefined)[] = [];

  afterEach(async () => {
    await server.stop();
    ranges.length = 0;
  });

  /** S3 in short: ranges and If-Match. */
  const start = async ({ breaks, etags = ['"e1"'] }: Told): Promise<S3Files> => {
    let asked = 0;
    server = await stubServer((request, response) => {
      const n = asked++;
      const etag = etags[Math.min(n, etags.length - 1)]!;
      const expected = request.headers['if-match'];
      if (expected && expected !== etag) return response.writeHead(412).end();
      ranges.push(request.headers.range);
      const [, from = '0', to = ''] = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '') ?? [];
      const bytes = content.slice(Number(from), to ? Number(to) + 1 : undefined);
      const range = { 'content-range': `bytes ${from}-${to}/${content.length}` };
      response.writeHead(request.headers.range ? 206 : 200, {
        etag,
        'content-length': bytes.length,
        ...(request.headers.range ? range : {}),
      });
      const broken = breaks[n];
      if (broken === undefined) return response.end(bytes);
      response.write(bytes.slice(0, broken));
      return setTimeout(() => response.destroy(), 20);
    });
    const client = new S3Client({
      region: 'eu-central-1',
      credentials,
      endpoint: server.url,
      forcePathStyle: true,
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
    return new S3Files(client, { inbound: 'in', raw: 'raw', quarantine: 'q' });
  };

  const versioned: ObjectRef = { bucket: 'inbound', key: 'a.csv', versionId: 'v1' };
  const unpinned: ObjectRef = { bucket: 'inbound', key: 'a.csv' };

  it('goes on where it stopped', async () => {
    const files = await start({ breaks: [4, 3] });
    expect(await textOf(files, versioned)).toBe(content);
    expect(ranges).toEqual([undefined, 'bytes=4-', 'bytes=7-']);
  });

  it('goes on within its range', async () => {
    const files = await start({ breaks: [2] });
    expect(await textOf(files, versioned, { start: 1, end: 8 })).toBe('1234567');
    expect(ranges).toEqual(['bytes=1-7', 'bytes=3-7']);
  });

  it('does not go on with another object put in its place', async () => {
    const files = await start({ breaks: [4], etags: ['"e1"', '"e2"'] });
    await expect(drain(files.read(unpinned))).rejects.toBeInstanceOf(ObjectGone);
  });

  it('fails when it gets no further', async () => {
    const files = await start({ breaks: [4, 0, 0, 0, 0] });
    await expect(drain(files.read(versioned))).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(ranges).toHaveLength(4);
  });
});
