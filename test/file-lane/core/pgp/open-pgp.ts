import { ExpansionGuard } from '#adapters/file-lane/core/file/expansion-guard.ts';
import { FileFault, fileFault } from '#adapters/file-lane/core/file/file-fault.ts';
import { type Decryption, decrypted } from '#adapters/file-lane/core/pgp/pgp-decrypt.ts';
import { isUnusable, type PgpKeys, parsePgpKeys } from '#adapters/file-lane/core/pgp/pgp-keys.ts';
import { verified } from '#adapters/file-lane/core/pgp/pgp-verify.ts';
import { unlessStalled } from '#adapters/file-lane/flow/unless-stalled.ts';
import { secretText } from './keys.ts';

export async function keysIn(secret: string = secretText): Promise<PgpKeys> {
  const keys = await parsePgpKeys(secret);
  if (isUnusable(keys)) throw new Error(keys.problem);
  return keys;
}

export async function* inPieces(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export async function contentOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

export const at = new Date('2026-11-20T12:00:00Z');

/** As a lane does it. A stall is told sooner. */
export async function decrypt(bytes: Uint8Array, changes: Partial<Decryption> = {}): Promise<Buffer> {
  const guard = new ExpansionGuard(bytes.length);
  const decryption = { keys: await keysIn(), signed: false, guard, at, ...changes };
  const fault = () => fileFault('DECRYPTION_FAILED', 'stalled');
  return contentOf(
    unlessStalled(inPieces(bytes, 101), source => decrypted(source, decryption), {
      milliseconds: 300,
      fault,
    }),
  );
}

export const verify = async (bytes: Uint8Array, signature: Uint8Array): Promise<Buffer> =>
  contentOf(verified(inPieces(bytes, 101), signature, { keys: await keysIn(), at }));

/** The fault that a reading ends with. */
export async function faultOf(reading: Promise<unknown>) {
  try {
    await reading;
  } catch (error) {
    if (error instanceof FileFault) return error.fault;
    throw error;
  }
  throw new Error('nothing was wrong with it');
}
