import { createPublicKey, type KeyObject } from 'node:crypto';
import type { KeyForm, Signer } from '../../contract/webhook-scheme.ts';
import type { Secret } from './secret.ts';

export type Key =
  | { readonly kind: 'shared'; readonly bytes: Buffer }
  | { readonly kind: 'public'; readonly key: KeyObject };

/** Undefined when the secret is not for this signer, or cannot be a key of it. Decoded once for each secret as long as it is held. */
export function keyOf(signer: Signer, secret: Secret): Key | undefined {
  const keys = keysOfSecrets.get(secret) ?? new Map<Signer, Key | undefined>();
  keysOfSecrets.set(secret, keys);
  if (!keys.has(signer)) keys.set(signer, decodedKey(signer, secret));
  return keys.get(signer);
}

const keysOfSecrets = new WeakMap<Secret, Map<Signer, Key | undefined>>();

function decodedKey(signer: Signer, secret: Secret): Key | undefined {
  if (secret.use === 'handshake') return undefined;
  const bytes = decode(secret.value, signer.key ?? { encoding: 'utf8' });
  if (!bytes || bytes.length === 0) return undefined;
  if (signer.algorithm.startsWith('hmac-')) return { kind: 'shared', bytes };
  const key = publicKey(signer, bytes);
  return key && { kind: 'public', key };
}

function decode(value: string, { encoding, prefix = '' }: KeyForm): Buffer | undefined {
  if (!value.startsWith(prefix)) return undefined;
  const text = value.slice(prefix.length);
  if (encoding === 'utf8') return Buffer.from(text, 'utf8');
  const wellFormed = encoding === 'hex' ? /^(?:[0-9a-fA-F]{2})+$/ : /^[A-Za-z0-9+/]+={0,2}$/;
  return wellFormed.test(text) ? Buffer.from(text, encoding) : undefined;
}

/** RFC 8410: the bytes before the 32 bytes of an ed25519 key in SPKI. */
const ed25519Head = Buffer.from('302a300506032b6570032100', 'hex');

function publicKey({ algorithm }: Signer, bytes: Buffer): KeyObject | undefined {
  const der = algorithm === 'ed25519' && bytes.length === 32 ? Buffer.concat([ed25519Head, bytes]) : bytes;
  let key: KeyObject;
  try {
    key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  } catch {
    // Not a key: the caller tells that no secret was usable; OpenSSL's message would add nothing that may be logged.
    return undefined;
  }
  const fits =
    algorithm === 'ed25519'
      ? key.asymmetricKeyType === 'ed25519'
      : key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  return fits ? key : undefined;
}
