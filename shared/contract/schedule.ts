import { readCron } from './cron.ts';
import { limits } from './limits.ts';
import { ContractError } from './options.ts';
import { listOf, maybe, object, type Part, string, whole, words } from './shape.ts';

/** When a partner's files must come. */
export interface Schedule {
  /** Minute, hour, day of month, month, day of week, as in cron: `30 6 * * MON-FRI`. */
  readonly cron: string;
  /** IANA zone in which the times are meant, e.g. `Europe/Berlin`. */
  readonly zone: string;
  /** Minutes after its time in which a file may still come. Then it is overdue. The reconciler looks every 15 minutes. */
  readonly graceMinutes: number;
  /** Days (`yyyy-MM-dd`, in the zone) on which none is expected. Default none. */
  readonly holidays?: readonly string[];
}

export const schedulePart: Part = maybe(
  object({
    cron: words,
    zone: string,
    graceMinutes: whole(1, limits.graceMinutesMax),
    holidays: maybe(listOf(string)),
  }),
);

/** @throws ContractError that says what is wrong with a schedule, and how it is written. */
export function checkSchedule(where: string, { cron, zone, holidays = [] }: Schedule): void {
  readCron(`${where}: schedule.cron`, cron);
  if (!isZone(zone))
    throw new ContractError(`${where}: schedule.zone "${zone}" is not an IANA time zone, e.g. Europe/Berlin`);
  for (const day of holidays)
    if (!isDay(day))
      throw new ContractError(`${where}: schedule.holidays: "${day}" is not a day like 2026-12-25`);
}

function isZone(zone: string): boolean {
  // Offsets such as +01:00 have no clock changes, and nobody means them.
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
