import { createMessage, readSignature, type Signature, verify } from 'openpgp';
import { FileFault, fileFault } from '../file/file-fault.ts';
import type { PgpKeys } from './pgp-keys.ts';
import { PgpPieces, piecesOf } from './pgp-pieces.ts';
import { refuseSignatureCount, requireSignature } from './require-signature.ts';

/**
 * Passes the bytes on unchanged, and fails at their end unless `signature`, a detached one, binary or armored, was made
 * over all of them with a key of the partner.
 * @throws FileFault SIGNATURE_INVALID; whatever `source` throws passes unchanged.
 */
export async function* verified(
  source: AsyncIterable<Uint8Array>,
  signature: Uint8Array,
  { keys, at }: { readonly keys: PgpKeys; readonly at: Date },
): AsyncGenerator<Uint8Array> {
  const pieces = new PgpPieces(source);
  try {
    const message = await createMessage({ binary: (await pieces.open()).bytes });
    const { data, signatures } = await verify({
      message,
      signature: await signatureIn(signature),
      verificationKeys: [...keys.verification],
      format: 'binary',
      date: at,
    });
    refuseSignatureCount(signatures);
    yield* piecesOf(data as unknown as ReadableStream<Uint8Array>);
    await requireSignature(signatures);
  } catch (error) {
    throw pieces.failure ? pieces.failure.reason : faultOf(error);
  } finally {
    await pieces.close();
  }
}

const signatureIn = (bytes: Uint8Array): Promise<Signature> =>
  (bytes[0] ?? 0) < 0x80
    ? readSignature({ armoredSignature: Buffer.from(bytes).toString('latin1') })
    : readSignature({ binarySignature: bytes });

const faultOf = (error: unknown): unknown =>
  error instanceof FileFault
    ? error
    : fileFault('SIGNATURE_INVALID', 'it is not a readable OpenPGP signature', { cause: error });
