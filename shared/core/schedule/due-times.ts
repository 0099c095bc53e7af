import { IANAZone } from 'luxon';
import { readCron } from '../../contract/cron.ts';
import type { Schedule } from '../../contract/schedule.ts';

const dayMilliseconds = 86_400_000;
const minuteMilliseconds = 60_000;
/** Nothing is due for ever: 30 February, or a holiday on the only day. */
const daysLookedAtMax = 3_660;

/**
 * The times of a schedule after an instant, in order, in epoch milliseconds. Each time of a day comes once: one that clocks skip is due
 * when they have moved on, one that they show twice is due the first time.
 */
export function* dueTimes({ cron, zone: name, holidays = [] }: Schedule, after: number): Generator<number> {
  const { minutes, hours, daysOfMonth, months, daysOfWeek } = readCron('schedule.cron', cron);
  const zone = IANAZone.create(name);
  const free = new Set(holidays);
  const isDue = (day: Date): boolean =>
    months.includes(day.getUTCMonth() + 1) &&
    daysOfMonth.includes(day.getUTCDate()) &&
    daysOfWeek.includes(day.getUTCDay()) &&
    !free.has(day.toISOString().slice(0, 10));
  const first = Math.floor((after + zone.offset(after) * minuteMilliseconds) / dayMilliseconds) - 1;
  for (let day = first; day < first + daysLookedAtMax; day++) {
    const midnight = day * dayMilliseconds;
    if (!isDue(new Date(midnight))) continue;
    // Times that clocks skip come after others of the same day that they do not.
    const times = hours
      .flatMap(hour => minutes.map(minute => midnight + (hour * 60 + minute) * minuteMilliseconds))
      .map(wall => instantOf(wall, zone))
      .sort((a, b) => a - b);
    for (const time of new Set(times)) if (time > after) yield time;
  }
}

/** By the offset before a change of clocks: of two instants the first, and what is skipped as late as if clocks had not moved. */
function instantOf(wall: number, zone: IANAZone): number {
  const before = zone.offset(wall - dayMilliseconds);
  const after = zone.offset(wall + dayMilliseconds);
  const early = wall - before * minuteMilliseconds;
  return zone.offset(early) === before ? early : zoned(wall, zone, { before, after });
}

function zoned(
  wall: number,
  zone: IANAZone,
  { before, after }: { readonly before: number; readonly after: number },
): number {
  const late = wall - after * minuteMilliseconds;
  return zone.offset(late) === after ? late : wall - before * minuteMilliseconds;
}
