import { type CronField, numberOf, readCronField } from './cron-field.ts';
import { ScheduleError } from './schedule-error.ts';

/** Whether a day, given as its midnight in UTC, is one of those that a field names. */
export type DayTest = (day: Date) => boolean;

const dayOfMonth: CronField = { name: 'day of month', from: 1, to: 31 };
/** Sunday is 1. */
const dayOfWeek: CronField = {
  name: 'day of week',
  from: 1,
  to: 7,
  names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
};

/** `*`, `?`, lists, ranges, steps, `L` (the last day), `15W` (the weekday nearest to the 15th), `LW`. @throws ScheduleError */
export function readDayOfMonth(text: string): DayTest {
  if (text === 'L') return day => day.getUTCDate() === lastDate(day);
  if (text === 'LW') return day => day.getUTCDate() === nearestWeekday(day, lastDate(day));
  const [, nearest] = /^(\d+)W$/.exec(text) ?? [];
  if (nearest !== undefined) {
    const wanted = numberOf(dayOfMonth, nearest);
    return day => wanted <= lastDate(day) && day.getUTCDate() === nearestWeekday(day, wanted);
  }
  const dates = readCronField(dayOfMonth, text);
  return day => dates.has(day.getUTCDate());
}

/** `*`, `?`, lists, ranges, steps, names, `6L` (the last Friday of the month), `2#1` (its first Monday). @throws ScheduleError */
export function readDayOfWeek(text: string): DayTest {
  const weekday = (day: Date) => day.getUTCDay() + 1;
  const [, last] = /^(\w+)L$/.exec(text) ?? [];
  if (last !== undefined) {
    const wanted = numberOf(dayOfWeek, last);
    return day => weekday(day) === wanted && day.getUTCDate() > lastDate(day) - 7;
  }
  const [, named, place] = /^(\w+)#([1-5])$/.exec(text) ?? [];
  if (named !== undefined) {
    const wanted = numberOf(dayOfWeek, named);
    return day => weekday(day) === wanted && Math.ceil(day.getUTCDate() / 7) === Number(place);
  }
  const days = readCronField(dayOfWeek, text === 'L' ? '7' : text);
  return day => days.has(weekday(day));
}

/** @throws ScheduleError unless exactly one of the two is `?`, or the other names every day. */
export function checkDays(ofMonth: string, ofWeek: string): void {
  const named = [ofMonth, ofWeek].filter(text => text !== '?' && text !== '*');
  if (named.length === 2 || (ofMonth === '?' && ofWeek === '?') || (ofMonth === '*' && ofWeek === '*'))
    throw new ScheduleError('one of day of month and day of week must be ?, and only one');
}

const lastDate = (day: Date): number =>
  new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();

/** Never of another month. */
function nearestWeekday(day: Date, date: number): number {
  const weekday = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), date)).getUTCDay();
  if (weekday === 6) return date > 1 ? date - 1 : date + 2;
  if (weekday === 0) return date < lastDate(day) ? date + 1 : date - 2;
  return date;
}
