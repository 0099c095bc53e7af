import { defineField } from '#shared/core/mapping/define-field.ts';
import { rowReader } from '#shared/core/mapping/read-row.ts';
import { text } from '#shared/core/mapping/text.ts';

const at = { line: 3, record: 2, byteOffset: 7 };
const secret = 'lena.vogt@example.com';

const reading = (read: (raw: string) => unknown) =>
  rowReader({ id: text({ max: 40 }), v: defineField({ form: 'a fraction', read }) }, [0, 1])(
    ['1', secret],
    at,
  );

class Named extends Error {
  override readonly name = secret;
}

const thrower = (error: unknown) => () => {
  throw error;
};

test.each([
  ['throws', thrower(new TypeError(secret)), 'the column’s reader threw TypeError'],
  ['throws an error named after the value', thrower(new Named(secret)), 'the column’s reader threw a value'],
  ['throws a text', thrower(secret), 'the column’s reader threw a value'],
  ['gives undefined', () => undefined, 'the column’s reader gave undefined'],
  ['gives a promise', async () => secret, 'the column’s reader gave a promise'],
  [
    'gives a promise that fails',
    async () => Promise.reject(new Error(secret)),
    'the column’s reader gave a promise',
  ],
])('a reader that %s fails its value alone, and its value is not told', async (_, read, detail) => {
  const { values, faults } = reading(read);
  expect(values).toEqual({ id: '1' });
  expect(faults).toMatchObject([{ code: 'MAPPING_FAILED', at: { ...at, column: 'v' }, detail }]);
  expect(JSON.stringify(faults)).not.toContain(secret);
  await new Promise(setImmediate);
});

test('a reader may give null, zero, false and an empty text', () => {
  for (const value of [null, 0, false, ''])
    expect(reading(() => value)).toEqual({ values: { id: '1', v: value }, faults: [] });
});
