import * as fc from 'fast-check';
import { dialectOf, type FileFormat } from '#adapters/file-lane/contract/file-format.ts';
import { RecordsHash } from '#adapters/file-lane/core/csv/records-hash.ts';
import { RecordScanner } from '#adapters/file-lane/core/csv/scanner.ts';
import { anyFormat, anyPieces, bounds, bytesOf, inPieces, noise, scan } from './support.ts';

interface Options {
  readonly format?: FileFormat;
  readonly pieces?: readonly number[];
  readonly recordBytesMax?: number;
}

function hashOf(text: string, { format, pieces = [], recordBytesMax }: Options = {}): string {
  const dialect = dialectOf(format);
  const scanner = new RecordScanner(dialect, undefined, {
    ...bounds,
    ...(recordBytesMax === undefined ? {} : { recordBytesMax }),
  });
  const hash = new RecordsHash(dialect);
  for (const piece of inPieces(bytesOf(text), pieces)) hash.push(scanner.push(piece));
  hash.push(scanner.end());
  return hash.digest(scanner.trailer?.bytes);
}

const plain = 'id,name\n1,Ann\n2,Bob\n';

describe('the hash of a file’s records', () => {
  it.each([
    ['CRLF', 'id,name\r\n1,Ann\r\n2,Bob\r\n'],
    ['CR', 'id,name\r1,Ann\r2,Bob\r'],
    ['no last line end', 'id,name\n1,Ann\n2,Bob'],
    ['a byte order mark', `\uFEFF${plain}`],
    ['blank lines', 'id,name\n\n1,Ann\n\n\n2,Bob\n\n'],
    ['rows of empty cells', `${plain},\n"",""\n`],
    ['spare quotes', '"id","name"\n1,"Ann"\n"2",Bob\n'],
  ])('is the same with %s', (_, text) => {
    expect(hashOf(text)).toBe(hashOf(plain));
  });

  it.each([
    ['another value', 'id,name\n1,Ann\n2,Bo\n'],
    ['another order', 'id,name\n2,Bob\n1,Ann\n'],
    ['a row more', `${plain}3,Cy\n`],
    ['a row twice', `${plain}2,Bob\n`],
    ['another header', 'id,nom\n1,Ann\n2,Bob\n'],
    ['a blank within a field', 'id,name\n1,Ann \n2,Bob\n'],
    ['fields cut elsewhere', 'id,name\n1,Ann\n"2,Bob",\n'],
    ['a quote in a field', 'id,name\n1,"""Ann"""\n2,Bob\n'],
    ['a quote out of place', 'id,name\n1,An"n\n2,Bob\n'],
    ['a quote that is not closed', 'id,name\n1,"Ann\n2,Bob\n'],
  ])('is another with %s', (_, text) => {
    expect(hashOf(text)).not.toBe(hashOf(plain));
  });

  it('tells comments from records, and trailers from each other', () => {
    const format = { comment: '#', trailer: { startsWith: 'TRL' } };
    expect(hashOf(`# a\n${plain}# b\nTRL,2\n`, { format })).toBe(hashOf(`${plain}TRL,2`, { format }));
    expect(hashOf(`${plain}TRL,2\n`, { format })).not.toBe(hashOf(`${plain}TRL,3\n`, { format }));
    expect(hashOf(`${plain}TRL,2\n`, { format })).not.toBe(hashOf(plain, { format }));
  });

  it('reads escapes as the dialect says', () => {
    const format = { escape: '\\' };
    expect(hashOf('a,"C:\\temp"\n', { format })).toBe(hashOf('a,C:\\temp\n', { format }));
    expect(hashOf('a,"C:\\\\temp"\n', { format })).toBe(hashOf('a,C:\\temp\n', { format }));
    expect(hashOf('a,"say \\"x\\""\n', { format })).not.toBe(hashOf('a,"say x"\n', { format }));
  });

  it('counts the size of a record that is too long to hold', () => {
    const long = (length: number) => hashOf(`id\n${'x'.repeat(length)}\n`, { recordBytesMax: 100 });
    expect(long(300)).toBe(long(300));
    expect(long(300)).not.toBe(long(301));
  });

  it('is the same for two texts just when their records are, in any dialect and in any pieces', () => {
    const formats = anyFormat.chain(format =>
      fc.record({
        format: fc.constant(format),
        one: noise(format, 12),
        other: noise(format, 12),
        pieces: anyPieces,
      }),
    );
    fc.assert(
      fc.property(formats, ({ format, one, other, pieces }) => {
        expect(hashOf(one, { format, pieces })).toBe(hashOf(one, { format }));
        if (!areRead(one, format) || !areRead(other, format)) return;
        const isSame = hashOf(one, { format }) === hashOf(other, { format, pieces });
        expect(isSame).toBe(fieldsOf(one, format) === fieldsOf(other, format));
      }),
      { numRuns: 3_000 },
    );
  });

  it('is the same however a record is spelled', () => {
    const cell = fc.constantFrom('', 'a', 'b c', ',', '"', 'x"y', 'p,q', 'm\nn', 'ü');
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    const spellings = fc.infiniteStream(fc.boolean());
    fc.assert(
      fc.property(table, spellings, fc.constantFrom('\n', '\r\n', '\r'), (rows, quotes, end) => {
        const spelled = (isQuoted: () => boolean) =>
          rows.map(row => row.map(value => written(value, isQuoted())).join(',') + end).join('');
        expect(hashOf(spelled(() => quotes.next().value === true))).toBe(hashOf(spelled(() => false)));
      }),
      { numRuns: 500 },
    );
  });
});

const written = (value: string, isQuoted: boolean) =>
  isQuoted || /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

const areRead = (text: string, format: FileFormat) =>
  scan(text, { format }).records.every(({ read }) => !('code' in read));

const fieldsOf = (text: string, format: FileFormat) =>
  JSON.stringify(scan(text, { format }).records.map(({ read }) => read));
