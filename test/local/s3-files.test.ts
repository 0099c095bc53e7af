import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Front } from '#local/front.ts';
import { Permissions } from '#local/iam/permissions.ts';
import { s3Guard } from '#local/iam/s3-guard.ts';
import { S3Api } from '#local/s3/s3-api.ts';
import { Store } from '#local/s3/store.ts';
import { S3Files } from '#shared/aws/s3-files.ts';
import { conditionsSuite, filesSuite, joinSuite } from '../shared/ports/files.suite.ts';

const directory = mkdtempSync(join(tmpdir(), 's3-files-'));
const front = new Front();
let s3: S3Client;
let files: S3Files;

beforeAll(async () => {
  const store = new Store(directory, () => {});
  for (const name of ['inbound', 'raw', 'quarantine'])
    store.addBucket({ name, versioned: true, notifies: false });
  const api = new S3Api(store, 'eu-central-1', s3Guard(new Permissions(new Map())));
  await front.listen(0);
  front.serve({ s3: (request, response) => api.serve(request, response) }, () => undefined);
  s3 = new S3Client({
    endpoint: front.origin,
    region: 'eu-central-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  files = new S3Files(s3, { inbound: 'inbound', raw: 'raw', quarantine: 'quarantine' });
});

afterAll(async () => {
  s3.destroy();
  await front.stop();
  rmSync(directory, { recursive: true, force: true });
});

describe('files in the local S3', () => {
  filesSuite(() => files);
  conditionsSuite(() => files);
  joinSuite(() => files);
});

test('an object that was deleted is there by its version alone', async () => {
  const ref = await files.write('inbound', 'a.csv', Buffer.from('first'), 'text/csv');
  await s3.send(new DeleteObjectCommand({ Bucket: 'inbound', Key: 'a.csv' }));
  expect(await files.head({ bucket: 'inbound', key: 'a.csv' })).toBeUndefined();
  expect(await files.head(ref)).toMatchObject({ bytes: 5 });
});
