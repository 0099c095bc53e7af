import { type Entry, fromRandomAccessReaderPromise, type ZipFile } from 'yauzl';
import { limits } from '#shared/contract/limits.ts';
import { type FileFault, fileFault } from './file-fault.ts';
import { type RangeReader, ZipAccess } from './zip-access.ts';

export type { RangeReader } from './zip-access.ts';

/** The one file of an archive, as its central directory declares it. */
export interface ZipEntry {
  /** Where its compressed bytes lie in the archive; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  readonly method: 'stored' | 'deflated';
  /** Its content's size and CRC-32. */
  readonly bytes: number;
  readonly crc32: number;
}

/**
 * Finds the only file of a zip archive; directories and the `__MACOSX/` entries of macOS are no files.
 * @throws FileFault ARCHIVE_NOT_ONE_FILE or BROKEN_ARCHIVE; whatever `reader` throws passes unchanged.
 */
export async function theOneEntry(reader: RangeReader): Promise<ZipEntry> {
  const access = new ZipAccess(reader);
  try {
    const zip = await fromRandomAccessReaderPromise(access, reader.size, {
      autoClose: false,
      decodeStrings: false,
    });
    return await locate(zip, access);
  } catch (error) {
    throw access.failure ? access.failure.reason : brokenBy(error);
  }
}

/** yauzl throws plain errors with a sentence about the archive; what else is thrown is a bug. */
function brokenBy(error: unknown): unknown {
  if (!(error instanceof Error) || error.constructor !== Error) return error;
  return fileFault('BROKEN_ARCHIVE', error.message, { cause: error });
}

async function locate(zip: ZipFile, access: ZipAccess): Promise<ZipEntry> {
  const directoryStart = cursorOf(zip);
  const entry = await onlyFile(zip);
  const { fileDataStart: start } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const end = start + entry.compressedSize;
  if (end > directoryStart) throw broken('its file overlaps its directory');
  if (await access.holdsEntryAt(cursorOf(zip))) throw broken('it holds more files than it declares');
  return { start, end, method: methodOf(entry), bytes: entry.uncompressedSize, crc32: entry.crc32 };
}

async function onlyFile(zip: ZipFile): Promise<Entry> {
  let only: Entry | undefined;
  for await (const entry of zip.eachEntry()) {
    if (zip.entriesRead > limits.archiveEntriesMax)
      throw notOneFile(`it holds more than ${limits.archiveEntriesMax} entries`);
    if (!isFile(entry)) continue;
    if (only) throw notOneFile('it holds more than one file');
    only = entry;
  }
  if (!only) throw notOneFile('it holds no file');
  return only;
}

/** A name that ends as a directory's but has content would hide that content, so it counts as a file. */
function isFile(entry: Entry): boolean {
  const name = entry.fileNameRaw.toString('latin1').replaceAll('\\', '/');
  if (name.startsWith('__MACOSX/')) return false;
  return !(name.endsWith('/') && entry.uncompressedSize === 0);
}

function methodOf(entry: Entry): ZipEntry['method'] {
  if (entry.isEncrypted())
    throw fileFault('BROKEN_ARCHIVE', 'its file is encrypted', {
      remedy: 'Send the archive without a password.',
    });
  if (entry.compressionMethod === 0) return 'stored';
  if (entry.compressionMethod === 8) return 'deflated';
  throw fileFault(
    'BROKEN_ARCHIVE',
    `its file is compressed by method ${entry.compressionMethod}, which is not deflate`,
    { remedy: 'Compress the file with deflate, as zip tools do by default.' },
  );
}

/** Where the next entry of the directory begins; at first, the directory itself. A number, whatever its type says. */
const cursorOf = (zip: ZipFile): number => zip.readEntryCursor as unknown as number;

const broken = (detail: string): FileFault => fileFault('BROKEN_ARCHIVE', detail);
const notOneFile = (detail: string): FileFault => fileFault('ARCHIVE_NOT_ONE_FILE', detail);
