import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { webhookSecrets } from '#shared/aws/secrets.ts';
import { AccessDenied } from '#shared/ports.ts';
import { serviceError } from './service-error.ts';

const client = new SecretsManagerClient({ region: 'eu-central-1' });
const aws = mockClient(client);
const secrets = webhookSecrets('edge/dev/pay-hooks', client);

beforeEach(() => aws.reset());

describe('a fence’s secret in Secrets Manager', () => {
  it('is read with its version and when it was written', async () => {
    const CreatedDate = new Date('2026-01-05T08:00:00Z');
    aws.on(GetSecretValueCommand, { SecretId: 'edge/dev/pay-hooks' }).resolves({
      SecretString: '{"current":"a"}',
      VersionId: 'v-7',
      CreatedDate,
    });
    aws
      .on(GetSecretValueCommand, { SecretId: 'edge/dev/pay-hooks', VersionStage: 'AWSPREVIOUS' })
      .resolves({ SecretString: '{"current":"generated"}', VersionId: 'v-6' });
    expect(await secrets.read()).toEqual({
      text: '{"current":"a"}',
      version: 'v-7',
      changedAt: CreatedDate.getTime(),
      isGenerated: false,
    });
  });

  it('that has no version before the current one was not written since it was created', async () => {
    aws.on(GetSecretValueCommand).resolves({ SecretString: '{"current":"generated"}', VersionId: 'v-1' });
    aws
      .on(GetSecretValueCommand, { SecretId: 'edge/dev/pay-hooks', VersionStage: 'AWSPREVIOUS' })
      .rejects(serviceError('ResourceNotFoundException', 400));
    expect(await secrets.read()).toMatchObject({ isGenerated: true });
  });

  it('that holds bytes instead of text cannot be used', async () => {
    aws.on(GetSecretValueCommand).resolves({ SecretBinary: new Uint8Array([1]), VersionId: 'v-1' });
    await expect(secrets.read()).rejects.toThrow('holds no text');
  });

  it('that may not be read is a missing right, with its cause', async () => {
    aws.on(GetSecretValueCommand).rejects(serviceError('AccessDeniedException', 400));
    await expect(secrets.read()).rejects.toBeInstanceOf(AccessDenied);
  });

  it('that is not there is told as it came', async () => {
    aws.on(GetSecretValueCommand).rejects(serviceError('ResourceNotFoundException', 400));
    await expect(secrets.read()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
