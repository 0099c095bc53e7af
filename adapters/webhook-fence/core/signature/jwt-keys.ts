import { createPublicKey, type KeyObject } from 'node:crypto';
import { limits } from '#shared/contract/limits.ts';
import type { KeyQuestion } from '../../contract/webhook-jwt.ts';
import type { JwtScheme } from '../../contract/webhook-scheme.ts';
import { parseStrictJson } from '../json/strict-json.ts';
import { readPointer } from '../webhook/pointer.ts';
import { leafKeyOf } from './certificate-chain.ts';
import { keyOfSet } from './jwk-set.ts';
import { headOfJwt } from './jwt-token.ts';
import { isRefusal, type Refusal, refusal } from './refusal.ts';
import type { Secret } from './secret.ts';
import type { Criteria } from './verify.ts';

export interface JwtKey {
  readonly key: KeyObject | Uint8Array;
  readonly secretIndex: number;
}

/** The keys by which a token may be signed. At least one, or why there is none. */
export function jwtKeysOf(
  scheme: JwtScheme,
  token: string,
  { secrets, document, receivedAt }: Criteria,
): readonly JwtKey[] | Refusal {
  const { keys } = scheme;
  if (keys === 'secret') return ofSecrets(scheme, secrets);
  const head = headOfJwt(token);
  if (isRefusal(head)) return head;
  const key =
    'x5c' in keys
      ? leafKeyOf(chainIn(head.x5c), keys.x5c, receivedAt)
      : keyInDocument(keys, { keyId: head.kid, document, receivedAt });
  return isRefusal(key) ? key : [{ key, secretIndex: 0 }];
}

/** A shared secret, or a public key in PEM. */
function ofSecrets({ algorithms }: JwtScheme, secrets: readonly Secret[]): readonly JwtKey[] | Refusal {
  const isShared = algorithms.every(algorithm => algorithm.startsWith('HS'));
  const keys = secrets.flatMap(({ value, use }, secretIndex) => {
    const key =
      use === 'handshake' || value === '' ? undefined : isShared ? Buffer.from(value) : publicKeyIn(value);
    return key ? [{ key, secretIndex }] : [];
  });
  return keys.length > 0 ? keys : refusal('NO_USABLE_SECRET', 'no secret given is a key of the agreed form');
}

function publicKeyIn(pem: string): KeyObject | undefined {
  try {
    return createPublicKey(pem);
  } catch {
    // Not a key: OpenSSL's message would add nothing that may be logged.
    return undefined;
  }
}

const chainIn = (x5c: unknown): readonly string[] =>
  Array.isArray(x5c) ? x5c.slice(0, limits.webhookCertificatesMax + 1) : [];

interface Asked {
  readonly keyId: string | undefined;
  readonly document: Secret | undefined;
  readonly receivedAt: number;
}

function keyInDocument(
  keys: { readonly jwks: string } | { readonly jwk: KeyQuestion },
  { keyId, document, receivedAt }: Asked,
): KeyObject | Refusal {
  if (!document) return refusal('KEYS_UNREACHABLE', 'the keys of the provider were not read');
  const parsed = parseStrictJson(Buffer.from(document.value));
  const given = parsed.ok ? parsed.value : undefined;
  const found = 'jwks' in keys ? keyOfSet(given, keyId) : keyOfAnswer(given, keys.jwk, receivedAt);
  return found ? (keyOfJwk(found) ?? noKey) : noKey;
}

const noKey = refusal('UNKNOWN_KEY', 'the provider’s keys have none that is valid for this token');

function keyOfAnswer(given: unknown, { at, expiresAt }: KeyQuestion, receivedAt: number): object | undefined {
  const key = readPointer(given, at);
  const end = expiresAt === undefined ? undefined : readPointer(given, expiresAt);
  const isOver = typeof end === 'number' && end * 1000 <= receivedAt;
  return typeof key === 'object' && key !== null && !isOver ? key : undefined;
}

function keyOfJwk(jwk: object): KeyObject | undefined {
  try {
    return createPublicKey({ key: { ...jwk }, format: 'jwk' });
  } catch {
    // Not a public key that Node knows.
    return undefined;
  }
}
