import { createPrivateKey, createPublicKey } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import {
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { keyOf } from '#adapters/webhook-fence/core/signature/key.ts';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { makeFenceKeys } from '#local/secrets/fence-keys.ts';
import { Secrets } from '#local/secrets/secrets.ts';
import { secretsApi } from '#local/secrets/secrets-api.ts';

const secretArn = 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:edge/dev/a-local1';
let server: Server;
let client: SecretsManagerClient;

beforeAll(async () => {
  const secrets = new Secrets();
  secrets.create({ name: 'edge/dev/a', arn: secretArn, description: 'Keys of a' }, 'first');
  server = createServer((request, response) => void secretsApi(secrets, request, response));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  client = new SecretsManagerClient({
    region: 'eu-central-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
});

afterAll(() => {
  client.destroy();
  server.close();
});

const get = (input: { VersionStage?: string; VersionId?: string } = {}, SecretId = 'edge/dev/a') =>
  client.send(new GetSecretValueCommand({ SecretId, ...input }));

describe('the local Secrets Manager', () => {
  it('gives the current value, by name or ARN, with or without its suffix', async () => {
    const value = await get();
    expect(value).toMatchObject({
      ARN: secretArn,
      Name: 'edge/dev/a',
      SecretString: 'first',
      VersionStages: ['AWSCURRENT'],
    });
    expect(value.CreatedDate!.getTime()).toBeGreaterThan(Date.now() - 60_000);
    for (const id of [secretArn, secretArn.slice(0, -7)])
      expect((await get({}, id)).SecretString).toBe('first');
  });

  it('keeps what was current as previous when a new value is put', async () => {
    const before = await get();
    const put = await client.send(
      new PutSecretValueCommand({ SecretId: 'edge/dev/a', SecretString: 'second' }),
    );
    expect(await get()).toMatchObject({ SecretString: 'second', VersionId: put.VersionId });
    expect(await get({ VersionStage: 'AWSPREVIOUS' })).toMatchObject({ SecretString: 'first' });
    expect((await get({ VersionId: before.VersionId! })).SecretString).toBe('first');
    await client.send(new UpdateSecretCommand({ SecretId: 'edge/dev/a', SecretString: 'third' }));
    expect((await get({ VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('second');
    await expect(get({ VersionId: before.VersionId!, VersionStage: 'AWSCURRENT' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('takes a repeated put once, and refuses another text under its version', async () => {
    const ClientRequestToken = 'a'.repeat(32);
    const put = (SecretString: string) =>
      client.send(new PutSecretValueCommand({ SecretId: 'edge/dev/a', SecretString, ClientRequestToken }));
    await put('fourth');
    await put('fourth');
    expect((await get({ VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('third');
    await expect(put('fifth')).rejects.toMatchObject({ name: 'ResourceExistsException' });
  });

  it('describes and lists secrets without their values', async () => {
    const described = await client.send(new DescribeSecretCommand({ SecretId: 'edge/dev/a' }));
    expect(described).toMatchObject({ Name: 'edge/dev/a', Description: 'Keys of a' });
    expect(Object.values(described.VersionIdsToStages!).flat().sort()).toEqual(['AWSCURRENT', 'AWSPREVIOUS']);
    const { SecretList } = await client.send(new ListSecretsCommand({}));
    expect(SecretList).toMatchObject([{ Name: 'edge/dev/a' }]);
    expect(JSON.stringify([described, SecretList])).not.toContain('fourth');
  });

  it('refuses what is not there, and what it does not serve', async () => {
    await expect(get({}, 'edge/dev/b')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
    });
    await expect(client.send(new GetRandomPasswordCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
    await expect(
      client.send(new PutSecretValueCommand({ SecretId: 'edge/dev/a', SecretBinary: Buffer.from('x') })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('keys made for a fence', () => {
  it.each(Object.entries(schemes))('are of the form that %s uses', (_, scheme) => {
    const keys = makeFenceKeys(JSON.parse(JSON.stringify(scheme)));
    if (scheme.kind === 'signed')
      expect(scheme.signers.some(signer => keyOf(signer, { value: keys.current }))).toBe(true);
    expect(keys.statusKey).toMatch(/^local_status_/);
    expect(keys.handshake !== undefined).toBe(scheme.name === 'meta');
    expect(makeFenceKeys(JSON.parse(JSON.stringify(scheme))).current).not.toBe(keys.current);
  });

  it('come in pairs where the sender signs with a private one', () => {
    const { current, signingKey } = makeFenceKeys(JSON.parse(JSON.stringify(schemes.sendgrid)));
    const publicKey = createPublicKey(createPrivateKey(signingKey!)).export({ format: 'der', type: 'spki' });
    expect(publicKey.toString('base64')).toBe(current);
  });
});
