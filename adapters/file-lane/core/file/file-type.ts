import { Buffer } from 'node:buffer';
import { type Fault, fault } from '#shared/contract/fault.ts';

/** Bytes that are enough to tell a file's type: past the first name in a zip archive. */
export const fileTypeBytes = 128;

interface FileType {
  /** With its article, as it stands in a sentence. */
  readonly name: string;
  readonly remedy?: string;
}

interface BinaryType extends FileType {
  /** The first bytes, one character a byte. */
  readonly begins: readonly string[];
  /** What the first bytes must hold besides, if anything. */
  readonly holds?: readonly string[];
}

interface TextType extends FileType {
  readonly begins: RegExp;
}

const saveAsCsv = 'Open the workbook and save the sheet as CSV, as agreed. To rename the file is not enough.';
const decompress =
  'Decompress the file, or have its compression added to the contract and give it the agreed suffix.';
const decrypt = 'Send the file unencrypted, or have encryption added to the contract.';

const zip = ['PK\x03\x04', 'PK\x05\x06'];

/** Signatures that no CSV text begins with. Of one family the more exact one comes first. */
const binaryTypes: readonly BinaryType[] = [
  { name: 'a gzip file', begins: ['\x1f\x8b'], remedy: decompress },
  {
    name: 'an Excel workbook (xlsx)',
    begins: zip,
    holds: ['[Content_Types].xml', '_rels/', 'docProps/', 'xl/'],
    remedy: saveAsCsv,
  },
  {
    name: 'an OpenDocument spreadsheet (ods)',
    begins: zip,
    holds: ['mimetypeapplication/vnd.oasis'],
    remedy: saveAsCsv,
  },
  { name: 'a zip archive', begins: zip, remedy: decompress },
  { name: 'an Excel workbook (xls)', begins: ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'], remedy: saveAsCsv },
  { name: 'a Parquet file', begins: ['PAR1\x15', 'PAR1\x00', 'PAR1\x1c'] },
  { name: 'an Avro file', begins: ['Obj\x01'] },
  { name: 'a PDF document', begins: ['%PDF-'] },
  { name: 'an SQLite database', begins: ['SQLite format 3\0'] },
  { name: 'a bzip2 file', begins: ['BZh'], holds: ['1AY&SY', '\x17rE8P\x90'], remedy: decompress },
  { name: 'an xz file', begins: ['\xfd7zXZ\0'], remedy: decompress },
  { name: 'a zstd file', begins: ['\x28\xb5\x2f\xfd'], remedy: decompress },
  { name: 'a 7z archive', begins: ['7z\xbc\xaf\x27\x1c'], remedy: decompress },
  { name: 'a PGP message', begins: ['-----BEGIN PGP MESSAGE'], remedy: decrypt },
  { name: 'an image', begins: ['\x89PNG\r\n', '\xff\xd8\xff', 'GIF8'] },
];

/** Text that could be a strange CSV. It is told only where nothing else makes sense of the file. */
const textTypes: readonly TextType[] = [
  { name: 'an HTML page', begins: /^(<!doctype\s+html|<html[\s>])/i },
  { name: 'an XML document', begins: /^<(\?xml\s|!DOCTYPE\s|!--|[A-Za-z_][\w.:-]*(\s+[\w:.-]+=|\s*\/?>))/ },
  { name: 'a JSON document', begins: /^(\{\s*("|\}|$)|\[\s*([[{\]"]|$))/ },
  { name: 'an RTF document', begins: /^\{\\rtf/ },
];

const wrongType = ({ name, remedy }: FileType): Fault =>
  fault('WRONG_FILE_TYPE', {}, `the file is ${name}; agreed is CSV text`, remedy);

/** What a file is by its first bytes, where they cannot be text. */
export function binaryFile(head: Uint8Array): Fault | undefined {
  const text = textOf(head, 'latin1');
  const found = binaryTypes.find(
    ({ begins, holds }) =>
      begins.some(bytes => text.startsWith(bytes)) && (holds?.some(bytes => text.includes(bytes)) ?? true),
  );
  return found && wrongType(found);
}

/** What a text in UTF-8 is, where its first line makes no sense as CSV. */
export function otherText(head: Uint8Array): Fault | undefined {
  const text = textOf(head, 'utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  const found = textTypes.find(({ begins }) => begins.test(text));
  return found && wrongType(found);
}

const textOf = ({ buffer, byteOffset, length }: Uint8Array, encoding: 'latin1' | 'utf8'): string =>
  Buffer.from(buffer, byteOffset, Math.min(length, fileTypeBytes)).toString(encoding);
