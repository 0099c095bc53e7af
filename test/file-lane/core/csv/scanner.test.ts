import { QUOTED, TOO_LONG, UNCLOSED } from '#adapters/file-lane/core/csv/record-batch.ts';
import { bytesOf, reads, scan } from './support.ts';

const lines = (source: string, format = {}) =>
  scan(source, { format }).records.map(({ line, text, flags }) => [line, text, flags]);

test.each([
  [
    'LF',
    'a,b\n1,2\n',
    [
      [1, 'a,b'],
      [2, '1,2'],
    ],
  ],
  [
    'CRLF',
    'a,b\r\n1,2\r\n',
    [
      [1, 'a,b'],
      [2, '1,2'],
    ],
  ],
  [
    'CR',
    'a,b\r1,2\r',
    [
      [1, 'a,b'],
      [2, '1,2'],
    ],
  ],
  [
    'mixed line ends',
    'a\r\nb\nc\rd',
    [
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
      [4, 'd'],
    ],
  ],
  [
    'no last line end',
    'a\nb',
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  [
    'blank lines, counted but no records',
    '\na\r\n\r\n\rb\n\n',
    [
      [2, 'a'],
      [5, 'b'],
    ],
  ],
  ['nothing', '', []],
  ['a BOM alone', '\uFEFF', []],
  [
    'a BOM before the first record',
    '\uFEFFa\nb',
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
])('finds records with %s', (_, source, expected) => {
  expect(lines(source)).toEqual(expected.map(([line, text]) => [line, text, 0]));
});

test.each([
  [
    'a line end',
    '"a\nb",c\nd',
    [
      [1, '"a\nb",c', QUOTED],
      [3, 'd', 0],
    ],
  ],
  [
    'a CRLF, counted once',
    '"a\r\nb"\nd',
    [
      [1, '"a\r\nb"', QUOTED],
      [3, 'd', 0],
    ],
  ],
  [
    'a doubled quote',
    '"a""\n""b"\nd',
    [
      [1, '"a""\n""b"', QUOTED],
      [3, 'd', 0],
    ],
  ],
  [
    'an empty text',
    '"","a"\n""\nd',
    [
      [1, '"","a"', QUOTED],
      [2, '""', QUOTED],
      [3, 'd', 0],
    ],
  ],
])('does not end a record inside quotes at %s', (_, source, expected) => {
  expect(lines(source)).toEqual(expected);
});

test('opens quotes only at the start of a field', () => {
  expect(lines('a"b\nc "d\ne\n')).toEqual([
    [1, 'a"b', QUOTED],
    [2, 'c "d', QUOTED],
    [3, 'e', 0],
  ]);
});

test('takes text after a closing quote on the same line for unquoted', () => {
  expect(lines('"a"b"\nc')).toEqual([
    [1, '"a"b"', QUOTED],
    [2, 'c', 0],
  ]);
});

test('escapes with a character of its own, also line ends and itself', () => {
  const format = { escape: '\\' };
  expect(lines('"a\\"\n\\\r\n\\\\",b\nc', format)).toEqual([
    [1, '"a\\"\n\\\r\n\\\\",b', QUOTED],
    [4, 'c', 0],
  ]);
});

test('gives quotes no meaning in a format without quoting', () => {
  expect(lines('"a\nb"\n', { quote: false })).toEqual([
    [1, '"a', 0],
    [2, 'b"', 0],
  ]);
});

test('passes comment lines, but not inside quotes or after the start of a line', () => {
  const found = lines('# one\na,#b\n"x\n# y"\n#"\nc', { comment: '#' });
  expect(found).toEqual([
    [2, 'a,#b', 0],
    [3, '"x\n# y"', QUOTED],
    [6, 'c', 0],
  ]);
});

test('skips a BOM at byte 0 of the source only', () => {
  const found = scan(bytesOf('\uFEFFa\n'), { from: { byte: 7, line: 3 } });
  expect(found.records).toMatchObject([{ offset: 7, line: 3, read: ['\uFEFFa'] }]);
});

test('tells where each record begins and where its line end ends, from where the scan began', () => {
  const found = scan('a\r\n\r\nbb\rc', { from: { byte: 10_000_000_000, line: 70_000_000 } });
  expect(found.records).toMatchObject([
    { offset: 10_000_000_000, next: 10_000_000_003, line: 70_000_000 },
    { offset: 10_000_000_005, next: 10_000_000_008, line: 70_000_002 },
    { offset: 10_000_000_008, next: 10_000_000_009, line: 70_000_003 },
  ]);
});

test('waits for the byte after a CR at the end of a piece', () => {
  const found = scan('a\r\nb\rc\r\n', { pieces: [2, 3] });
  expect(found.records.map(({ text, next, line }) => [text, next, line])).toEqual([
    ['a', 3, 1],
    ['b', 5, 2],
    ['c', 8, 3],
  ]);
});

describe('an unclosed quote', () => {
  test.each([
    ['on the first line', '"a\nb\nc\n', ['UNCLOSED_QUOTE', ['b'], ['c']], [1, 2, 3]],
    ['in the middle', 'a\nb,"x\r\nc\r\nd\n', [['a'], 'UNCLOSED_QUOTE', ['c'], ['d']], [1, 2, 3, 4]],
    ['on the last line', 'a\nb\n"c', [['a'], ['b'], 'UNCLOSED_QUOTE'], [1, 2, 3]],
    [
      'closed by the opening quote of a later row',
      'a,"x\nb,c\nd,"e"\nf',
      ['UNCLOSED_QUOTE', ['b', 'c'], ['d', 'e'], ['f']],
      [1, 2, 3, 4],
    ],
    [
      'after a field that spans lines',
      '"a\nb","c\nd',
      ['UNCLOSED_QUOTE', 'UNCLOSED_QUOTE', ['d']],
      [1, 2, 3],
    ],
    ['on two lines', '"a\n"b\nc', ['UNCLOSED_QUOTE', 'UNCLOSED_QUOTE', ['c']], [1, 2, 3]],
  ])('%s is the fault of its line alone', (_, source, expected, at) => {
    const found = scan(source);
    expect(reads(found)).toEqual(expected);
    expect(found.records.map(record => record.line)).toEqual(at);
  });

  test('has the right line at whatever row it stands', () => {
    for (let bad = 0; bad < 30; bad++) {
      const rows = Array.from({ length: 30 }, (_, i) => (i === bad ? 'k,"x' : i % 3 ? 'k,v' : 'k,"v\nw"'));
      const line = 1 + bad + rows.slice(0, bad).filter(row => row.includes('\n')).length;
      const found = scan(rows.join('\n'));
      expect(found.records.find(({ flags }) => flags === UNCLOSED)).toMatchObject({ line, text: 'k,"x' });
      expect(found.records).toHaveLength(30);
    }
  });
});

describe('bounds', () => {
  const tight = { recordBytesMax: 10, quarantinedRowBytesMax: 4, rescannedBytesMax: 12 };

  test('a record of just the allowed length is a record, in any pieces', () => {
    for (const pieces of [[1], [3], [10], [11], [99]]) {
      const found = scan('0123456789\r\n"12345678"\r\nab', { bounds: tight, pieces });
      expect(found.records.map(({ flags, text }) => [flags, text])).toEqual([
        [0, '0123456789'],
        [QUOTED, '"12345678"'],
        [0, 'ab'],
      ]);
    }
  });

  test('a longer line is one faulty record, of which only the head is kept, in any pieces', () => {
    for (const pieces of [[1], [5], [11], [13], [99]]) {
      const found = scan('ab\n"0123456789\r\ncd\n0123456789x', { bounds: tight, pieces });
      expect(
        found.records.map(({ flags, text, offset, next, line }) => [flags, text, offset, next, line]),
      ).toEqual([
        [0, 'ab', 0, 3, 1],
        [TOO_LONG, '"012', 3, 16, 2],
        [0, 'cd', 16, 19, 3],
        [TOO_LONG, '0123', 19, 30, 4],
      ]);
    }
  });

  test('a quoted text longer than a record may be is unclosed: its first line is faulty, the next is scanned', () => {
    for (const pieces of [[1], [7], [99]]) {
      const found = scan('"abc\ndefghijk"\nl', { bounds: tight, pieces });
      expect(reads(found)).toEqual(['UNCLOSED_QUOTE', 'MISPLACED_QUOTE', ['l']]);
    }
  });

  test('a line that is still too long to hold is no place to cut', () => {
    const { cuts } = scan('ab\n0123456789012345678901\nc\n', { bounds: tight, pieces: [12] });
    expect(cuts.map(({ byte, line }) => [byte, line])).toEqual([
      [0, 1],
      [3, 2],
      [3, 2],
      [28, 4],
      [28, 4],
    ]);
  });

  test('long comments are passed without being held', () => {
    for (const pieces of [[1], [7], [99]]) {
      const found = scan('a\n# a comment that is long\r\nb', {
        bounds: tight,
        pieces,
        format: { comment: '#' },
      });
      expect(found.records.map(({ text, line, offset }) => [text, line, offset])).toEqual([
        ['a', 1, 0],
        ['b', 3, 28],
      ]);
    }
  });

  test('too many bytes read again because of unclosed quotes end the scan with a fault', () => {
    const source = '"a\nbbbbbbbb\n'.repeat(3);
    const { scanner, records } = scan(source, { bounds: tight, pieces: [5] });
    expect(scanner.fault).toMatchObject({
      code: 'TOO_MANY_UNCLOSED_QUOTES',
      at: { line: 3, byteOffset: 12 },
    });
    expect(records).toHaveLength(3);
    expect(scanner.push(bytesOf('more\n')).count).toBe(0);
    expect(scanner.retainedBytes).toBe(0);
  });
});

describe('a trailer', () => {
  const format = { trailer: { startsWith: 'TRL' }, comment: 'T#' };

  test('is no record, and is kept with its place', () => {
    for (const pieces of [[1], [99]]) {
      const { scanner, records } = scan('a\n\nTRL,2,"x"\r\n', { format, pieces });
      expect(records).toHaveLength(1);
      const { bytes, ...rest } = scanner.trailer!;
      expect(Buffer.from(bytes).toString()).toBe('TRL,2,"x"');
      expect(rest).toEqual({ byteOffset: 3, line: 3, times: 1, recordsAfter: 0 });
    }
  });

  test('that is not last, or not alone, is told', () => {
    for (const pieces of [[1], [4], [99]]) {
      const { scanner } = scan('a\nTRL,1\nb\nTRL,2\nc\n', { format, pieces });
      expect(scanner.trailer).toMatchObject({ line: 2, times: 2, recordsAfter: 2 });
    }
  });

  test('that is missing is not there', () => {
    expect(scan('a\nTR\n', { format }).scanner.trailer).toBeUndefined();
  });

  test('is found behind an unclosed quote', () => {
    const { scanner, records } = scan('a\n"b\nTRL,2\n', { format });
    expect(records).toHaveLength(2);
    expect(scanner.trailer).toMatchObject({ line: 3, times: 1 });
  });
});
