import fc from 'fast-check';
import { DateTime } from 'luxon';
import { zonedTime } from '#shared/core/mapping/zoned-time.ts';
import { readings } from './readings.ts';

const format = 'dd.MM.yyyy HH:mm';
const berlin = (ambiguous: 'earlier' | 'later' | 'refuse') =>
  zonedTime({ format, zone: 'Europe/Berlin', ambiguous });

readings('zonedTime brings local time to UTC', berlin('earlier'), [
  ['02.11.2026 09:15', '2026-11-02T08:15:00Z'],
  ['02.07.2026 09:15', '2026-07-02T07:15:00Z'],
  ['25.10.2026 01:59', '2026-10-24T23:59:00Z'],
  ['25.10.2026 02:30', '2026-10-25T00:30:00Z'],
  ['25.10.2026 03:00', '2026-10-25T02:00:00Z'],
  ['29.03.2026 01:59', '2026-03-29T00:59:00Z'],
  ['29.03.2026 02:00', 'IMPOSSIBLE_TIME'],
  ['29.03.2026 02:59', 'IMPOSSIBLE_TIME'],
  ['29.03.2026 03:00', '2026-03-29T01:00:00Z'],
  ['30.02.2026 10:00', 'NOT_A_DATE'],
  ['02.11.2026 24:00', 'NOT_A_DATE'],
  ['2.11.2026 09:15', 'NOT_A_DATE'],
  ['02.11.2026', 'NOT_A_DATE'],
  ['', 'MISSING_VALUE'],
]);

readings('zonedTime takes the later of two when told so', berlin('later'), [
  ['25.10.2026 02:30', '2026-10-25T01:30:00Z'],
  ['25.10.2026 03:30', '2026-10-25T02:30:00Z'],
]);

readings('zonedTime refuses a repeated time when told so', berlin('refuse'), [
  ['25.10.2026 02:30', 'IMPOSSIBLE_TIME'],
  ['25.10.2026 03:30', '2026-10-25T02:30:00Z'],
]);

readings(
  'zonedTime knows a day that was skipped',
  zonedTime({ format, zone: 'Pacific/Apia', ambiguous: 'refuse' }),
  [
    ['29.12.2011 12:00', '2011-12-29T22:00:00Z'],
    ['30.12.2011 12:00', 'IMPOSSIBLE_TIME'],
    ['31.12.2011 12:00', '2011-12-30T22:00:00Z'],
  ],
);

readings(
  'zonedTime reads literals and fractions',
  zonedTime({ format: "yyyy-MM-dd'T'HH:mm:ss.SSS", zone: 'Asia/Kolkata', ambiguous: 'refuse' }),
  [['2026-11-02T09:15:07.250', '2026-11-02T03:45:07.250Z']],
);

describe('zonedTime', () => {
  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia'])(
    'undoes what luxon shows in %s, for any minute',
    zone => {
      const field = zonedTime({ format, zone, ambiguous: 'earlier' });
      const minutes = fc.integer({ min: Date.UTC(1990, 0) / 60_000, max: Date.UTC(2037, 0) / 60_000 });
      fc.assert(
        fc.property(minutes, minute => {
          const shown = DateTime.fromMillis(minute * 60_000, { zone });
          const read = field.read(shown.toFormat(format));
          const candidates = shown
            .getPossibleOffsets()
            .map(one => one.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'"));
          expect(candidates).toContain(read);
          expect(read).toBe([...candidates].sort()[0]);
        }),
      );
    },
  );

  it('refuses at definition what it cannot keep', () => {
    expect(() => zonedTime({ format, zone: 'Europe/Berlln', ambiguous: 'earlier' })).toThrow(
      'not an IANA time zone',
    );
    expect(() => zonedTime({ format: 'dd LLL yyyy', zone: 'UTC', ambiguous: 'earlier' })).toThrow(
      '"LLL" is none of',
    );
    expect(() => zonedTime({ format: 'dd.MM. HH:mm', zone: 'UTC', ambiguous: 'earlier' })).toThrow(
      'has no year',
    );
  });
});
