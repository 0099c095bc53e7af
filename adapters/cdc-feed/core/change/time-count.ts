import { limits } from '#shared/contract/limits.ts';
import type { TimeUnit } from '../../contract/cdc-source.ts';
import { dayText } from './day-count.ts';
import { type Read, Unreadable } from './unreadable.ts';

const nanosPer = { millis: 1_000_000, micros: 1_000, nanos: 1 } as const;
const perMilli = { millis: 1, micros: 1_000, nanos: 1_000_000 } as const;
/** Milliseconds that are exact in any arithmetic below. */
const dateMillisMax = 8_640_000_000_000_000;

/**
 * PostgreSQL's infinite timestamps, as Debezium writes them in each unit (`PGStatement.DATE_POSITIVE_INFINITY` taken as
 * microseconds); source: "PostgreSQL timestamp types" in the connector's documentation.
 */
const infinities: Readonly<Record<string, string>> = {
  'millis:9223372036825200': 'infinity',
  'millis:-9223372036832400': '-infinity',
  'millis:9223372036825200000': 'infinity',
  'millis:-9223372036832400000': '-infinity',
  'micros:9223372036825200000': 'infinity',
  'micros:-9223372036832400000': '-infinity',
  'nanos:9223372036854775807': 'infinity',
  'nanos:-9223372036854775808': '-infinity',
};

/** Count of `unit` since 1970-01-01T00:00Z to an ISO instant. */
export function instantOf(count: bigint, unit: TimeUnit): string {
  const infinite = infinities[`${unit}:${count}`];
  if (infinite) return infinite;
  const perDay = BigInt(dayMillis) * BigInt(perMilli[unit]);
  const ofDay = Number(((count % perDay) + perDay) % perDay);
  const millis = Math.floor(ofDay / perMilli[unit]);
  const day = Number((count - BigInt(ofDay)) / perDay);
  return isoInstant(day, millis, (ofDay - millis * perMilli[unit]) * nanosPer[unit]);
}

const [year1990, year2100, year10000] = [631_152_000_000, 4_102_444_800_000, 253_402_300_800_000];

/** Whether a count is of a year beyond 9999 in its unit, but between 1990 and 2100 in a finer one: the unit is another. */
export function countsFinerUnit(count: number, unit: TimeUnit): boolean {
  const millis = count / perMilli[unit];
  if (!(millis >= year10000)) return false;
  return [millis / 1_000, millis / 1_000_000].some(finer => finer >= year1990 && finer < year2100);
}

/** The same for counts within 2^53, without big integers. */
export function safeInstantOf(count: number, unit: TimeUnit): string {
  const per = perMilli[unit];
  const quotient = Math.floor(count / per);
  // A quotient just below a whole number may have been rounded up to it.
  const millis = count < quotient * per ? quotient - 1 : quotient;
  return Math.abs(millis) > dateMillisMax
    ? instantOf(BigInt(count), unit)
    : isoInstant(0, millis, (count - millis * per) * nanosPer[unit]);
}

/**
 * Days since the epoch, milliseconds since that midnight (any number), and nanoseconds below them; in 3, 6 or 9 fraction digits,
 * as few as hold it.
 */
export function isoInstant(days: number, millis: number, nanosBelow: number): string {
  const more = Math.floor(millis / dayMillis);
  const rest = nanosBelow === 0 ? '' : String(nanosBelow).padStart(6, '0').replace(/000$/, '');
  return `${isoDay(days + more)}T${isoClock(millis - more * dayMillis)}${rest}Z`;
}

const dayMillis = limits.secondsADay * 1_000;

let lastDay = { count: 0, text: '1970-01-01' };

/** Remembers the last day: changes that follow one another mostly happened on the same. */
function isoDay(count: number): string {
  if (lastDay.count !== count) lastDay = { count, text: dayText(count) };
  return lastDay.text;
}

const twoDigits = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'));

function isoClock(millis: number): string {
  const seconds = Math.floor(millis / 1_000);
  const minutes = Math.floor(seconds / 60);
  const fraction = String(millis - seconds * 1_000).padStart(3, '0');
  return `${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}.${fraction}`;
}

/** The day counts (of the year -5,877,611, by overflow) that the connector gives PostgreSQL's infinite dates. */
const infiniteDays: Readonly<Record<string, string>> = {
  '-2147472693': 'infinity',
  '-2147472692': '-infinity',
};

/** No database has a day beyond; it also keeps the arithmetic exact. */
const daysMax = 400_000_000_000n;

/** Days since 1970-01-01 to an ISO date. */
export function dateOf(days: bigint): Read<string> {
  const infinite = infiniteDays[String(days)];
  if (infinite) return infinite;
  return days > daysMax || days < -daysMax
    ? new Unreadable('a date that no database can hold')
    : isoDay(Number(days));
}

/** Count of `unit` since midnight to `HH:mm:ss[.fff]`; MySQL's TIME goes below 0 and beyond 24 h and is kept so. */
export function timeOfDay(count: bigint, unit: TimeUnit): string {
  const { sign, seconds, digits } = partsOf(count, unit);
  const clock = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n];
  const rest = digits.replace(/(?:000)+$/, '');
  return `${sign}${clock.map(part => String(part).padStart(2, '0')).join(':')}${rest && `.${rest}`}`;
}

/** The ISO duration of so many units; Debezium's numeric intervals are approximate (a month is 30.4375 days). */
export function durationOf(count: bigint, unit: TimeUnit): string {
  const { sign, seconds, digits } = partsOf(count, unit);
  const rest = digits.replace(/0+$/, '');
  return `PT${sign}${seconds}${rest && `.${rest}`}S`;
}

function partsOf(count: bigint, unit: TimeUnit) {
  const nanos = count * BigInt(nanosPer[unit]);
  const absolute = nanos < 0n ? -nanos : nanos;
  return {
    sign: nanos < 0n ? '-' : '',
    seconds: absolute / 1_000_000_000n,
    digits: String(absolute % 1_000_000_000n).padStart(9, '0'),
  };
}
