import { createHash, createHmac, verify as verifyAsymmetric } from 'node:crypto';
import type { Signer } from '../../contract/webhook-scheme.ts';
import { equalInConstantTime } from './constant-time.ts';
import { type Key, keyOf } from './key.ts';
import type { Secret } from './secret.ts';
import type { Claim } from './signature-header.ts';

/** What must have been signed as one: any of the alternatives, by any of the claims. */
export interface Signed {
  readonly alternatives: readonly Uint8Array[];
  readonly claims: readonly Claim[];
}

export interface Match {
  readonly secretIndex: number;
  readonly content: Uint8Array;
}

/** Compares every candidate even after a match, so that the time taken does not tell which secret or signature was right. */
export function matchOf({ alternatives, claims }: Signed, secrets: readonly Secret[]): Match | undefined {
  const signers = [...new Set(claims.map(claim => claim.signer))];
  let match: Match | undefined;
  for (const [secretIndex, secret] of secrets.entries()) {
    for (const signer of signers) {
      const key = keyOf(signer, secret);
      if (!key) continue;
      for (const content of alternatives) {
        const isSignature = checker(signer, key, content);
        for (const claim of claims)
          if (claim.signer === signer && isSignature(claim.text)) match ??= { secretIndex, content };
      }
    }
  }
  return match;
}

function checker(signer: Signer, key: Key, content: Uint8Array): (text: string) => boolean {
  if (key.kind === 'public') return text => isSignedBy(signer, key, { content, text });
  const expected = keyedText(signer, key.bytes, content);
  return text => equalInConstantTime(text, expected);
}

function keyedText({ algorithm, encoding }: Signer, key: Buffer, content: Uint8Array): string {
  const digest =
    algorithm === 'sha256'
      ? createHash('sha256').update(key).update(content).digest()
      : createHmac(algorithm.slice('hmac-'.length), key).update(content).digest();
  return encoding === 'hex-upper' ? digest.toString('hex').toUpperCase() : digest.toString(encoding);
}

/** What Node calls the hash of an asymmetric algorithm; ed25519 has its own. */
export const hashOf = (algorithm: Signer['algorithm']): string | null =>
  algorithm === 'ed25519' ? null : algorithm.startsWith('rsa-') ? algorithm.slice('rsa-'.length) : 'sha256';

function isSignedBy(
  { algorithm, encoding }: Signer,
  { key }: Extract<Key, { kind: 'public' }>,
  { content, text }: { readonly content: Uint8Array; readonly text: string },
): boolean {
  const nodeEncoding = encoding === 'hex-upper' ? 'hex' : encoding;
  const signature = Buffer.from(text, nodeEncoding);
  const again = signature.toString(nodeEncoding);
  if ((encoding === 'hex-upper' ? again.toUpperCase() : again) !== text) return false;
  return verifyAsymmetric(hashOf(algorithm), content, key, signature);
}
