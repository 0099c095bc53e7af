import { dialectOf, type FileFormat } from '#adapters/file-lane/contract/file-format.ts';
import { readHeader } from '#adapters/file-lane/core/csv/read-header.ts';
import { RecordScanner } from '#adapters/file-lane/core/csv/scanner.ts';
import { text } from '#shared/core/mapping/text.ts';
import { bytesOf } from './support.ts';

const columns = { a: text({ max: 9 }), b: text({ max: 9 }) };

function headerOf(line: string, format: FileFormat = {}) {
  const dialect = dialectOf(format);
  const scanner = new RecordScanner(dialect);
  scanner.push(bytesOf(line));
  return readHeader({ dialect, columns }, scanner.end());
}

test.each([
  ['"a";"b";"c"', 'the header is separated by ";"; agreed is ","'],
  ['"a"\t"b"', 'the header is separated by tabs; agreed is ","'],
  ['a|"b"', 'the header is separated by "|"; agreed is ","'],
  ['a;b', 'the header is separated by ";"; agreed is ","'],
  ['"a;b"', 'the header is separated by ";"; agreed is ","'],
])('tells another delimiter, with quotes or without: %s', (line, detail) => {
  expect(headerOf(line)).toMatchObject({ code: 'WRONG_DELIMITER', at: { line: 1 }, detail });
});

test('leaves a header that is quoted wrongly what it is', () => {
  expect(headerOf('"a"x,"b"')).toMatchObject({ code: 'MISPLACED_QUOTE' });
  expect(headerOf('"x";"y"')).toMatchObject({ code: 'MISPLACED_QUOTE' });
});

test('finds the columns of a good one', () => {
  expect(headerOf('"b";"a"', { delimiter: ';' })).toMatchObject({ columnsAt: [1, 0] });
});
