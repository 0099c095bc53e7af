import { checkSchedule, type Schedule } from '#shared/contract/schedule.ts';

const good: Schedule = {
  cron: '30 6 * * MON-FRI',
  zone: 'Europe/Berlin',
  graceMinutes: 60,
  holidays: ['2026-12-25'],
};

it('takes a schedule that can be watched', () => {
  expect(() => checkSchedule('lane', good)).not.toThrow();
  expect(() => checkSchedule('lane', { ...good, cron: '*/15 6-9 1,15 JAN-MAR *' })).not.toThrow();
});

it.each<[Partial<Schedule>, string]>([
  [{ cron: '30 6 * *' }, 'lane: schedule.cron "30 6 * *" must have five fields'],
  [{ cron: '0 30 6 * * *' }, 'must have five fields'],
  [{ cron: '30 24 * * *' }, 'lane: schedule.cron: hour "24" is not from 0 to 23'],
  [{ cron: '30 6 1 * MON' }, 'one of day of month and day of week must be *'],
  [{ cron: '30 9-6 * * *' }, 'lane: schedule.cron: hour "9-6" names nothing'],
  [{ cron: '30 6 * SEPT *' }, 'month "SEPT"'],
  [{ zone: 'Europe/Bonn' }, 'lane: schedule.zone "Europe/Bonn" is not an IANA time zone, e.g. Europe/Berlin'],
  [{ zone: '+01:00' }, 'not an IANA time zone'],
  [{ holidays: ['25.12.2026'] }, 'lane: schedule.holidays: "25.12.2026" is not a day like 2026-12-25'],
  [{ holidays: ['2026-02-30'] }, '"2026-02-30" is not a day'],
])('refuses %j', (changes, message) => {
  expect(() => checkSchedule('lane', { ...good, ...changes })).toThrow(message);
});
