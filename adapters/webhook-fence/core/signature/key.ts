import { createPublicKey, hash, type KeyObject } from 'node:crypto';
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

const isShared = ({ algorithm }: Signer): boolean => algorithm.startsWith('hmac-') || algorithm === 'sha256';

function decodedKey(signer: Signer, secret: Secret): Key | undefined {
  if (secret.use === 'handshake') return undefined;
  const form = signer.key ?? { encoding: 'utf8' };
  if (form.encoding === 'pem') return publicKey(signer, { key: secret.value, format: 'pem' });
  const bytes = decode(secret.value, form);
  if (!bytes || bytes.length === 0) return undefined;
  if (!isShared(signer)) return publicKey(signer, { key: derOf(signer, bytes), format: 'der', type: 'spki' });
  return { kind: 'shared', bytes: form.hashed ? hash(form.hashed, bytes, 'buffer') : bytes };
}

function decode(
  value: string,
  { encoding, prefix = '', prefixOptional = false }: KeyForm,
): Buffer | undefined {
  if (!value.startsWith(prefix) && !prefixOptional) return undefined;
  const text = value.startsWith(prefix) ? value.slice(prefix.length) : value;
  if (encoding === 'utf8') return Buffer.from(text, 'utf8');
  if (encoding === 'pem') return undefined;
  const wellFormed = encoding === 'hex' ? /^(?:[0-9a-fA-F]{2})+$/ : /^[A-Za-z0-9+/]+={0,2}$/;
  return wellFormed.test(text) ? Buffer.from(text, encoding) : undefined;
}

/** RFC 8410: the bytes before the 32 bytes of an ed25519 key in SPKI. */
const ed25519Head = Buffer.from('302a300506032b6570032100', 'hex');

const derOf = ({ algorithm }: Signer, bytes: Buffer): Buffer =>
  algorithm === 'ed25519' && bytes.length === 32 ? Buffer.concat([ed25519Head, bytes]) : bytes;

/** NIST SP 800-131A: shorter RSA keys are not allowed. */
const rsaBitsMin = 2_048;

function publicKey({ algorithm }: Signer, form: Parameters<typeof createPublicKey>[0]): Key | undefined {
  let key: KeyObject;
  try {
    key = createPublicKey(form);
  } catch {
    // Not a key: the caller tells that no secret was usable; OpenSSL's message would add nothing that may be logged.
    return undefined;
  }
  return fits(algorithm, key) ? { kind: 'public', key } : undefined;
}

function fits(algorithm: Signer['algorithm'], key: KeyObject): boolean {
  if (algorithm === 'ed25519') return key.asymmetricKeyType === 'ed25519';
  if (algorithm.startsWith('rsa'))
    return key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= rsaBitsMin;
  return key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
}
