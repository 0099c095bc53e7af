import fc from 'fast-check';
import { Refusal } from '#shared/contract/field.ts';
import { currencyCodes, minorUnitsOf } from '#shared/core/mapping/iso-4217.ts';
import { money } from '#shared/core/mapping/money.ts';

describe('money', () => {
  it.each([
    ['12.5', 'EUR', '12.50'],
    ['12', 'EUR', '12.00'],
    ['12.500', 'EUR', '12.50'],
    ['-0.5', 'EUR', '-0.50'],
    ['1200', 'JPY', '1200'],
    ['1200.00', 'JPY', '1200'],
    ['1.5', 'KWD', '1.500'],
    ['1.2345', 'CLF', '1.2345'],
  ])('%s %s is %s', (amount, currency, expected) => {
    expect(money(amount, currency)).toEqual({ amount: expected, currency });
  });

  it.each([
    ['12.505', 'EUR', 'WRONG_FORM'],
    ['0.5', 'JPY', 'WRONG_FORM'],
    ['1.0005', 'KWD', 'WRONG_FORM'],
    ['1', 'DEM', 'UNKNOWN_CODE'],
  ])('%s %s is refused as %s, at the column to blame', (amount, currency, code) => {
    expect(money(amount, currency, 'price')).toMatchObject({ code, column: 'price' });
  });

  it('never changes the value: digits beyond the amount are zeros', () => {
    const whole = fc.nat().map(String);
    const fraction = fc.stringMatching(/^\d{0,5}$/);
    fc.assert(
      fc.property(whole, fraction, fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF'), (units, digits, currency) => {
        const made = money(digits ? `${units}.${digits}` : units, currency);
        const significant = digits.replace(/0+$/, '');
        if (significant.length > minorUnitsOf(currency)!) return expect(made).toBeInstanceOf(Refusal);
        const [madeUnits, madeDigits = ''] = (made as { amount: string }).amount.split('.');
        expect([madeUnits, madeDigits.replace(/0+$/, '')]).toEqual([units, significant]);
        expect(madeDigits).toHaveLength(minorUnitsOf(currency)!);
      }),
    );
  });

  it('knows the minor units of ISO 4217 where CLDR has others', () => {
    expect(['HUF', 'IQD', 'LAK', 'ISK', 'EUR'].map(minorUnitsOf)).toEqual([2, 3, 2, 0, 2]);
    expect(currencyCodes.length).toBeGreaterThan(160);
  });
});
