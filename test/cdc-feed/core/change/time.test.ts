import fc from 'fast-check';
import { daysOf } from '#adapters/cdc-feed/core/change/day-count.ts';
import {
  dateOf,
  durationOf,
  instantOf,
  safeInstantOf,
  timeOfDay,
} from '#adapters/cdc-feed/core/change/time-count.ts';
import { canonicalDate, canonicalInstant, canonicalTime } from '#adapters/cdc-feed/core/change/time-text.ts';
import { Unreadable } from '#adapters/cdc-feed/core/change/unreadable.ts';

const units = { millis: 1_000_000n, micros: 1_000n, nanos: 1n } as const;
const anyUnit = fc.constantFrom('millis', 'micros', 'nanos' as const);
/** Years 0000 to 9999. */
const anyMillis = fc.bigInt({ min: -62_167_219_200_000n, max: 253_402_300_799_999n });

/** Nanoseconds since the epoch, by another way than the code under test. */
const nanosIn = (iso: string): bigint => {
  const [, seconds, digits] = /^(.*)\.(\d+)Z$/.exec(iso)!;
  return BigInt(Date.parse(`${seconds}Z`)) * 1_000_000n + BigInt(digits!.padEnd(9, '0'));
};

describe('instants', () => {
  test('any count of any unit is read back from its ISO form', () => {
    fc.assert(
      fc.property(anyMillis, fc.bigInt({ min: 0n, max: 999_999n }), anyUnit, (millis, rest, unit) => {
        const nanos =
          millis * 1_000_000n + (unit === 'millis' ? 0n : unit === 'micros' ? rest - (rest % 1000n) : rest);
        const iso = instantOf(nanos / units[unit], unit) as string;
        expect(nanosIn(iso)).toBe(nanos);
        expect(canonicalInstant(iso)).toBe(iso);
      }),
    );
  });

  test('counts within 2^53 are read the same without big integers', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), anyUnit, (count, unit) => {
        expect(safeInstantOf(count, unit)).toEqual(instantOf(BigInt(count), unit));
      }),
    );
  });

  test('any count of 64 bits is an instant that reads as itself', () => {
    const bits64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(bits64, anyUnit, (count, unit) => {
        const iso = instantOf(count, unit);
        fc.pre(!iso.includes('infinity'));
        expect(canonicalInstant(iso)).toBe(iso);
      }),
    );
  });

  test('the same instant has the same form in every unit and offset', () => {
    const expected = '2018-06-20T15:13:16.945Z';
    expect(instantOf(1_529_507_596_945n, 'millis')).toBe(expected);
    expect(instantOf(1_529_507_596_945_000_000n, 'nanos')).toBe(expected);
    expect(canonicalInstant('2018-06-20T17:13:16.945000+02:00')).toBe(expected);
    expect(canonicalInstant('2018-06-20 15:13:16.945')).toBe(expected);
    expect(canonicalInstant('2018-06-20 10:43:16.945-0430')).toBe(expected);
  });

  test.each([
    ['millis', 9_223_372_036_825_200n, 'infinity'],
    ['micros', 9_223_372_036_825_200_000n, 'infinity'],
    ['micros', -9_223_372_036_832_400_000n, '-infinity'],
    ['nanos', 9_223_372_036_854_775_807n, 'infinity'],
    ['nanos', -9_223_372_036_854_775_808n, '-infinity'],
  ] as const)('PostgreSQL’s infinity in %s: %s is %s', (unit, count, expected) => {
    expect(instantOf(count, unit)).toBe(expected);
  });

  test.each([
    ['infinity', 'infinity'],
    ['+292278994-08-16T23:00:00Z', 'infinity'],
    ['-292275055-05-16T23:00:00Z', '-infinity'],
    ['0000-00-00 00:00:00', null],
    ['1883-11-18 12:03:58-04:56:02', '1883-11-18T17:00:00.000Z'],
    ['4713-01-01 00:00:00 BC', '-004712-01-01T00:00:00.000Z'],
    ['+292278994-08-17T07:12:55.807Z', '+292278994-08-17T07:12:55.807Z'],
  ])('the written %s is %s', (text, expected) => {
    expect(canonicalInstant(text)).toBe(expected);
  });

  test.each(['2018-02-30T00:00:00Z', '2018-06-20T24:01:00Z', '2018-13-01', '20180620', 'yesterday', ''])(
    '"%s" is impossible',
    text => {
      expect(canonicalInstant(text)).toBeInstanceOf(Unreadable);
    },
  );
});

describe('dates, times and durations', () => {
  test('any day is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), days => {
        const iso = dateOf(BigInt(days)) as string;
        expect(Date.parse(iso)).toBe(days * 86_400_000);
        expect(canonicalDate(iso)).toBe(iso);
      }),
    );
  });

  test('the calendar is that of a Date, where a Date reaches', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), days => {
        expect(dateOf(BigInt(days))).toBe(new Date(days * 86_400_000).toISOString().replace(/T.*/, ''));
      }),
    );
  });

  test('beyond, it goes on: any day is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000_000, max: 2_147_483_647 }), days => {
        const iso = dateOf(BigInt(days)) as string;
        const [, year, month, day] = /^([+-]?\d+)-(\d\d)-(\d\d)$/.exec(iso)!;
        expect(daysOf(Number(year), Number(month), Number(day))).toBe(days);
        expect(canonicalDate(iso)).toBe(iso);
      }),
    );
  });

  test.each([
    ['2018-06-20Z', '2018-06-20'],
    ['0044-03-15 BC', '-000043-03-15'],
    ['0001-12-31 BC', '0000-12-31'],
    ['2018-06-20+02:00', '2018-06-20'],
    ['2018-06-20T00:00:00Z', '2018-06-20'],
    ['0000-00-00', null],
    ['infinity', 'infinity'],
  ])('the written date %s is %s', (text, expected) => {
    expect(canonicalDate(text)).toBe(expected);
  });

  test('PostgreSQL’s infinite dates are infinite', () => {
    expect(dateOf(-2_147_472_693n)).toBe('infinity');
    expect(dateOf(-2_147_472_692n)).toBe('-infinity');
  });

  test('any time of day is read back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 86_399_999_999_999n }), anyUnit, (nanos, unit) => {
        const text = timeOfDay(nanos / units[unit], unit);
        expect(canonicalTime(text)).toBe(text);
      }),
    );
  });

  test.each([
    ['10:15:30+01:00', '09:15:30Z'],
    ['00:30:00+01:00', '23:30:00Z'],
    ['17:44:41.237700', '17:44:41.237700'],
    ['17:44', '17:44:00'],
    ['-838:59:59', '-838:59:59'],
    ['12:00:00-00:43:08', '12:43:08Z'],
  ])('the written time %s is %s', (text, expected) => {
    expect(canonicalTime(text)).toBe(expected);
  });

  test('an interval of micros is an exact duration', () => {
    expect(durationOf(37_091_106_000_001n, 'micros')).toBe('PT37091106.000001S');
    expect(durationOf(-1_500_000_000n, 'nanos')).toBe('PT-1.5S');
  });
});
