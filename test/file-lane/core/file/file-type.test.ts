import { gzipSync } from 'node:zlib';
import { dialectOf, type FileFormat } from '#adapters/file-lane/contract/file-format.ts';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { toUtf8 } from '#adapters/file-lane/core/file/decode.ts';
import { FileScan } from '#adapters/file-lane/core/file/file-scan.ts';
import { binaryFile } from '#adapters/file-lane/core/file/file-type.ts';
import { text } from '#shared/core/mapping/text.ts';
import { faultOf } from './fault-of.ts';
import { inPieces } from './pieces.ts';

const latin1 = (bytes: string) => Buffer.from(bytes, 'latin1');

describe('a file that is no text', () => {
  it.each([
    ['a gzip file', gzipSync('a,b,c\n1,2,3\n')],
    ['an Excel workbook (xlsx)', latin1(`PK\x03\x04${'\x14\0'.repeat(13)}[Content_Types].xml \x02`)],
    ['an Excel workbook (xlsx)', latin1(`PK\x03\x04${'\0'.repeat(26)}_rels/.rels`)],
    [
      'an OpenDocument spreadsheet (ods)',
      latin1(`PK\x03\x04${'\0'.repeat(26)}mimetypeapplication/vnd.oasis.opendocument`),
    ],
    ['a zip archive', latin1(`PK\x03\x04${'\0'.repeat(26)}orders.csv`)],
    ['an Excel workbook (xls)', latin1('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0')],
    ['a Parquet file', latin1('PAR1\x15\x04\x15\x10')],
    ['an Avro file', latin1('Obj\x01\x04\x14avro.codec')],
    ['a PDF document', latin1('%PDF-1.7\n%\xe2\xe3')],
    ['an SQLite database', latin1('SQLite format 3\0\x10')],
    ['a bzip2 file', latin1('BZh91AY&SY\x01')],
    ['a PGP message', latin1('-----BEGIN PGP MESSAGE-----\n')],
  ])('is told by name, in any pieces: %s', async (name, bytes) => {
    for (const encoding of ['utf-8', 'windows-1252', 'utf-16le'] as const) {
      for (const cuts of [[], [1, 2, 3, 9]]) {
        const fault = await faultOf(toUtf8(inPieces(bytes, cuts), encoding));
        expect(fault).toMatchObject({
          code: 'WRONG_FILE_TYPE',
          detail: `the file is ${name}; agreed is CSV text`,
        });
      }
    }
  });

  it.each(['PAR1,b\n', 'BZh,b\n', 'ORC;x', 'Obj,b', 'PK,b', '%;b'])(
    'is not a CSV that begins with %j',
    line => {
      expect(binaryFile(latin1(line))).toBeUndefined();
    },
  );

  it('says how to make a CSV of a workbook', () => {
    expect(binaryFile(latin1('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'))?.remedy).toMatch(/save the sheet as CSV/);
  });
});

const columns = { id: text({ max: 9 }), note: text({ max: 9 }) };

function scanned(content: string, format: FileFormat = {}) {
  const scan = new FileScan({ dialect: dialectOf(format), columns } as unknown as FileLane, 1_000_000);
  for (const piece of content.match(/.{1,5}/gs) ?? []) scan.push(Buffer.from(piece));
  return scan.end().fault;
}

describe('text that is no CSV', () => {
  it.each([
    ['a JSON document', '{"id":"1","note":"x"}'],
    ['a JSON document', '\ufeff[\n  {"id": "1"}\n]\n'],
    ['a JSON document', '{\n  "id": 1\n}'],
    ['an XML document', '<?xml version="1.0"?>\n<a/>'],
    ['an XML document', '<items>\n<item id="1"/></items>'],
    ['an HTML page', '<!DOCTYPE html>\n<html>'],
  ])('is told by name: %s', (name, content) => {
    for (const format of [{}, { header: 'none' }, { header: 'none', quote: false }] as const)
      expect(scanned(content, format)).toMatchObject({
        code: 'WRONG_FILE_TYPE',
        detail: `the file is ${name}; agreed is CSV text`,
      });
  });

  it('is not a CSV whose header is good, or whose rows only look odd', () => {
    expect(scanned('id,note\n{"a":1},x\n')).toBeUndefined();
    expect(scanned('[1],x\n', { header: 'none' })).toBeUndefined();
    expect(scanned('<5,x\n', { header: 'none' })).toBeUndefined();
    expect(scanned('nr,note\n')).toMatchObject({ code: 'MISSING_COLUMN' });
  });
});
