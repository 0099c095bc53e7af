import type { Dialect } from '../../contract/file-format.ts';
import type { Compression } from './data-name.ts';
import { FileFault, fileFault } from './file-fault.ts';
import { binaryFile, fileTypeBytes } from './file-type.ts';
import type { Transcoder } from './transcoder.ts';

export { Utf8Evidence } from './utf8-evidence.ts';

type Encoding = Dialect['encoding'];
type Bom = 'utf-8' | 'utf-16le' | 'utf-16be';

const pieceBytesMax = 65_536;

/** Whether a clean UTF-8 copy must be staged, because the object's own bytes cannot be read by range as text. */
export const needsStaging = (dialect: Pick<Dialect, 'encoding'>, compression: Compression): boolean =>
  compression !== 'none' || dialect.encoding !== 'utf-8';

/**
 * The text in UTF-8. Declared UTF-8 passes through unchanged, byte order mark and all; of other encodings the mark is
 * dropped, and what cannot be decoded becomes U+FFFD.
 * @throws FileFault WRONG_FILE_TYPE when it is no text, such as an Excel workbook; WRONG_ENCODING when the byte order mark contradicts the declared encoding, and, only at the end, when a
 * declared single-byte text turns out to be UTF-8.
 */
export async function* toUtf8(
  source: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncGenerator<Uint8Array> {
  let transcoder: Transcoder | undefined;
  for await (const piece of withWholeHead(source)) {
    transcoder ??= await transcoderOf(encoding, piece);
    for (const part of inParts(piece)) yield* some(transcoder.write(part));
  }
  if (transcoder) yield* some(transcoder.end());
}

function* some(bytes: Uint8Array): Generator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}

function* inParts(piece: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < piece.length; at += pieceBytesMax) yield piece.subarray(at, at + pieceBytesMax);
}

/** The same bytes; what tells the file's type, and a byte order mark, is never split, whatever the pieces. */
async function* withWholeHead(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = new Uint8Array(0);
  for await (const piece of source) {
    if (head === undefined) {
      yield piece;
      continue;
    }
    head = head.length > 0 ? Buffer.concat([head, piece]) : piece;
    if (head.length < fileTypeBytes) continue;
    yield head;
    head = undefined;
  }
  if (head?.length) yield head;
}

function markOf(bytes: Uint8Array): Bom | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

const marksAllowed: Readonly<Record<Encoding, readonly (Bom | undefined)[]>> = {
  'utf-8': [undefined, 'utf-8'],
  'utf-16': ['utf-16le', 'utf-16be'],
  'utf-16le': [undefined, 'utf-16le'],
  'utf-16be': [undefined, 'utf-16be'],
  latin1: [undefined],
  'windows-1252': [undefined],
};

function transcoderOf(encoding: Encoding, head: Uint8Array): Promise<Transcoder> {
  const other = binaryFile(head);
  if (other) throw new FileFault(other);
  return transcoderFor(encoding, markOf(head));
}

async function transcoderFor(encoding: Encoding, mark: Bom | undefined): Promise<Transcoder> {
  if (!marksAllowed[encoding].includes(mark)) {
    const found = mark ? `begins with the byte order mark of ${mark}` : 'has no byte order mark';
    throw fileFault('WRONG_ENCODING', `agreed ${encoding}, but the file ${found}`);
  }
  if (encoding === 'utf-8') return unchanged;
  // Most files need none of it, and a function starts sooner without.
  const { singleByteTranscoder, utf16Transcoder } = await import('./transcoder.ts');
  if (encoding === 'latin1' || encoding === 'windows-1252') return singleByteTranscoder(encoding);
  return utf16Transcoder(encoding === 'utf-16' ? (mark as 'utf-16le' | 'utf-16be') : encoding);
}

const unchanged: Transcoder = { write: piece => piece, end: () => new Uint8Array(0) };
