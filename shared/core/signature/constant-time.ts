import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Equality that takes as long wherever two values differ and however long they are: digests of equal length are compared.
 * Comparing text, not decoded bytes, also refuses a signature written in another way than its sender writes it.
 */
export const equalInConstantTime = (a: string | Uint8Array, b: string | Uint8Array): boolean =>
  timingSafeEqual(sha256(a), sha256(b));

const sha256 = (value: string | Uint8Array): Buffer => createHash('sha256').update(value).digest();
