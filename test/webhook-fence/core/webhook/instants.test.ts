import { instantOf } from '#adapters/webhook-fence/core/webhook/instant-of.ts';
import { versionSequence } from '#shared/core/envelope/sequence.ts';

describe('an instant that orders deliveries', () => {
  it.each([
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['2026-01-01T00:00:00.123456Z', '2026-01-01T00:00:00.123456Z'],
    ['2026-01-01T00:00:00.123456+00:00', '2026-01-01T00:00:00.123456Z'],
    ['2026-01-01T00:30:00.123456789+01:00', '2025-12-31T23:30:00.123456789Z'],
    ['2026-02-28T23:00:00.5-02:30', '2026-03-01T01:30:00.500Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['1767225600', '2026-01-01T00:00:00.000Z'],
    [1_767_225_600_250, '2026-01-01T00:00:00.250Z'],
  ])('%s is %s', (written, instant) => {
    expect(instantOf(written)).toBe(instant);
  });

  it('keeps two events within one millisecond in their order, whatever the zone', () => {
    const sequence = (text: string) => versionSequence(instantOf(text));
    expect(sequence('2026-01-01T01:00:00.123456+01:00') < sequence('2026-01-01T00:00:00.123457Z')).toBe(true);
    expect(sequence('2026-01-01T01:00:00.123457+01:00') > sequence('2026-01-01T02:00:00.123456+02:00')).toBe(
      true,
    );
  });

  it.each([
    ['a day that no month has', '2026-02-30T00:00:00Z'],
    ['a 31st of April', '2026-04-31T10:00:00Z'],
    ['a 29th of February of an ordinary year', '2026-02-29T10:00:00+01:00'],
    ['hour 24', '2026-01-01T24:00:00Z'],
    ['a leap second', '2026-06-30T23:59:60Z'],
    ['an offset of 24 hours', '2026-01-01T00:00:00+24:00'],
    ['a fraction finer than a nanosecond', '2026-01-01T00:00:00.1234567890Z'],
    ['a time without a zone', '2026-01-01T00:00:00'],
    ['a date alone', '2026-01-01'],
    ['an empty text', ''],
    ['a number before 1970', -1],
    ['no number', Number.NaN],
  ])('is not %s', (_, written) => {
    expect(instantOf(written)).toBeUndefined();
  });
});
