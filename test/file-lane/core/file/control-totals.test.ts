import fc from 'fast-check';
import { DecimalSum, sameDecimal } from '#adapters/file-lane/core/file/control-totals.ts';
import { sumTotals } from '#adapters/file-lane/core/file/totals.ts';

const sumOf = (texts: readonly string[]): string => {
  const sum = new DecimalSum();
  for (const text of texts) expect(sum.add(text)).toBe(true);
  return sum.toString();
};

const decimalText = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.integer({ min: 0, max: 6 }))
  .map(([units, scale]) => {
    const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
    const point = digits.length - scale;
    const fraction = scale > 0 ? `.${digits.slice(point)}` : '';
    return {
      text: `${units < 0n ? '-' : ''}${digits.slice(0, point)}${fraction}`,
      millionths: units * 10n ** BigInt(6 - scale),
    };
  });

describe('an exact sum', () => {
  it.each([
    [[], '0'],
    [['0.1', '0.2'], '0.3'],
    [['12.50', '0.50'], '13.00'],
    [['-0.05'], '-0.05'],
    [['-1', '1.00'], '0.00'],
    [['+5', '007'], '12'],
    [['99999999999999999999.99', '0.01'], '100000000000000000000.00'],
    [['1', '0.000001'], '1.000001'],
    [['-0'], '0'],
  ])('of %j is %s', (texts, total) => {
    expect(sumOf(texts)).toBe(total);
  });

  it.each(['', '1,5', '.5', '5.', '1e3', 'NaN', ' 1', '1 ', '--1', '0x10', '１', '1'.repeat(200)])(
    'refuses %j and stays what it was',
    text => {
      const sum = new DecimalSum();
      sum.add('1.5');
      expect(sum.add(text)).toBe(false);
      expect(sum.toString()).toBe('1.5');
    },
  );

  it('is that of whole millionths, in any order and any grouping', () => {
    fc.assert(
      fc.property(fc.array(decimalText), fc.nat(), (all, cut) => {
        const texts = all.map(each => each.text);
        const total = sumOf(texts);
        const millionths = all.reduce((sum, each) => sum + each.millionths, 0n);
        const [whole, fraction = ''] = total.replace('-', '').split('.');
        const magnitude = BigInt(`${whole}${fraction.padEnd(6, '0')}`);
        expect(total.startsWith('-') ? -magnitude : magnitude).toBe(millionths);
        const at = cut % (texts.length + 1);
        expect(sumOf([sumOf(texts.slice(at)), sumOf(texts.slice(0, at))])).toBe(total);
      }),
    );
  });
});

describe('two decimals', () => {
  it.each([
    ['1', '1.00', true],
    ['-0', '0.0', true],
    ['+1.5', '01.50', true],
    ['1', '-1', false],
    ['0.1', '0.10000000000000001', false],
    ['1', 'one', false],
    ['', '', false],
  ])('%j and %j are the same number: %j', (a, b, same) => {
    expect(sameDecimal(a, b)).toBe(same);
  });
});

describe('totals by column', () => {
  it('add up column by column', () => {
    expect(sumTotals([{ price: '1.50', quantity: '2' }, { price: '0.5' }, {}])).toEqual({
      price: '2.00',
      quantity: '2',
    });
  });

  it('of our own that are no decimals are a bug, never left out', () => {
    expect(() => sumTotals([{ price: '1,5' }])).toThrow('the total of price is no decimal');
  });
});
