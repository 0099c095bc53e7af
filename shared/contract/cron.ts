import { ContractError } from './options.ts';

/** The times that a cron expression names. Days of week from 0, Sunday. */
export interface CronTimes {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly daysOfMonth: readonly number[];
  readonly months: readonly number[];
  readonly daysOfWeek: readonly number[];
}

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly words?: readonly string[];
}

const fields: Readonly<Record<keyof CronTimes, Field>> = {
  minutes: { name: 'minute', from: 0, to: 59 },
  hours: { name: 'hour', from: 0, to: 23 },
  daysOfMonth: { name: 'day of month', from: 1, to: 31 },
  months: {
    name: 'month',
    from: 1,
    to: 12,
    words: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  },
  // 7 is Sunday, too.
  daysOfWeek: {
    name: 'day of week',
    from: 0,
    to: 7,
    words: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
  },
};

/**
 * Five fields with `*`, lists, ranges, steps, and names of months and weekdays. Of day of month and day of week one must be `*`:
 * cron takes days that fit either, and readers expect both.
 * @throws ContractError that begins with `where`.
 */
export function readCron(where: string, text: string): CronTimes {
  const parts = text.trim().split(/\s+/);
  const [minutes = '', hours = '', daysOfMonth = '', months = '', daysOfWeek = ''] = parts;
  if (parts.length !== 5)
    throw new ContractError(
      `${where} "${text}" must have five fields: minute, hour, day of month, month, day of week, e.g. "30 6 * * MON-FRI"`,
    );
  if (daysOfMonth !== '*' && daysOfWeek !== '*')
    throw new ContractError(`${where} "${text}": one of day of month and day of week must be *`);
  const read = (field: Field, part: string) => valuesOf(where, field, part);
  return {
    minutes: read(fields.minutes, minutes),
    hours: read(fields.hours, hours),
    daysOfMonth: read(fields.daysOfMonth, daysOfMonth),
    months: read(fields.months, months),
    daysOfWeek: unique(read(fields.daysOfWeek, daysOfWeek).map(day => day % 7)),
  };
}

const unique = (values: readonly number[]): readonly number[] => [...new Set(values)].sort((a, b) => a - b);

const valuesOf = (where: string, field: Field, text: string): readonly number[] =>
  unique(text.split(',').flatMap(part => rangeOf(where, field, part)));

function rangeOf(where: string, field: Field, text: string): readonly number[] {
  const [, range = '', step] = /^([^/]+)(?:\/(\d+))?$/.exec(text) ?? [];
  const [first = '', last] = range === '*' ? [String(field.from), String(field.to)] : range.split('-');
  const from = numberOf(where, field, first);
  const to = last === undefined ? (step === undefined ? from : field.to) : numberOf(where, field, last);
  const every = step === undefined ? 1 : Number(step);
  if (every < 1 || to < from) throw new ContractError(`${where}: ${field.name} "${text}" names nothing`);
  return Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, i) => from + i * every);
}

function numberOf(where: string, { name, from, to, words = [] }: Field, text: string): number {
  const named = words.indexOf(text.toUpperCase());
  const value = named >= 0 ? from + named : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  throw new ContractError(`${where}: ${name} "${text}" is not from ${from} to ${to}`);
}
