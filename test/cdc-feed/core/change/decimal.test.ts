import fc from 'fast-check';
import {
  canonicalInteger,
  exactDecimal,
  integerOf,
  plainFloat,
  scaled,
} from '#adapters/cdc-feed/core/change/decimal.ts';
import { Unreadable } from '#adapters/cdc-feed/core/change/unreadable.ts';
import { javaBytes } from './java-bytes.ts';

const anyInteger = fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n });

describe('decimals', () => {
  test('any two’s-complement integer is read back', () => {
    fc.assert(fc.property(anyInteger, value => BigInt(integerOf(javaBytes(value))) === value));
  });

  test('any unscaled integer and scale is written exactly', () => {
    fc.assert(
      fc.property(anyInteger, fc.integer({ min: -40, max: 60 }), (unscaled, scale) => {
        const text = scaled(unscaled, scale) as string;
        const [whole, fraction = ''] = text.split('.');
        expect(fraction).toHaveLength(Math.max(scale, 0));
        expect(BigInt(whole + fraction)).toBe(scale < 0 ? unscaled * 10n ** BigInt(-scale) : unscaled);
      }),
    );
  });

  test('a written decimal is read as itself, and any exponent only moves its point', () => {
    fc.assert(
      fc.property(anyInteger, fc.nat(40), fc.integer({ min: -30, max: 30 }), (unscaled, scale, exponent) => {
        const text = scaled(unscaled, scale) as string;
        expect(exactDecimal(text)).toBe(text);
        const moved = scaled(unscaled, scale - exponent) as string;
        expect(exactDecimal(`${text}e${exponent}`, 80)).toBe(exactDecimal(moved, 80));
      }),
    );
  });

  test.each([
    ['12.5', 2, '12.50'],
    ['12.500', 2, '12.50'],
    ['1.2345e2', 2, '123.45'],
    ['-0.00', 2, '0.00'],
    ['.5', 1, '0.5'],
    ['NaN', 2, 'NaN'],
    ['-Infinity', 2, '-Infinity'],
  ])('%s with scale %i is %s', (text, scale, expected) => {
    expect(exactDecimal(text, scale)).toBe(expected);
  });

  test.each(['', '.', '1,5', '0x10', '1e99999999', '1.2.3', ' 1'])('"%s" is no decimal', text => {
    expect(exactDecimal(text)).toBeInstanceOf(Unreadable);
  });

  test('with any scale, the value is the same, or there is none', () => {
    fc.assert(
      fc.property(anyInteger, fc.nat(12), fc.nat(12), (unscaled, from, to) => {
        const read = exactDecimal(scaled(unscaled, from) as string, to);
        const [whole, rest] =
          to >= from
            ? [unscaled * 10n ** BigInt(to - from), 0n]
            : [unscaled / 10n ** BigInt(from - to), unscaled % 10n ** BigInt(from - to)];
        if (rest === 0n) expect(read).toBe(scaled(whole, to));
        else expect(read).toBeInstanceOf(Unreadable);
      }),
    );
  });

  test('digits are never cut to fit a scale', () => {
    expect(exactDecimal('12.505', 2)).toBeInstanceOf(Unreadable);
  });

  test.each([
    ['1.0', '1'],
    ['1.50', '1.5'],
    ['1e21', '1000000000000000000000'],
    ['1.5E-7', '0.00000015'],
    ['-0.0', '0'],
    ['100', '100'],
  ])('the float %s is %s', (text, expected) => {
    expect(plainFloat(text)).toBe(expected);
  });

  test('a float of very many digits loses no more than its last noughts', () => {
    const digits = `1.${'0'.repeat(100_000)}1`;
    expect(plainFloat(`${digits}000`)).toBe(digits);
  });

  test('an integer is a number as long as that is exact', () => {
    expect(canonicalInteger(9_007_199_254_740_991n)).toBe(9_007_199_254_740_991);
    expect(canonicalInteger(9_007_199_254_740_992n)).toBe('9007199254740992');
  });
});
