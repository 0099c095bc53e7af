import { hash, timingSafeEqual } from 'node:crypto';

/**
 * Equality that takes the same time wherever two values differ: digests are compared, so that their lengths may differ too.
 * Comparing text, not decoded bytes, also refuses a signature written in another way than its sender writes it.
 */
export const equalInConstantTime = (a: string | Uint8Array, b: string | Uint8Array): boolean =>
  timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
