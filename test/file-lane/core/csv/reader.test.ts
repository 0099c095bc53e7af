import { dialectOf } from '#adapters/file-lane/contract/file-format.ts';
import { isFields, RecordReader } from '#adapters/file-lane/core/csv/reader.ts';
import { RecordScanner } from '#adapters/file-lane/core/csv/scanner.ts';
import { limits } from '#shared/contract/limits.ts';
import { bytesOf, reads, scan } from './support.ts';

test.each([
  ['empty fields', ',a,,\n', ['', 'a', '', '']],
  ['spaces, which belong to the text', ' a , b\n', [' a ', ' b']],
  ['quoted fields', '"a,b",c,""\n', ['a,b', 'c', '']],
  ['a quoted line end', '"a\r\nb",c\n', ['a\r\nb', 'c']],
  ['doubled quotes', '"""a"" b",c\n', ['"a" b', 'c']],
  ['text beyond ASCII', 'Müller,"€ 😀",x\n', ['Müller', '€ 😀', 'x']],
  ['one empty quoted field', '""\n', ['']],
])('reads %s', (_, source, fields) => {
  expect(reads(scan(source))).toEqual([fields]);
});

test('reads each dialect’s own delimiter, quote and escape', () => {
  expect(reads(scan("'a;b';c,d\n", { format: { delimiter: ';', quote: "'" } }))).toEqual([['a;b', 'c,d']]);
  expect(reads(scan('"a\\"b"\t"c"\n', { format: { delimiter: '\t', escape: '\\' } }))).toEqual([
    ['a"b', 'c'],
  ]);
  expect(reads(scan('"a"|b"\n', { format: { delimiter: '|', quote: false } }))).toEqual([['"a"', 'b"']]);
});

test.each([
  ['a quote inside a field', 'a"b,c', 'MISPLACED_QUOTE'],
  ['text after a closing quote', '"a"b,c', 'MISPLACED_QUOTE'],
  ['an unclosed quote', '"a,b', 'UNCLOSED_QUOTE'],
  ['a NUL byte', 'a\0,b', 'NUL_BYTE'],
  ['a NUL byte inside quotes', '"a\0",b', 'NUL_BYTE'],
  ['a replacement character', 'a\uFFFD,b', 'INVALID_ENCODING'],
  ['too few fields', 'a', 'RAGGED_ROW'],
  ['too many fields', 'a,b,c', 'RAGGED_ROW'],
  ['too many quoted fields', '"a","b""","c"', 'RAGGED_ROW'],
])('refuses %s and keeps its neighbours', (_, bad, code) => {
  const source = `a,b\n"x""y",z\n${bad}\n"ü""y",z\nc,d\n`;
  const expected = [['a', 'b'], ['x"y', 'z'], code, ['ü"y', 'z'], ['c', 'd']];
  expect(reads(scan(source, { width: 2 }))).toEqual(expected);
});

test('tells how many fields were found, and where', () => {
  const { records } = scan('a,b\n\na,b,c\n', { width: 2 });
  expect(records[1]!.read).toMatchObject({
    code: 'RAGGED_ROW',
    at: { line: 3, byteOffset: 5 },
    detail: 'found 3 fields; the record must have 2',
  });
});

test('numbers the records in its faults when it is told the first', () => {
  const scanner = new RecordScanner(dialectOf());
  const batch = scanner.push(bytesOf('a,b\nx\n'));
  const [fields, ragged] = new RecordReader(dialectOf(), 2).read(batch, 41);
  expect(fields && isFields(fields)).toBe(true);
  expect(ragged).toMatchObject({ at: { record: 42, line: 2 } });
});

test.each([
  ['a lone continuation byte', [0x61, 0x80]],
  ['a truncated character', [0xe2, 0x82]],
  ['an encoded surrogate', [0xed, 0xa0, 0x80]],
  ['an overlong form', [0xc0, 0xaf]],
  ['a Windows-1252 letter', [0x4d, 0xfc, 0x6c]],
])('refuses %s and keeps its neighbours', (_, bad) => {
  const source = new Uint8Array([...bytesOf('ä,b\n'), ...bad, ...bytesOf(',x\n"c",ß\n')]);
  expect(reads(scan(source, { width: 2 }))).toEqual([['ä', 'b'], 'INVALID_ENCODING', ['c', 'ß']]);
});

test('never repeats what it was given in a fault', () => {
  const rows = [
    'Secret"x,1',
    '"Secret"x,1',
    '"Secret',
    'Secret\0,1',
    'Secret\uFFFD,1',
    'Secret',
    'Secret,1,2',
  ];
  for (const row of rows) {
    const [found] = scan(row, { width: 2 }).records;
    expect(isFields(found!.read)).toBe(false);
    expect(JSON.stringify(found!.read)).not.toMatch(/secret/i);
  }
});

test('refuses a record of 10,000 columns, whether or not a width is agreed', () => {
  const wide = `${'x,'.repeat(9_999)}x\na,b\n`;
  expect(reads(scan(wide, { width: 2 }))).toEqual(['TOO_MANY_COLUMNS', ['a', 'b']]);
  expect(reads(scan(wide))).toEqual(['TOO_MANY_COLUMNS', ['a', 'b']]);
});

test('refuses a record longer than allowed', () => {
  const source = `a\n${'x'.repeat(limits.recordBytesMax + 1)}\nb`;
  expect(reads(scan(source, { pieces: [50_000] }))).toEqual([['a'], 'RECORD_TOO_LONG', ['b']]);
});

test('reads a batch of unusual records among which some are refused', () => {
  const rows = Array.from({ length: 50 }, (_, i) => (i % 7 === 3 ? `a"${i},x` : `"${i} ""q""",x`));
  const expected = rows.map((_, i) => (i % 7 === 3 ? 'MISPLACED_QUOTE' : [`${i} "q"`, 'x']));
  expect(reads(scan(rows.join('\n'), { width: 2 }))).toEqual(expected);
});

describe('an escape character of its own', () => {
  const format = { escape: '\\' };

  it.each([
    ['escapes a quote', String.raw`"a\"b",x`, 'a"b'],
    ['escapes itself', String.raw`"a\\b\\",x`, 'a\\b\\'],
    ['is text before any other character', String.raw`"C:\temp\new.txt",x`, 'C:\\temp\\new.txt'],
    ['is text before any other character, beside a quote', String.raw`"\N \"C:\ü\"",x`, '\\N "C:\\ü"'],
    ['is text outside quotes', String.raw`C:\temp\\x,"x"`, 'C:\\temp\\\\x'],
    ['is text outside quotes, without any quote', String.raw`C:\temp,x`, 'C:\\temp'],
  ])('%s', (_, row, first) => {
    expect(reads(scan(row, { format, width: 2 }))).toEqual([[first, 'x']]);
  });
});

test('reads the null marker as empty, and only the whole field', () => {
  const format = { escape: '\\', nullMarker: '\\N' };
  expect(reads(scan('\\N,\\Nx\n"\\N","a"\n', { format }))).toEqual([
    ['', '\\Nx'],
    ['', 'a'],
  ]);
  expect(reads(scan('\\N,x\n', { format: { escape: '\\' } }))).toEqual([['\\N', 'x']]);
});

test.each([
  [';', ';;;\r\na;b\r\n ; ;\t;\r\n;;;'],
  ['\t', '\t\t\na\tb\n\t\t\n'],
  [';', '"";"";""\n"a";"b"\n"";;\n'],
  [';', '   \na;b\n'],
])('takes rows of empty cells for no records, separated by %j', (delimiter, source) => {
  for (const pieces of [[], [1]])
    expect(reads(scan(source, { format: { delimiter }, pieces }))).toEqual([['a', 'b']]);
});

test('takes an empty value of the only column, written in quotes, for a record', () => {
  expect(reads(scan('a\n""\n'))).toEqual([['a'], ['']]);
});

describe('a record of UTF-8 in a file of a single-byte encoding', () => {
  const format = { encoding: 'windows-1252' } as const;

  it.each(['MÃ¼ller', 'Ã–l â€“ 5 â‚¬', 'StraÃŸe', 'Â°C'])('is refused: %s', text => {
    expect(reads(scan(`Größe,1\n${text},2\n"b",3\n`, { format }))).toEqual([
      ['Größe', '1'],
      'INVALID_ENCODING',
      ['b', '3'],
    ]);
  });

  it.each(['Müller', 'CAFÉ’S', 'voilà\u00a0»', 'Ã', 'São', 'IRMÃ é', 'Preis: 5 €', 'â'])(
    'is told from text that only looks odd: %s',
    text => {
      expect(reads(scan(`${text},2`, { format }))).toEqual([[text, '2']]);
    },
  );

  it('is text like any other where UTF-8 is agreed', () => {
    expect(reads(scan('MÃ¼ller,2'))).toEqual([['MÃ¼ller', '2']]);
  });
});
