import { ScheduleError } from './schedule-error.ts';

/** One field of a cron expression: its name, what it may hold, and names that stand for numbers, from `from` on. */
export interface CronField {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
}

/** The values that a field names by lists, ranges and steps. @throws ScheduleError */
export function readCronField(field: CronField, text: string): ReadonlySet<number> {
  return new Set(text.split(',').flatMap(part => valuesOf(field, part)));
}

function valuesOf(field: CronField, part: string): readonly number[] {
  const [, range = '', step] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
  const [first = '', last] = range.split('-');
  const every = step === undefined ? 1 : Number(step);
  const isAll = range === '*' || range === '?';
  const from = isAll ? field.from : numberOf(field, first);
  const to = isAll || (last === undefined && step !== undefined) ? field.to : numberOf(field, last ?? first);
  if (every < 1 || to < from) throw new ScheduleError(`${field.name}: ${part} names nothing`);
  return Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, i) => from + i * every);
}

/** @throws ScheduleError for what is neither a number of the field nor one of its names. */
export function numberOf({ name, from, to, names = [] }: CronField, text: string): number {
  const named = names.indexOf(text.toUpperCase());
  const value = named >= 0 ? from + named : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  throw new ScheduleError(`${name}: "${text}" is not from ${from} to ${to}`);
}
