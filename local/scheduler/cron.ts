import type { IANAZone } from 'luxon';
import { checkDays, readDayOfMonth, readDayOfWeek } from './cron-days.ts';
import { readCronField } from './cron-field.ts';
import { ScheduleError } from './schedule-error.ts';
import { instantOf } from './wall-time.ts';

const minute = { name: 'minute', from: 0, to: 59 };
const hour = { name: 'hour', from: 0, to: 23 };
const month = {
  name: 'month',
  from: 1,
  to: 12,
  names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
};
const year = { name: 'year', from: 1970, to: 2199 };
const dayMilliseconds = 86_400_000;

/**
 * `cron(minutes hours day-of-month month day-of-week year)` in a time zone: gives the first instant after one given, in
 * milliseconds, or undefined when there is none. A local time that clocks skip is skipped; one that they repeat comes once.
 * Source: EventBridge Scheduler User Guide, schedule types.
 * @throws ScheduleError
 */
export function readCron(text: string, zone: IANAZone): (after: number) => number | undefined {
  const [minutesText = '', hoursText = '', ofMonth = '', months = '', ofWeek = '', years, ...more] = text
    .trim()
    .split(/\s+/);
  if (years === undefined || more.length > 0)
    throw new ScheduleError(`cron(${text}) does not have six fields: minutes hours day month weekday year`);
  checkDays(ofMonth, ofWeek);
  const yearSet = readCronField(year, years);
  const monthSet = readCronField(month, months);
  const [isDayOfMonth, isDayOfWeek] = [readDayOfMonth(ofMonth), readDayOfWeek(ofWeek)];
  const isDay = (day: Date): boolean =>
    yearSet.has(day.getUTCFullYear()) &&
    monthSet.has(day.getUTCMonth() + 1) &&
    isDayOfMonth(day) &&
    isDayOfWeek(day);
  const minutes = ascending(readCronField(minute, minutesText));
  const times = ascending(readCronField(hour, hoursText)).flatMap(h =>
    minutes.map(m => (h * 60 + m) * 60_000),
  );
  const end = Date.UTC(Math.max(...yearSet) + 1, 0, 1);
  return after => {
    const wall = after + zone.offset(after) * 60_000;
    for (let day = midnight(wall); day < end; day += dayMilliseconds)
      if (isDay(new Date(day)))
        for (const time of times) {
          const instant = instantOf(day + time, zone);
          if (instant !== undefined && instant > after) return instant;
        }
    return undefined;
  };
}

const midnight = (wall: number): number => Math.floor(wall / dayMilliseconds) * dayMilliseconds;

const ascending = (values: ReadonlySet<number>): readonly number[] => [...values].sort((a, b) => a - b);
