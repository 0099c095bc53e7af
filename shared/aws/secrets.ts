import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { limits } from '../contract/limits.ts';
import type { Secrets } from '../ports.ts';
import { permitted } from './aws-errors.ts';
import { connections } from './connections.ts';

/** The version that Secrets Manager calls current; it has its own `AWSPREVIOUS`, which is not asked: the document names both. */
export function webhookSecrets(secretId: string, client = secretsClient()): Secrets {
  return {
    async read() {
      const command = new GetSecretValueCommand({ SecretId: secretId });
      const { SecretString, VersionId, CreatedDate } = await permitted(
        `reading secret ${secretId}`,
        client.send(command),
      );
      if (SecretString === undefined || VersionId === undefined)
        throw new Error(`secret ${secretId} holds no text`);
      return { text: SecretString, version: VersionId, changedAt: CreatedDate?.getTime() ?? 0 };
    },
  };
}

const secretsClient = () =>
  new SecretsManagerClient({ requestHandler: connections(limits.webhookCallMillisecondsMax) });
