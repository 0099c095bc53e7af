import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { csvLine } from '#adapters/file-lane/core/csv/write.ts';

test.each([
  [['a', 'b'], 'a,b\r\n'],
  [['a,b', 'say "hi"', 'x\ny', ''], '"a,b","say ""hi""","x\ny",\r\n'],
  [[''], '""\r\n'],
])('writes %j as RFC 4180 says', (fields, line) => {
  expect(csvLine(fields)).toBe(line);
});

test('writes with another delimiter and quote', () => {
  expect(csvLine(['a;b', 'c,d', "it's"], { delimiter: ';', quote: "'" })).toBe("'a;b';c,d;'it''s'\r\n");
});

test('what it writes, csv-parse reads back', () => {
  const unit = fc.constantFrom('a', 'é', ' ', ',', ';', '"', "'", '$', '&', '\n', '\r');
  const fields = fc.array(fc.string({ unit, maxLength: 6 }), { minLength: 1, maxLength: 4 });
  const dialects = fc.constantFrom({ delimiter: ',', quote: '"' }, { delimiter: ';', quote: "'" });
  fc.assert(
    fc.property(fc.array(fields, { maxLength: 4 }), dialects, (records, dialect) => {
      const text = records.map(record => csvLine(record, dialect)).join('');
      const found = parse(text, {
        ...dialect,
        escape: dialect.quote,
        relax_column_count: true,
        record_delimiter: '\r\n',
      });
      expect(found).toEqual(records);
    }),
    { numRuns: 500 },
  );
});
