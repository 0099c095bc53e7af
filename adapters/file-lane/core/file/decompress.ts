import { constants, crc32, createGunzip, createInflateRaw } from 'node:zlib';
import { ExpansionGuard } from './expansion-guard.ts';
import { fileFault } from './file-fault.ts';
import { inflate } from './inflate.ts';
import type { RangeReader, ZipEntry } from './zip-directory.ts';

export { ExpansionGuard } from './expansion-guard.ts';
export type { RangeReader } from './zip-directory.ts';

const outputPieceBytes = 65_536;
const options = { chunkSize: outputPieceBytes, finishFlush: constants.Z_FINISH };

/**
 * The content of a gzip file, however many members it has.
 * @throws FileFault BROKEN_ARCHIVE, EXPANDS_TOO_MUCH, FILE_TOO_LARGE; whatever `source` throws passes unchanged.
 */
export async function* gunzip(
  source: AsyncIterable<Uint8Array>,
  guard: ExpansionGuard,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of inflate(source, createGunzip(options))) {
    bytes += piece.length;
    guard.check(bytes);
    yield piece;
  }
}

/**
 * The content of the one file in a zip archive.
 * @throws FileFault ARCHIVE_NOT_ONE_FILE, BROKEN_ARCHIVE (also when encrypted), EXPANDS_TOO_MUCH, FILE_TOO_LARGE; whatever
 * `reader` throws passes unchanged.
 */
export async function* unzip(
  reader: RangeReader,
  guard: ExpansionGuard = new ExpansionGuard(reader.size),
): AsyncGenerator<Uint8Array> {
  // Few lanes take archives, and a function starts sooner without.
  const { theOneEntry } = await import('./zip-directory.ts');
  const entry = await theOneEntry(reader);
  guard.check(entry.bytes);
  let bytes = 0;
  let checksum = 0;
  for await (const piece of contentOf(reader, entry)) {
    bytes += piece.length;
    guard.check(bytes);
    if (bytes > entry.bytes) throw liesAboutItsSize(entry);
    checksum = crc32(piece, checksum);
    yield piece;
  }
  if (bytes !== entry.bytes)
    throw fileFault('BROKEN_ARCHIVE', `holds ${bytes} bytes where it declares ${entry.bytes}`);
  if (checksum !== entry.crc32) throw fileFault('BROKEN_ARCHIVE', 'its content does not match its CRC-32');
}

function contentOf(reader: RangeReader, { start, end, method }: ZipEntry): AsyncIterable<Uint8Array> {
  // Object stores refuse to read an empty range.
  const stored = start === end ? nothing() : reader.read(start, end);
  return method === 'stored' ? stored : inflate(stored, createInflateRaw(options));
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

const liesAboutItsSize = (entry: ZipEntry) =>
  fileFault('EXPANDS_TOO_MUCH', `expands beyond the ${entry.bytes} bytes that it declares`);
