import { limits } from '#shared/contract/limits.ts';
import { daysOf } from './day-count.ts';
import { isoInstant, timeOfDay } from './time-count.ts';
import { type Read, Unreadable } from './unreadable.ts';

const dayNanos = BigInt(limits.secondsADay) * 1_000_000_000n;
const time = /^(-?)(\d{2,3}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2}(?::?\d{2})?)?)?$/;

/** A written time; one with an offset is given in UTC and ends in `Z`. */
export function canonicalTime(text: string): Read<string> {
  const [whole, sign, hours, minutes, seconds = '0', digits = '', offset] = time.exec(text) ?? [];
  if (!whole || Number(minutes) > 59 || Number(seconds) > 59) return new Unreadable('not a time');
  const clock = millisOf(Number(hours), Number(minutes), Number(seconds));
  const nanos = (BigInt(clock) * 1_000_000n + BigInt(digits.padEnd(9, '0'))) * (sign ? -1n : 1n);
  if (!offset) return timeOfDay(nanos, 'nanos');
  const utc = nanos - BigInt(offsetMillis(offset)) * 1_000_000n;
  return `${timeOfDay(((utc % dayNanos) + dayNanos) % dayNanos, 'nanos')}Z`;
}

const instant =
  /^([+-]?\d{4,9})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2}(?::?\d{2})?)?)?)?(?:\[[^\]]*\])?(\s*BC)?$/;

/**
 * A written instant, `T` or blank between date and time, any offset (none means UTC), up to nine fraction digits; null for
 * MySQL's zero date.
 */
export function canonicalInstant(text: string): Read<string | null> {
  const named = namedTime(text);
  if (named !== undefined) return named;
  const [
    whole,
    year = '',
    month,
    day,
    hours = '00',
    minutes = '00',
    seconds = '00',
    digits = '',
    offset = 'Z',
    beforeChrist,
  ] = instant.exec(text) ?? [];
  // Year 0 is 1 BC, as in ISO 8601.
  const count = beforeChrist ? 1 - Number(year) : Number(year);
  if (!whole || !isDay(count, Number(month), Number(day)) || !isClock(hours, minutes, seconds))
    return new Unreadable('not a timestamp, or an impossible one');
  const nanos = digits.padEnd(9, '0');
  const offsetIn = offsetMillis(offset);
  if (offsetIn === 0 && year.length === 4 && !beforeChrist)
    return `${year}-${month}-${day}T${hours}:${minutes}:${seconds.padStart(2, '0')}.${nanos.replace(/(?:000){1,2}$/, '')}Z`;
  const clock = millisOf(Number(hours), Number(minutes), Number(seconds)) + Number(nanos.slice(0, 3));
  return isoInstant(daysOf(count, Number(month), Number(day)), clock - offsetIn, Number(nanos.slice(3)));
}

const isoDate = /^\d{4}-\d{2}-\d{2}$/;

/** A written date; a trailing zone, as in `IsoDate`, and a midnight after it say nothing more. */
export function canonicalDate(text: string): Read<string | null> {
  if (isoDate.test(text) && isDay(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))))
    return text;
  const iso = canonicalInstant(text.replace(/(\d)(?:Z|[+-]\d{2}:\d{2})$/, '$1'));
  return typeof iso === 'string' && iso.includes('T') ? iso.slice(0, iso.indexOf('T')) : iso;
}

/** PostgreSQL's own words, the JDBC driver's infinite instants and their days, and the zero date. */
function namedTime(text: string): string | null | undefined {
  if (text === 'infinity' || jdbcInfinity.test(text)) return 'infinity';
  if (text === '-infinity' || jdbcMinusInfinity.test(text)) return '-infinity';
  return text.startsWith('0000-00-00') ? null : undefined;
}

const jdbcInfinity = /^\+292278994-08-16(?:Z|T23:00(?::00)?Z?)?$/;
const jdbcMinusInfinity = /^-292275055-05-16(?:Z|T23:00(?::00)?Z?)?$/;

const isClock = (hours: string, minutes: string, seconds: string): boolean =>
  Number(hours) <= 23 && Number(minutes) <= 59 && Number(seconds) <= 59;

const daysIn = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function isDay(year: number, month: number, day: number): boolean {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : (daysIn[month - 1] ?? 0);
  return day >= 1 && day <= days;
}

const millisOf = (hours: number, minutes: number, seconds: number): number =>
  ((hours * 60 + minutes) * 60 + seconds) * 1000;

function offsetMillis(offset: string): number {
  if (offset === 'Z') return 0;
  const [hours = 0, minutes = 0, seconds = 0] = (offset.match(/\d\d/g) ?? []).map(Number);
  const millis = millisOf(hours, minutes, seconds);
  return offset[0] === '-' ? -millis : millis;
}
