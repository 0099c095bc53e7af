import { decrypt, type Message, readMessage } from 'openpgp';
import type { ExpansionGuard } from '../file/expansion-guard.ts';
import { FileFault, fileFault } from '../file/file-fault.ts';
import type { PgpKeys } from './pgp-keys.ts';
import { asText, PgpPieces, piecesOf } from './pgp-pieces.ts';
import { refuseSignatureCount, requireSignature } from './require-signature.ts';

export interface Decryption {
  readonly keys: PgpKeys;
  /** Whether the message must hold a valid signature of the partner. */
  readonly signed: boolean;
  /** Bounds compression inside the message. */
  readonly guard: ExpansionGuard;
  /** Signatures made later than this are not valid. */
  readonly at: Date;
}

type EncryptedMessage = Message<ReadableStream<Uint8Array>>;

/**
 * The content of an encrypted message, binary or armored. Do not trust it before its end: only there it shows whether the
 * message was changed, and who signed it.
 * @throws FileFault DECRYPTION_FAILED, SIGNATURE_MISSING, SIGNATURE_INVALID, EXPANDS_TOO_MUCH, FILE_TOO_LARGE; whatever
 * `source` throws passes unchanged.
 */
export async function* decrypted(
  source: AsyncIterable<Uint8Array>,
  decryption: Decryption,
): AsyncGenerator<Uint8Array> {
  const pieces = new PgpPieces(source);
  try {
    const message = await messageIn(pieces);
    refuseForeign(message, decryption.keys);
    const { data, signatures } = await open(message, decryption);
    if (decryption.signed) refuseSignatureCount(signatures);
    yield* data;
    if (decryption.signed) await requireSignature(signatures);
  } catch (error) {
    throw pieces.failure ? pieces.failure.reason : faultOf(error, decryption.guard);
  } finally {
    await pieces.close();
  }
}

async function messageIn(pieces: PgpPieces): Promise<EncryptedMessage> {
  const { armored, bytes } = await pieces.open();
  const message = armored
    ? await readMessage({ armoredMessage: asText(bytes), config })
    : await readMessage({ binaryMessage: bytes, config });
  return message as EncryptedMessage;
}

const config = {
  // Streaming bounds memory. The caller uses nothing of the content before it has read all of it.
  allowUnauthenticatedStream: true,
  allowUnauthenticatedMessages: false,
};

async function open(message: EncryptedMessage, { keys, signed, guard, at }: Decryption) {
  const { data, signatures } = await decrypt({
    message,
    decryptionKeys: [...keys.decryption],
    verificationKeys: signed ? [...keys.verification] : [],
    format: 'binary',
    date: at,
    config: { ...config, maxDecompressedMessageSize: guard.bytesMax },
  });
  return { data: piecesOf(data as unknown as ReadableStream<Uint8Array>), signatures };
}

/** Key ids are not encrypted. An id of zeros hides the recipient: such a message may be for us. */
function refuseForeign(message: EncryptedMessage, { decryption }: PgpKeys): void {
  const recipients = message.getEncryptionKeyIDs();
  const ours = decryption.flatMap(key => key.getKeyIDs());
  const isOurs = recipients.some(id => /^0*$/.test(id.toHex()) || ours.some(own => own.equals(id)));
  if (isOurs) return;
  const named = recipients.map(id => id.toHex()).join(', ') || 'no key';
  throw fileFault('DECRYPTION_FAILED', `it is encrypted for ${named}, and no private key of ours fits`);
}

/** All faults of a changed message get the same answer: different answers would help an attacker. */
function faultOf(error: unknown, guard: ExpansionGuard): unknown {
  if (error instanceof FileFault) return error;
  if (/Maximum decompressed/.test((error as Error).message)) return tooLarge(guard);
  return fileFault(
    'DECRYPTION_FAILED',
    'it is not a complete OpenPGP message, or was changed after it was encrypted',
    { cause: error },
  );
}

function tooLarge(guard: ExpansionGuard): unknown {
  try {
    guard.check(guard.bytesMax + 1);
  } catch (fault) {
    return fault;
  }
  return undefined;
}
