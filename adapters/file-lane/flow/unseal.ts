import type { FaultCode } from '#shared/contract/fault.ts';
import type { FileLane } from '../contract/file-lane.ts';
import { isSealed } from '../contract/file-security.ts';
import { FileFault } from '../core/file/file-fault.ts';
import type { Unseal } from './work.ts';

/** With these nothing of the content is known, not even how many records it has. */
export const sealFaults: readonly FaultCode[] = [
  'DECRYPTION_FAILED',
  'SIGNATURE_MISSING',
  'SIGNATURE_INVALID',
];

/** @throws Error when a lane that needs it is wired without. */
export function requireUnseal(lane: FileLane, unseal: Unseal | undefined): void {
  if (isSealed(lane.delivery.security) && !unseal)
    throw new Error(`${lane.id} takes encrypted or signed files and is wired without what opens them`);
}

/**
 * Lets `read` go through unsealed pieces. When it finds something wrong before their end, the rest is read first: what was
 * changed on the way is answered as that, whatever it looked like inside.
 */
export async function readToTrust<T>(
  unsealed: AsyncIterable<Uint8Array>,
  read: (pieces: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const pieces = unsealed[Symbol.asyncIterator]();
  try {
    // Without `return`, whoever stops early does not end them.
    return await read({ [Symbol.asyncIterator]: () => ({ next: () => pieces.next() }) });
  } catch (error) {
    if (error instanceof FileFault) while (!(await pieces.next()).done);
    throw error;
  } finally {
    await pieces.return?.();
  }
}
