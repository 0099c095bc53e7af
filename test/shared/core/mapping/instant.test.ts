import fc from 'fast-check';
import { instant } from '#shared/core/mapping/instant.ts';

const field = instant();
const two = (n: number) => String(Math.abs(n)).padStart(2, '0');

/** The instant as a partner `ahead` minutes before UTC writes it. */
function written(milliseconds: number, ahead: number): string {
  const wall = new Date(milliseconds + ahead * 60_000).toISOString().slice(0, -1);
  return `${wall}${ahead < 0 ? '-' : '+'}${two(Math.trunc(ahead / 60))}:${two(ahead % 60)}`;
}

describe('instant', () => {
  it('reads any time in any offset as Date does', () => {
    const times = fc.integer({ min: Date.UTC(1000, 0), max: Date.UTC(9999, 0) });
    fc.assert(
      fc.property(times, fc.integer({ min: -1439, max: 1439 }), (milliseconds, ahead) => {
        const expected = new Date(milliseconds).toISOString().replace('.000Z', 'Z');
        expect(field.read(written(milliseconds, ahead))).toBe(expected);
      }),
    );
  });

  it('reads its own text to itself', () => {
    const fractions = fc.stringMatching(/^(\.\d{1,9})?$/);
    fc.assert(
      fc.property(fractions, fraction => {
        const read = field.read(`2026-11-02T09:15:00${fraction}+01:00`) as string;
        expect(field.read(read)).toBe(read);
        expect(Number(`0.${/\.(\d+)Z/.exec(read)?.[1] ?? '0'}`)).toBe(Number(`0${fraction || '.0'}`));
      }),
    );
  });

  it('refuses any day that the calendar does not have', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2100 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
        const at = (day: number) => `${year}-${two(month)}-${two(day)}T00:00:00Z`;
        expect(field.read(at(last))).toBe(at(last));
        expect(field.read(at(last + 1))).toMatchObject({ code: 'NOT_A_DATE' });
        expect(field.read(at(0))).toMatchObject({ code: 'NOT_A_DATE' });
      }),
    );
  });
});
