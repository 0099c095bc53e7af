import type { FaultCode } from '#shared/contract/fault.ts';
import type { FileLane } from '../contract/file-lane.ts';
import { usesPgp } from '../contract/file-security.ts';
import { FileFault } from '../core/file/file-fault.ts';
import type { DecryptAndVerify } from './work.ts';

/** With these nothing of the content is known, not even how many records it has. */
export const protectionFaults: readonly FaultCode[] = [
  'DECRYPTION_FAILED',
  'SIGNATURE_MISSING',
  'SIGNATURE_INVALID',
];

/** @throws Error when a lane that needs it is wired without. */
export function requireDecryption(lane: FileLane, decryptAndVerify: DecryptAndVerify | undefined): void {
  if (usesPgp(lane.delivery.security) && !decryptAndVerify)
    throw new Error(`${lane.id} takes encrypted or signed files, but is wired without decryption`);
}

/**
 * Lets `read` go through pieces that can be trusted only at their end. When it finds a fault before that, the rest is read
 * first: a file that was changed on its way gets that fault, whatever its content looked like.
 */
export async function readToTrust<T>(
  decrypted: AsyncIterable<Uint8Array>,
  read: (pieces: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const pieces = decrypted[Symbol.asyncIterator]();
  try {
    // Without `return`, a reader that stops early does not end the pieces.
    return await read({ [Symbol.asyncIterator]: () => ({ next: () => pieces.next() }) });
  } catch (error) {
    if (error instanceof FileFault) while (!(await pieces.next()).done);
    throw error;
  } finally {
    await pieces.return?.();
  }
}
