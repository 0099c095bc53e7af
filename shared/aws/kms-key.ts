import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { limits } from '../contract/limits.ts';
import { permitted } from './aws-errors.ts';
import { connections } from './connections.ts';

/** An asymmetric key of KMS. */
export interface KmsKey {
  /** ECDSA with SHA-256 over the text, which has at most 4,096 bytes. Base64 of the DER form. */
  sign(text: string): Promise<string>;
  /** PEM. */
  publicKey(): Promise<string>;
}

/** @throws AccessDenied, with its cause, when the key may not be used. */
export const kmsKey = (KeyId: string, client = kmsClient()): KmsKey => ({
  async sign(text) {
    const command = new SignCommand({
      ...{ KeyId, Message: Buffer.from(text) },
      ...{ MessageType: 'RAW', SigningAlgorithm: 'ECDSA_SHA_256' },
    });
    const { Signature } = await permitted(`signing with ${KeyId}`, client.send(command));
    return base64(Signature);
  },

  async publicKey() {
    const command = new GetPublicKeyCommand({ KeyId });
    const { PublicKey } = await permitted(`reading the public half of ${KeyId}`, client.send(command));
    const lines = base64(PublicKey).match(/.{1,64}/g) ?? [];
    return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n');
  },
});

const kmsClient = (): KMSClient => new KMSClient({ requestHandler: connections(limits.callMillisecondsMax) });

function base64(bytes: Uint8Array | undefined): string {
  if (!bytes) throw new Error('KMS gave no bytes');
  return Buffer.from(bytes).toString('base64');
}
