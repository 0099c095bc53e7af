import type { verify } from 'openpgp';
import { limits } from '#shared/contract/limits.ts';
import { fileFault } from '../file/file-fault.ts';

type Verified = Awaited<ReturnType<typeof verify>>['signatures'][number];
type Signatures = readonly Pick<Verified, 'keyID' | 'verified'>[];

/** Called before the data is read, because each signature hashes all of it. @throws FileFault SIGNATURE_MISSING, SIGNATURE_INVALID */
export function refuseSignatureCount(signatures: Signatures): void {
  // The reader stops at the first fault, so nobody waits for the other verdicts.
  for (const { verified } of signatures) verified.catch(() => undefined);
  if (signatures.length === 0) throw fileFault('SIGNATURE_MISSING', 'it holds no signature');
  if (signatures.length > limits.fileSignaturesMax)
    throw fileFault('SIGNATURE_INVALID', `it holds more than ${limits.fileSignaturesMax} signatures`);
}

/** One valid signature is enough: during rotation a partner may sign with two keys. @throws FileFault SIGNATURE_INVALID */
export async function requireSignature(signatures: Signatures): Promise<void> {
  const verdicts = await Promise.allSettled(signatures.map(({ verified }) => verified));
  if (verdicts.some(({ status }) => status === 'fulfilled')) return;
  const signers = signatures.map(({ keyID }) => keyID.toHex()).join(', ');
  throw fileFault(
    'SIGNATURE_INVALID',
    `no signature in it is valid under the partner’s keys (made with ${signers})`,
  );
}
