import fc from 'fast-check';
import { type Json, JsonNumber, parseLossless } from '#adapters/cdc-feed/core/change/lossless-json.ts';

/** Everything as JSON.parse gives it, digits that a double loses aside. */
const lossy = (value: Json): unknown => {
  if (value instanceof JsonNumber) return Number(value.text);
  if (Array.isArray(value)) return value.map(lossy);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, lossy(part)]));
};

const written = (value: Json): string => (value instanceof JsonNumber ? value.text : JSON.stringify(value));

describe('lossless JSON', () => {
  test('is JSON.parse for any value, at any spacing', () => {
    const anyJson = fc.jsonValue();
    fc.assert(
      fc.property(anyJson, fc.constantFrom(0, 1, 2), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(lossy(parseLossless(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  test('keeps every digit of any number', () => {
    const number = fc.tuple(
      fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
      fc.constantFrom('', '.5', '.10', '.123456789012345678901', 'e5', 'E-7', '.25e+3'),
    );
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), parts => {
        const texts = parts.map(([whole, rest]) => `${whole}${rest}`);
        const read = parseLossless(`{"a":[${texts.join(' , ')}]}`) as { a: Json[] };
        expect(read.a.map(written)).toEqual(texts);
      }),
    );
  });

  test('never touches text that looks like numbers, quotes or marks', () => {
    const tricky = fc.array(
      fc.constantFrom(
        ':',
        ',',
        '[',
        '"',
        '\\',
        '1.5',
        '12345678901234567890',
        ' ',
        '}',
        ']',
        '\u0080',
        '\u0081',
      ),
    );
    fc.assert(
      fc.property(fc.array(tricky), pieces => {
        const texts = pieces.map(piece => piece.join(''));
        const text = JSON.stringify(texts).replace(/\]$/, `${texts.length > 0 ? ',' : ''}1.50]`);
        const read = parseLossless(text) as Json[];
        expect(read.slice(0, -1)).toEqual(texts);
        expect(read.at(-1)).toEqual(new JsonNumber('1.50'));
      }),
    );
  });

  test('marks that the text uses, plain or escaped, stay text', () => {
    const every = Array.from({ length: 32 }, (_, at) => `\\u00${(0x80 + at).toString(16)}`).join('');
    expect(parseLossless('["\\u0080\\uE000",1.5]')).toEqual(['\u0080\ue000', new JsonNumber('1.5')]);
    expect(parseLossless(`["${every}\\uE000",1.5]`)).toEqual([
      JSON.parse(`"${every}\\uE000"`),
      new JsonNumber('1.5'),
    ]);
  });

  test('a column named __proto__ is a column', () => {
    const read = parseLossless('{"__proto__":1.5,"a":1}') as Record<string, Json>;
    expect(Object.keys(read)).toEqual(['__proto__', 'a']);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  test.each(['1.50', '-12345678901234567890', '1e400'])('a number alone keeps its digits: %s', text => {
    expect(parseLossless(text)).toEqual(new JsonNumber(text));
  });

  test.each(['', '{', '{"a":1.5', '{"a":01.5}', '{"a":1.}', '{"a":.5}', '[1.5,]', '"', '{"a" 1.5}', 'nul'])(
    'refuses what is not JSON: %s',
    text => {
      expect(() => parseLossless(text)).toThrow(SyntaxError);
    },
  );

  test.each(['":1.5,"', '":12345678901234567890}"', '[":1.5,"]', '{"a":":1.5,"}'])(
    'takes the text in %s for text, wherever it stands',
    json => {
      expect(parseLossless(json)).toEqual(JSON.parse(json));
    },
  );
});
