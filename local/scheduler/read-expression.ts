import { IANAZone } from 'luxon';
import { readCron } from './cron.ts';
import { ScheduleError } from './schedule-error.ts';
import { instantOf } from './wall-time.ts';

/** When a schedule is due next after an instant; undefined when never again. In milliseconds. */
export type NextTime = (after: number) => number | undefined;

export interface Expression {
  readonly text: string;
  readonly timezone: string;
  /** Where a rate begins to count. */
  readonly start: number;
}

/** `rate(…)`, `cron(…)` or `at(…)`. @throws ScheduleError */
export function readExpression({ text, timezone, start }: Expression): NextTime {
  if (!IANAZone.isValidZone(timezone)) throw new ScheduleError(`${timezone} is not an IANA time zone`);
  const zone = IANAZone.create(timezone);
  const [, kind, inner = ''] = /^(rate|cron|at)\((.*)\)$/.exec(text) ?? [];
  if (kind === 'rate') return readRate(inner, start);
  if (kind === 'cron') return readCron(inner, zone);
  if (kind === 'at') return readAt(inner, zone);
  throw new ScheduleError(`${text} is none of rate(…), cron(…) and at(…)`);
}

const unitMilliseconds = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

function readRate(text: string, start: number): NextTime {
  const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(text) ?? [];
  if (unit === undefined || Number(count) < 1)
    throw new ScheduleError(`rate(${text}) is not like rate(15 minutes)`);
  const step = Number(count) * unitMilliseconds[unit as keyof typeof unitMilliseconds];
  return after => (after < start ? start : start + (Math.floor((after - start) / step) + 1) * step);
}

function readAt(text: string, zone: IANAZone): NextTime {
  const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text) ? Date.parse(`${text}Z`) : Number.NaN;
  if (Number.isNaN(wall)) throw new ScheduleError(`at(${text}) is not like at(2027-01-31T06:00:00)`);
  const instant = instantOf(wall, zone);
  if (instant === undefined) throw new ScheduleError(`clocks in ${zone.name} skip at(${text})`);
  return after => (instant > after ? instant : undefined);
}
