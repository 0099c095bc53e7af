import { fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import type { Files, Secrets } from '#shared/ports.ts';
import { ExpansionGuard } from '../core/file/expansion-guard.ts';
import { fileFault } from '../core/file/file-fault.ts';
import { decrypted } from '../core/pgp/pgp-decrypt.ts';
import { isUnusable, type PgpKeys, parsePgpKeys } from '../core/pgp/pgp-keys.ts';
import { verified } from '../core/pgp/pgp-verify.ts';
import { unlessStalled } from './unless-stalled.ts';
import { type DecryptAndVerify, type Work, WorkStopped } from './work.ts';

/**
 * Decrypts and verifies OpenPGP files with the keys in `secrets`. They are read again for each file, so that a key which was
 * removed is not used any more.
 */
export const decryptAndVerifyPgp = (secrets: Secrets): DecryptAndVerify =>
  async function* (work, arrival, whole, bytes) {
    const { encryption, signing } = work.lane.delivery.security;
    const keys = await keysFor(work, secrets);
    const at = new Date(work.ports.clock.now() + limits.fileSignatureSkewSeconds * 1_000);
    const { signature } = arrival;
    const signedBeside = signature
      ? verified(whole, await signatureBytes(work.ports.files, signature), { keys, at })
      : whole;
    if (!encryption) return yield* signedBeside;
    const signed = signing?.detached === false;
    const decryption = { keys, signed, guard: new ExpansionGuard(bytes), at };
    yield* unlessStalled(signedBeside, source => decrypted(source, decryption), stalling);
  };

const stalling = {
  milliseconds: limits.fileStallMilliseconds,
  fault: () => fileFault('DECRYPTION_FAILED', 'it was changed after it was encrypted, beyond reading'),
};

/** @throws WorkStopped when the lane's own keys are missing: the file is not at fault. */
async function keysFor({ lane }: Work, secrets: Secrets): Promise<PgpKeys> {
  const keys = await parsePgpKeys((await secrets.read()).text);
  if (isUnusable(keys)) throw unusable(keys.problem);
  const { encryption, signing } = lane.delivery.security;
  if (encryption && keys.decryption.length === 0) throw unusable('it holds no key for decryption');
  if (signing && keys.verification.length === 0) throw unusable('it holds no key for verification');
  return keys;
}

const unusable = (problem: string): WorkStopped =>
  new WorkStopped(fault('KEYS_UNUSABLE', {}, `the lane’s secret cannot be used: ${problem}`));

async function signatureBytes(files: Files, object: ObjectRef): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of files.read(object)) {
    bytes += piece.length;
    if (bytes > limits.sidecarBytesMax)
      throw fileFault('SIGNATURE_INVALID', `the signature has more than ${limits.sidecarBytesMax} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
