import fc from 'fast-check';
import { compareDecimals } from '#shared/core/mapping/compare-decimals.ts';
import { decimal } from '#shared/core/mapping/decimal.ts';
import { readings } from './readings.ts';

readings('decimal keeps the written scale and nothing superfluous', decimal(), [
  ['12.50', '12.50'],
  ['+12', '12'],
  ['0012.5', '12.5'],
  ['.5', '0.5'],
  ['-.50', '-0.50'],
  ['-0', '0'],
  ['-0.00', '0.00'],
  ['000', '0'],
  ['0.1', '0.1'],
  ['123456789012345678901234567890.12', '123456789012345678901234567890.12'],
  ['9'.repeat(41), 'OUT_OF_RANGE'],
  ['1e3', 'NOT_A_NUMBER'],
  ['12.', 'NOT_A_NUMBER'],
  ['1,5', 'NOT_A_NUMBER'],
  ['1 000', 'NOT_A_NUMBER'],
  ['--1', 'NOT_A_NUMBER'],
  ['NaN', 'NOT_A_NUMBER'],
  ['.', 'NOT_A_NUMBER'],
  ['', 'MISSING_VALUE'],
]);

readings(
  'decimal with a comma takes group dots where they belong',
  decimal({ decimalMark: ',', groupMark: '.' }),
  [
    ['1.234,50', '1234.50'],
    ['1234,50', '1234.50'],
    ['1.234', '1234'],
    ['1.234.567', '1234567'],
    ['-1.234,5', '-1234.5'],
    ['1.23,4', 'NOT_A_NUMBER'],
    ['1234.567,0', 'NOT_A_NUMBER'],
    ['12.5', 'NOT_A_NUMBER'],
    ['1,234.5', 'NOT_A_NUMBER'],
  ],
);

readings('decimal keeps its bounds and its scale', decimal({ min: '-1.5', max: '10', scale: 2 }), [
  ['-1.5', '-1.5'],
  ['-1.50', '-1.50'],
  ['-1.51', 'OUT_OF_RANGE'],
  ['10.00', '10.00'],
  ['10.01', 'OUT_OF_RANGE'],
  ['1.234', 'OUT_OF_RANGE'],
]);

/** Exact values as whole thousandths. */
const thousandths = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });

function textOf(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(4, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`;
}

describe('decimal', () => {
  it('reads what it wrote, exactly', () => {
    fc.assert(fc.property(thousandths, value => expect(decimal().read(textOf(value))).toBe(textOf(value))));
  });

  it('reads the same number in a German spelling', () => {
    const german = decimal({ decimalMark: ',', groupMark: '.' });
    fc.assert(
      fc.property(thousandths, value => {
        const [whole, fraction] = textOf(value).split('.') as [string, string];
        const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.');
        expect(german.read(`${grouped},${fraction}`)).toBe(textOf(value));
      }),
    );
  });

  it('compares as exact numbers do', () => {
    fc.assert(
      fc.property(thousandths, thousandths, (a, b) => {
        expect(Math.sign(compareDecimals(textOf(a), textOf(b)))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });

  it('takes no notice of trailing zeros when it compares', () => {
    expect(compareDecimals('1', '1.000')).toBe(0);
    expect(compareDecimals('-1.0', '-1')).toBe(0);
  });

  it('refuses one mark for two purposes', () => {
    expect(() => decimal({ decimalMark: ',', groupMark: ',' })).toThrow('must differ');
  });
});
