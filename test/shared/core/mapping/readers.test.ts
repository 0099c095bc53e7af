import { Refusal } from '#shared/contract/field.ts';
import { country } from '#shared/core/mapping/country.ts';
import { currency } from '#shared/core/mapping/currency.ts';
import { date } from '#shared/core/mapping/date.ts';
import { email } from '#shared/core/mapping/email.ts';
import { flag } from '#shared/core/mapping/flag.ts';
import { instant } from '#shared/core/mapping/instant.ts';
import { integer } from '#shared/core/mapping/integer.ts';
import { oneOf } from '#shared/core/mapping/one-of.ts';
import { optional } from '#shared/core/mapping/optional.ts';
import { phone } from '#shared/core/mapping/phone.ts';
import { refusedField } from '#shared/core/mapping/read-row.ts';
import { text } from '#shared/core/mapping/text.ts';
import { readings } from './readings.ts';

readings('text takes the white space off its ends', text({ max: 5 }), [
  ['A1', 'A1'],
  ['  A1\t', 'A1'],
  ['a b', 'a b'],
  ['12345', '12345'],
  ['123456', 'WRONG_FORM'],
  ['   ', 'MISSING_VALUE'],
  ['', 'MISSING_VALUE'],
  ['\u00a0', 'MISSING_VALUE'],
  ['\u3000\u3000', 'MISSING_VALUE'],
  ['\ufeff', 'MISSING_VALUE'],
  [' \u200b\u2060', 'MISSING_VALUE'],
  ['\u3000é', 'é'],
  ['\u00e9', 'é'],
]);

readings('an optional text that shows nothing is null', optional(text({ max: 5 })), [
  ['', null as never],
  ['\u3000\u3000', null as never],
  ['\u00a0A1', 'A1'],
]);

readings('text with a pattern holds the whole text against it', text({ max: 9, pattern: /[A-Z]\d|x/g }), [
  ['B7', 'B7'],
  ['B7', 'B7'],
  ['x', 'x'],
  ['B77', 'WRONG_FORM'],
  ['aB7', 'WRONG_FORM'],
]);

readings('integer takes plain digits that a double holds', integer(), [
  ['0', 0],
  ['-0', 0],
  ['+7', 7],
  ['007', 7],
  ['9007199254740991', 9007199254740991],
  ['9007199254740993', 'OUT_OF_RANGE'],
  ['1e3', 'NOT_A_NUMBER'],
  ['1.0', 'NOT_A_NUMBER'],
  [' 1', 'NOT_A_NUMBER'],
  ['0x10', 'NOT_A_NUMBER'],
  ['١٢', 'NOT_A_NUMBER'],
  ['-', 'NOT_A_NUMBER'],
  ['', 'MISSING_VALUE'],
]);

readings('integer keeps its range, both ends included', integer({ min: 1, max: 9 }), [
  ['1', 1],
  ['9', 9],
  ['0', 'OUT_OF_RANGE'],
  ['10', 'OUT_OF_RANGE'],
]);

readings('instant brings RFC 3339 to UTC', instant(), [
  ['2026-11-02T09:15:00+01:00', '2026-11-02T08:15:00Z'],
  ['2026-11-02t09:15:00z', '2026-11-02T09:15:00Z'],
  ['2026-12-31T23:30:00-05:30', '2027-01-01T05:00:00Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
  ['2026-11-02T09:15:00-00:00', '2026-11-02T09:15:00Z'],
  ['2026-11-02T09:15:00.25Z', '2026-11-02T09:15:00.250Z'],
  ['2026-11-02T09:15:00.000Z', '2026-11-02T09:15:00Z'],
  ['2026-11-02T09:15:00.1234567Z', '2026-11-02T09:15:00.123456700Z'],
  ['2026-11-02T09:15:00.1234567891Z', 'NOT_A_DATE'],
  ['2026-02-29T00:00:00Z', 'NOT_A_DATE'],
  ['2026-02-30T00:00:00Z', 'NOT_A_DATE'],
  ['2026-13-01T00:00:00Z', 'NOT_A_DATE'],
  ['2026-11-02T24:00:00Z', 'NOT_A_DATE'],
  ['2026-11-02T09:60:00Z', 'NOT_A_DATE'],
  ['2016-12-31T23:59:60Z', 'NOT_A_DATE'],
  ['2026-11-02T09:15:00', 'NOT_A_DATE'],
  ['2026-11-02T09:15:00+24:00', 'NOT_A_DATE'],
  ['2026-11-02 09:15:00Z', 'NOT_A_DATE'],
  ['9999-12-31T23:59:59-01:00', 'NOT_A_DATE'],
  ['02.11.2026', 'NOT_A_DATE'],
  ['', 'MISSING_VALUE'],
]);

readings('date reads the partner’s format', date({ format: 'd.M.yyyy' }), [
  ['2.11.2026', '2026-11-02'],
  ['02.11.2026', '2026-11-02'],
  ['29.2.2027', 'NOT_A_DATE'],
  ['2-11-2026', 'NOT_A_DATE'],
]);

readings('oneOf translates agreed codes alone', oneOf({ NEW: 'placed', CANC: 'cancelled' }), [
  ['NEW', 'placed'],
  ['new', 'UNKNOWN_CODE'],
  ['NEW ', 'UNKNOWN_CODE'],
  ['placed', 'UNKNOWN_CODE'],
  ['toString', 'UNKNOWN_CODE'],
  ['__proto__', 'UNKNOWN_CODE'],
  ['', 'MISSING_VALUE'],
]);

readings('flag knows the agreed words', flag({ yes: 'J', no: 'N' }), [
  ['J', true],
  ['N', false],
  ['Y', 'UNKNOWN_CODE'],
]);

readings('country takes assigned codes', country(), [
  ['DE', 'DE'],
  ['AX', 'AX'],
  ['UK', 'UNKNOWN_CODE'],
  ['XX', 'UNKNOWN_CODE'],
  ['de', 'UNKNOWN_CODE'],
]);

readings('currency takes ISO 4217', currency(), [
  ['EUR', 'EUR'],
  ['KWD', 'KWD'],
  ['XCG', 'XCG'],
  ['DEM', 'UNKNOWN_CODE'],
  ['XAU', 'UNKNOWN_CODE'],
  ['eur', 'UNKNOWN_CODE'],
]);

readings('email takes addresses', email(), [
  ['lena.vogt@example.com', 'lena.vogt@example.com'],
  [' lena.vogt@example.com ', 'lena.vogt@example.com'],
  ['lena.vogt@example', 'WRONG_FORM'],
  ['lena@@example.com', 'WRONG_FORM'],
  [`${'a'.repeat(250)}@example.com`, 'WRONG_FORM'],
]);

readings('phone keeps the number as written', phone(), [
  ['+49 30 23125 101', '+49 30 23125 101'],
  [' (030) 23125-101 ', '(030) 23125-101'],
  ['call me', 'WRONG_FORM'],
  ['- - -', 'WRONG_FORM'],
]);

readings('optional makes blank text null and nothing else', optional(integer({ min: 1 })), [
  ['', null],
  ['  ', null],
  ['3', 3],
  ['0', 'OUT_OF_RANGE'],
  ['x', 'NOT_A_NUMBER'],
]);

describe('a refusal', () => {
  it('names what was agreed and never the value', () => {
    const secrets: [string, { read: (raw: string) => unknown }][] = [
      ['hunter2', oneOf({ A: 'a', B: 'b' })],
      ['hunter2', integer()],
      ['hunter2', email()],
      ['hunter2', phone()],
      ['hunter2', text({ max: 3 })],
      ['hunter2', instant()],
    ];
    for (const [value, field] of secrets) {
      const refusal = field.read(value) as Refusal;
      expect(refusal).toBeInstanceOf(Refusal);
      expect(refusal.detail).not.toContain(value);
    }
    for (const field of [oneOf({ A: 'a', B: 'b' }), flag({ yes: 'J', no: 'N' })]) {
      const { detail } = field.read('C') as Refusal;
      expect(detail).toBe(`the value is not ${field.form}`);
      // The form stands in the detail, so the remedy does not repeat it.
      const remedy = refusedField(new Refusal('UNKNOWN_CODE', detail), field, {}).remedy;
      expect(remedy).toBe('Use an agreed code, or have the new code added to the contract.');
    }
  });

  it('says so when the second is a leap second', () => {
    expect((instant().read('2016-12-31T23:59:60Z') as Refusal).detail).toContain('leap second');
  });
});

describe('a field', () => {
  it('says what it holds and how its header may be spelt', () => {
    expect(email({ aliases: ['E-Mail'] })).toMatchObject({ pii: 'email', aliases: ['E-Mail'] });
    expect(phone().pii).toBe('phone');
    expect(text({ max: 3, pii: 'name' }).pii).toBe('name');
    expect(optional(email())).toMatchObject({ pii: 'email', optional: true });
  });
});
