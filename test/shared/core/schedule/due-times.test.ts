import fc from 'fast-check';
import { DateTime } from 'luxon';
import { dueTimes } from '#shared/core/schedule/due-times.ts';

const first = (cron: string, zone: string, after: string, more = {}, count = 2): string[] => {
  const found: string[] = [];
  for (const due of dueTimes({ cron, zone, graceMinutes: 60, ...more }, Date.parse(after))) {
    found.push(new Date(due).toISOString().slice(0, 16));
    if (found.length === count) break;
  }
  return found;
};

it.each([
  ['30 6 * * MON-FRI', 'Europe/Berlin', '2026-11-27T05:30:00Z', ['2026-11-30T05:30', '2026-12-01T05:30']],
  ['0 6,18 * * *', 'UTC', '2026-11-27T06:00:00Z', ['2026-11-27T18:00', '2026-11-28T06:00']],
  ['0 0 1 */3 *', 'America/New_York', '2026-11-27T00:00:00Z', ['2027-01-01T05:00', '2027-04-01T04:00']],
  ['15 8 29 2 *', 'UTC', '2026-01-01T00:00:00Z', ['2028-02-29T08:15', '2032-02-29T08:15']],
  ['0 9 * * 7', 'UTC', '2026-11-27T00:00:00Z', ['2026-11-29T09:00', '2026-12-06T09:00']],
])('%s in %s', (cron, zone, after, expected) => {
  expect(first(cron, zone, after)).toEqual(expected);
});

it('leaves holidays out, by the day of the zone', () => {
  const holidays = ['2026-12-25', '2026-12-26'];
  expect(first('30 0 * * *', 'Pacific/Auckland', '2026-12-24T00:00:00Z', { holidays })).toEqual([
    '2026-12-26T11:30',
    '2026-12-27T11:30',
  ]);
});

describe('when clocks change', () => {
  it('a time that is skipped is due as late as if they had not', () => {
    expect(first('30 2 * * *', 'Europe/Berlin', '2027-03-27T12:00:00Z')).toEqual([
      '2027-03-28T01:30',
      '2027-03-29T00:30',
    ]);
  });

  it('a time that comes twice is due the first time', () => {
    expect(first('30 2 * * *', 'Europe/Berlin', '2027-10-30T12:00:00Z')).toEqual([
      '2027-10-31T00:30',
      '2027-11-01T01:30',
    ]);
  });

  const zones = [
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'America/Sao_Paulo',
    'Asia/Kolkata',
  ];

  it('every day of every zone has each of its times once, in order, at the wall time that is meant', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.nat(23),
        fc.nat(59),
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) }),
        (zone, hour, minute, after) => {
          const due: DateTime[] = [];
          for (const time of dueTimes({ cron: `${minute} ${hour} * * *`, zone, graceMinutes: 1 }, after)) {
            due.push(DateTime.fromMillis(time, { zone }));
            if (due.length === 40) break;
          }
          const days = due.map(time => time.minus({ minutes: isMoved(time, hour, minute) }).toISODate());
          expect(new Set(days).size).toBe(40);
          expect(due.every((time, i) => i === 0 || time > due[i - 1]!)).toBe(true);
          expect((due[0]?.toMillis() ?? 0) > after).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  /** Minutes by which clocks moved a time that they skipped; half an hour on Lord Howe. */
  function isMoved(time: DateTime, hour: number, minute: number): number {
    const moved = (time.hour * 60 + time.minute - (hour * 60 + minute) + 1_440) % 1_440;
    expect([0, 30, 60]).toContain(moved);
    return moved;
  }
});
