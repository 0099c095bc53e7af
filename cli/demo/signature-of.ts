import { createHash, createHmac, sign } from 'node:crypto';
import type { Signer } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { keyOf } from '#adapters/webhook-fence/core/signature/key.ts';
import { hashOf } from '#adapters/webhook-fence/core/signature/match.ts';

/** What a sender has: the secret, and where it signs with a private key, that one (PEM). */
export interface SenderKeys {
  readonly current: string;
  readonly signingKey?: string;
}

/** A signature as the signer writes it. @throws Error when the secret is no key of its kind. */
export function signatureOf(signer: Signer, keys: SenderKeys, content: Uint8Array): string {
  const encoding = signer.encoding === 'hex-upper' ? 'hex' : signer.encoding;
  const text = rawSignature(signer, keys, content).toString(encoding);
  return signer.encoding === 'hex-upper' ? text.toUpperCase() : text;
}

function rawSignature(signer: Signer, { current, signingKey }: SenderKeys, content: Uint8Array): Buffer {
  if (signingKey) return sign(hashOf(signer.algorithm), content, signingKey);
  const key = keyOf(signer, { value: current });
  if (key?.kind !== 'shared') throw new Error(`the secret is no key for ${signer.algorithm}`);
  return signer.algorithm === 'sha256'
    ? createHash('sha256').update(key.bytes).update(content).digest()
    : createHmac(signer.algorithm.slice('hmac-'.length), key.bytes).update(content).digest();
}
