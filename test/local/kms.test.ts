import { verify } from 'node:crypto';
import { Front } from '#local/front.ts';
import { Keys } from '#local/kms/keys.ts';
import { kmsApi } from '#local/kms/kms-api.ts';
import { kmsKey } from '#shared/aws/kms-key.ts';

const arn = 'arn:aws:kms:eu-central-1:000000000000:key/audit';
const front = new Front();
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  const keys = new Keys();
  keys.add('audit', arn);
  await front.listen(0);
  front.serve({ kms: (request, response) => kmsApi(keys, request, response) }, () => undefined);
  env = {
    ...{ AWS_REGION: 'eu-central-1', AWS_ENDPOINT_URL: front.origin },
    ...{ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
  };
});

afterAll(() => front.stop());

describe('a key of KMS', () => {
  it('signs so that anyone can verify who has its public half', async () => {
    const key = kmsKey(env, arn);
    const signature = Buffer.from(await key.sign('a manifest'), 'base64');
    const publicKey = await key.publicKey();
    expect(publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
    expect(verify('sha256', Buffer.from('a manifest'), publicKey, signature)).toBe(true);
    expect(verify('sha256', Buffer.from('another'), publicKey, signature)).toBe(false);
  });

  it('that does not exist signs nothing', async () => {
    await expect(kmsKey(env, 'arn:aws:kms:eu-central-1:000000000000:key/other').sign('x')).rejects.toThrow(
      'kms:Sign was answered 400: NotFoundException',
    );
  });
});
