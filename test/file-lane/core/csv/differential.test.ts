import * as fc from 'fast-check';
import { dialectOf, type FileFormat } from '#adapters/file-lane/contract/file-format.ts';
import { quotedSplitter } from '#adapters/file-lane/core/csv/quoted-record.ts';
import { anyFormat, anyPieces, authority, noise, reads, scan } from './support.ts';

const text = fc.string({
  unit: fc.constantFrom('a', 'ü', '€', '😀', ' ', ',', ';', '\t', '|', '"', "'", '\\', '#', '/', '\n', '\r'),
  maxLength: 8,
});

/** A field as an exporter of this format writes it: quoted where it must be, or because it likes to. */
function written(value: string, format: FileFormat, always: boolean): string {
  const { delimiter = ',', quote = '"', escape: escaping } = format;
  if (quote === false)
    return [...value].filter(c => c !== delimiter && c !== '\n' && c !== '\r' && c !== '#').join('');
  const special = [delimiter, quote, '\n', '\r', '#', '/'].some(character => value.includes(character));
  if (!always && !special) return value;
  const mark = escaping ?? quote;
  const marked = [...value].map(c => (c === quote || c === escaping ? mark + c : c)).join('');
  return `${quote}${marked}${quote}`;
}

const wellFormed = anyFormat.chain(format => {
  const field = fc.tuple(text, fc.boolean()).map(([value, always]) => written(value, format, always));
  const record = fc
    .array(field, { minLength: 1, maxLength: 5, size: 'max' })
    .map(all => all.join(format.delimiter));
  const comment = format.comment ? [fc.constant(`${format.comment} it's "said"`)] : [];
  const line = fc.oneof({ weight: 8, arbitrary: record }, fc.constant(''), ...comment);
  const ended = fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')).map(parts => parts.join(''));
  const source = fc
    .tuple(fc.array(ended, { maxLength: 8, size: 'max' }), record)
    .map(([all, last]) => all.join('') + last);
  return fc.record({ format: fc.constant(format), source, pieces: anyPieces });
});

test('what exporters write is read as csv-parse reads it, in every dialect and any pieces', () => {
  fc.assert(
    fc.property(wellFormed, ({ format, source, pieces }) => {
      const expected = authority(source, dialectOf(format));
      expect(expected).toBeDefined();
      expect(reads(scan(source, { format, pieces }))).toEqual(expected);
    }),
    { numRuns: 1500 },
  );
});

/** csv-parse lets a comment mark follow a closing quote; for us that is text like any other. So no comments here. */
const anything = anyFormat
  .map(({ comment: _, ...format }) => format)
  .chain(format =>
    fc.record({ format: fc.constant(format as FileFormat), source: noise(format), pieces: anyPieces }),
  );

test('any bytes at all are read as csv-parse reads them, or hold a fault where it refuses them', () => {
  fc.assert(
    fc.property(anything, ({ format, source, pieces }) => {
      const expected = authority(source, dialectOf(format));
      const found = reads(scan(source, { format, pieces }));
      if (expected) expect(found).toEqual(expected);
      else expect(found).toContainEqual(expect.stringMatching(/^(MISPLACED|UNCLOSED)_QUOTE$/));
    }),
    { numRuns: 2500 },
  );
});

test('our own splitter says the same as csv-parse, or leaves the record to it', () => {
  const records = anything.filter(({ source }) => /["']/.test(source));
  fc.assert(
    fc.property(records, ({ format, source }) => {
      const dialect = dialectOf(format);
      const [record = ''] = scan(source, { format })
        .records.filter(({ flags }) => flags === 1)
        .map(({ text }) => text);
      const fields = quotedSplitter(dialect)(record);
      if (fields && record) expect([fields]).toEqual(authority(record, dialect));
    }),
    { numRuns: 1500 },
  );
});
