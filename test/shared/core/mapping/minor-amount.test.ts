import fc from 'fast-check';
import { Refusal } from '#shared/contract/field.ts';
import { minorAmount } from '#shared/core/mapping/minor-amount.ts';

describe('an amount in the smallest unit', () => {
  it.each([
    [2999, 'EUR', '29.99'],
    [5, 'EUR', '0.05'],
    [0, 'USD', '0.00'],
    [-150, 'USD', '-1.50'],
    [500, 'JPY', '500'],
    [12_345, 'KWD', '12.345'],
    [Number.MAX_SAFE_INTEGER, 'EUR', '90071992547409.91'],
  ])('%i %s is %s', (amount, currency, text) => {
    expect(minorAmount(amount, currency)).toEqual({ amount: text, currency });
  });

  it('is counted as its sender counts, where that differs from ISO 4217', () => {
    expect(minorAmount(12_300, 'ISK', undefined, 2)).toEqual({ amount: '123', currency: 'ISK' });
    expect(minorAmount(123, 'MGA', undefined, 0)).toEqual({ amount: '123.00', currency: 'MGA' });
    expect(minorAmount(12_345, 'ISK', undefined, 2)).toBeInstanceOf(Refusal);
  });

  it.each([
    [10, 'ZZZ'],
    [1.5, 'EUR'],
    [2 ** 53, 'EUR'],
    [Number.NaN, 'EUR'],
  ])('refuses %d %s', (amount, currency) => {
    expect(minorAmount(amount, currency, '/amount')).toMatchObject({ column: '/amount' });
  });

  it('is the same number of the smallest unit when read back', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom('EUR', 'JPY', 'KWD'), (amount, currency) => {
        const made = minorAmount(amount, currency);
        expect(made).not.toBeInstanceOf(Refusal);
        expect(BigInt((made as { amount: string }).amount.replace('.', ''))).toBe(BigInt(amount));
      }),
    );
  });
});
