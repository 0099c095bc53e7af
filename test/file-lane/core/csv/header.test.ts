import { dialectOf, type FileFormat } from '#adapters/file-lane/contract/file-format.ts';
import { resolveHeader } from '#adapters/file-lane/core/csv/header.ts';
import type { Columns } from '#shared/contract/field.ts';

const field = (...aliases: string[]) => ({ form: 'any text', read: (raw: string) => raw, aliases });

const columns: Columns = { order_no: field('Order Number', 'orderNo'), sku: field(), quantity: field('qty') };

const resolve = (fields: readonly string[], format: FileFormat = {}, agreed: Columns = columns) =>
  resolveHeader(fields, { columns: agreed, dialect: dialectOf(format) });

test.each([
  ['in the contract’s order', ['order_no', 'sku', 'quantity'], [0, 1, 2], []],
  ['in another order, with more', ['x', 'quantity', 'order_no', '', 'sku'], [2, 4, 1], ['x', '']],
  ['by alias', ['qty', 'Order Number', 'sku'], [1, 2, 0], []],
  ['trimmed', [' sku', 'quantity\t', ' order_no '], [2, 0, 1], []],
  ['with other capitals', ['SKU', 'Quantity', 'ORDER NUMBER'], [2, 0, 1], []],
  [
    'by the exact name where another differs in capitals',
    ['SKU', 'sku', 'order_no', 'qty'],
    [2, 1, 3],
    ['SKU'],
  ],
])('finds columns %s', (_, fields, columnsAt, ignored) => {
  expect(resolve(fields)).toEqual({ columnsAt, width: fields.length, ignored });
});

test('takes a file without a header for columns in the contract’s order', () => {
  expect(resolve(['1', '2'], { header: 'none' })).toEqual({ columnsAt: [0, 1, 2], width: 3, ignored: [] });
});

test('tells capitals apart where two columns differ by them alone', () => {
  const agreed = { id: field(), ID: field() };
  expect(resolve(['ID', 'id'], {}, agreed)).toMatchObject({ columnsAt: [1, 0] });
  expect(resolve(['Id', 'id'], {}, agreed)).toMatchObject({ code: 'MISSING_COLUMN', at: { column: 'ID' } });
});

test('names every missing column, and what may have been meant', () => {
  const found = resolve(['ordr_no', 'sku', 'colour']);
  expect(found).toMatchObject({ code: 'MISSING_COLUMN', at: { line: 1, column: 'order_no' } });
  expect(found).toHaveProperty(
    'detail',
    'the header lacks "order_no" (it has "ordr_no": another spelling?), "quantity"; it is "ordr_no", "sku", "colour"',
  );
});

test.each([
  ['twice', ['sku', 'order_no', 'sku', 'qty'], 'sku'],
  ['by name and alias', ['sku', 'order_no', 'qty', 'quantity'], 'quantity'],
  ['twice with other capitals', ['SKU', 'Sku', 'order_no', 'qty'], 'sku'],
])('refuses a column that is named %s', (_, fields, column) => {
  expect(resolve(fields)).toMatchObject({ code: 'DUPLICATE_COLUMN', at: { line: 1, column } });
});

test('lets columns that nobody reads be named twice', () => {
  expect(resolve(['sku', 'order_no', 'qty', 'x', 'x', ''])).toMatchObject({ ignored: ['x', 'x', ''] });
});

test.each([
  [';', ',', 'the header is separated by ","; agreed is ";"'],
  [',', ';', 'the header is separated by ";"; agreed is ","'],
  [',', '\t', 'the header is separated by tabs; agreed is ","'],
  ['\t', '|', 'the header is separated by "|"; agreed is tabs'],
])('tells that, instead of %j, %j separates the header', (delimiter, used, detail) => {
  const header = ['"order_no"', 'sku ', 'quantity'].join(used);
  expect(resolve([header], { delimiter })).toMatchObject({ code: 'WRONG_DELIMITER', detail });
});

test('does not blame the delimiter for a header that holds none of the names', () => {
  expect(resolve(['a;b;c'])).toMatchObject({ code: 'MISSING_COLUMN' });
});

test.each([
  ['NUL bytes', ['o\0r\0d\0e\0r\0']],
  ['bytes that are no text', ['order_no', 'sk\uFFFD']],
])('takes %s in the header for another encoding', (_, fields) => {
  expect(resolve(fields)).toMatchObject({ code: 'WRONG_ENCODING' });
});

test('refuses a header of 10,000 columns', () => {
  const fields = Array.from({ length: 10_000 }, (_, i) => `c${i}`);
  expect(resolve(fields)).toMatchObject({
    code: 'TOO_MANY_COLUMNS',
    detail: expect.stringContaining('10000'),
  });
});

test('keeps what it says short and printable, whatever the header holds', () => {
  const long = `sk\u0007${'u'.repeat(100_000)}`;
  const found = resolve(['order_no', 'sku', 'qty', long]);
  expect(found).toMatchObject({ ignored: [expect.stringMatching(/^sk<U\+0007>u{57}…$/)] });
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`column_${i}`, field()]));
  const missing = resolve([long, long], {}, many);
  expect('detail' in missing && missing.detail.length).toBeLessThan(3_000);
});

test.each([
  ['a no-break space', 'unit\u00a0price', 'unit<U+00A0>price'],
  ['a zero-width space', 'unit price\u200b', 'unit price<U+200B>'],
  ['a byte order mark within', 'unit\ufeff price', 'unit<U+FEFF> price'],
  ['a letter and its accent apart', 'unit pri\u0301ce', 'unit pri<U+0301>ce'],
])('shows the header that came, and %s in it written out', (_, header, shown) => {
  const agreed = { a: field(), 'unit price': field() };
  expect(resolve(['a', header], {}, agreed)).toMatchObject({
    code: 'MISSING_COLUMN',
    detail: `the header lacks "unit price" (it has "${shown}": another spelling?); it is "a", "${shown}"`,
  });
});

test('shows the accents of a script that has no other way', () => {
  expect(resolve(['sku', 'quantity', 'हिन्दी'])).toMatchObject({ detail: expect.stringContaining('"हिन्दी"') });
});

test('does not tell a first line that may be data', () => {
  const found = resolve(['lena.vogt@example.com', '4711', 'Lena']);
  expect(found).toMatchObject({
    code: 'MISSING_COLUMN',
    detail: expect.stringMatching(/; none of its 3 fields is an agreed name: is it a header at all\?$/),
  });
  expect(JSON.stringify(found)).not.toMatch(/lena/i);
});
