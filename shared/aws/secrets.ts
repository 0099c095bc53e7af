import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { limits } from '../contract/limits.ts';
import type { Secrets, SecretText } from '../ports.ts';
import { nameOf, permitted } from './aws-errors.ts';
import { connections } from './connections.ts';

/** The version that Secrets Manager calls current. Of its own `AWSPREVIOUS` only the existence counts: the document names both keys. */
export function webhookSecrets(secretId: string, client = secretsClient()): Secrets {
  const get = (VersionStage?: string) =>
    permitted(
      `reading secret ${secretId}`,
      client.send(new GetSecretValueCommand({ SecretId: secretId, ...(VersionStage && { VersionStage }) })),
    );
  const currentText = async (): Promise<Omit<SecretText, 'isGenerated'>> => {
    const { SecretString, VersionId, CreatedDate } = await get();
    if (SecretString === undefined || VersionId === undefined)
      throw new Error(`secret ${secretId} holds no text`);
    return { text: SecretString, version: VersionId, changedAt: CreatedDate?.getTime() ?? 0 };
  };
  return {
    async read() {
      const [current, hasPrevious] = await Promise.all([currentText(), exists(get('AWSPREVIOUS'))]);
      return { ...current, isGenerated: !hasPrevious };
    },
  };
}

async function exists(reading: Promise<unknown>): Promise<boolean> {
  try {
    await reading;
    return true;
  } catch (error) {
    if (nameOf(error) === 'ResourceNotFoundException') return false;
    throw error;
  }
}

const secretsClient = () =>
  new SecretsManagerClient({ requestHandler: connections(limits.webhookCallMillisecondsMax) });
