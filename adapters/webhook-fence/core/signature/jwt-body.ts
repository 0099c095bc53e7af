import { hash } from 'node:crypto';
import type { JwtScheme } from '../../contract/webhook-scheme.ts';
import { equalInConstantTime } from './constant-time.ts';
import { type Refusal, refusal } from './refusal.ts';

/** Whether the claim that should hold the body's hash holds another. */
export function bodyMismatch(
  { bodyHash }: JwtScheme,
  claims: Readonly<Record<string, unknown>>,
  body: Uint8Array,
): Refusal | undefined {
  if (!bodyHash) return undefined;
  const { claim, algorithm, encoding } = bodyHash;
  const claimed = claims[claim];
  const digest = hash(algorithm, body, 'buffer');
  const expected =
    encoding === 'hex-upper' ? digest.toString('hex').toUpperCase() : digest.toString(encoding);
  return typeof claimed === 'string' && equalInConstantTime(claimed, expected)
    ? undefined
    : refusal('BODY_HASH_MISMATCH', `the claim ${claim} is not the hash of the body`);
}
