import { generateKeyPairSync, sign } from 'node:crypto';
import type { Signer } from '../ports.ts';

/** A key of its own, as KMS would hold it. */
export class MemorySigner implements Signer {
  readonly key = 'arn:aws:kms:eu-central-1:000000000000:key/memory';
  readonly #pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  async sign(text: string): Promise<string> {
    return sign('sha256', Buffer.from(text), this.#pair.privateKey).toString('base64');
  }

  async publicKey(): Promise<string> {
    return this.#pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }
}
