import { verify } from 'node:crypto';
import { KMSClient } from '@aws-sdk/client-kms';
import { Front } from '#local/front.ts';
import { Keys } from '#local/kms/keys.ts';
import { kmsApi } from '#local/kms/kms-api.ts';
import { kmsKey } from '#shared/aws/kms-key.ts';

const arn = 'arn:aws:kms:eu-central-1:000000000000:key/audit';
const front = new Front();
let client: KMSClient;

beforeAll(async () => {
  const keys = new Keys();
  keys.add('audit', arn);
  await front.listen(0);
  front.serve({ kms: (request, response) => kmsApi(keys, request, response) }, () => undefined);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new KMSClient({ region: 'eu-central-1', endpoint: front.origin, credentials });
});

afterAll(async () => {
  client.destroy();
  await front.stop();
});

describe('a key of KMS', () => {
  it('signs so that anyone can verify who has its public half', async () => {
    const key = kmsKey(arn, client);
    const signature = Buffer.from(await key.sign('a manifest'), 'base64');
    const publicKey = await key.publicKey();
    expect(publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
    expect(verify('sha256', Buffer.from('a manifest'), publicKey, signature)).toBe(true);
    expect(verify('sha256', Buffer.from('another'), publicKey, signature)).toBe(false);
  });

  it('that does not exist signs nothing', async () => {
    const other = kmsKey('arn:aws:kms:eu-central-1:000000000000:key/other', client);
    await expect(other.sign('x')).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});
