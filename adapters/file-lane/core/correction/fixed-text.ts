import { Buffer, isUtf8 } from 'node:buffer';
import { type Fault, fault, isFault } from '#shared/contract/fault.ts';
import type { Dialect } from '../../contract/file-format.ts';
import { binaryFile } from '../file/file-type.ts';

/**
 * The text of a file that came back out of a spreadsheet or an editor. Its encoding is known by a byte order mark or by its
 * bytes; what is not UTF-8 is read in the lane's own encoding, and refused where the lane has UTF-8.
 */
export function fixedText(bytes: Uint8Array, encoding: Dialect['encoding']): string | Fault {
  const marked = markedText(bytes);
  if (marked !== undefined) return marked;
  const other = binaryFile(bytes);
  if (other) return other;
  if (isUtf8(bytes) && !bytes.includes(0)) return Buffer.from(bytes).toString('utf8');
  const label = labels[encoding];
  return label === undefined ? wrongEncoding : new TextDecoder(label).decode(bytes);
}

function markedText(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return new TextDecoder('utf-8').decode(bytes);
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return undefined;
}

/** How text without a byte order mark is read that is not UTF-8. */
const labels: Readonly<Record<Dialect['encoding'], string | undefined>> = {
  'utf-8': undefined,
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  latin1: 'windows-1252',
  'windows-1252': 'windows-1252',
};

const wrongEncoding = fault(
  'WRONG_ENCODING',
  {},
  'the file is not in UTF-8 and has no byte order mark, so its letters cannot be read for certain',
  'In the spreadsheet, save the file as “CSV UTF-8”, and drop it again.',
);

export const isText = (read: string | Fault): read is string => !isFault(read);
