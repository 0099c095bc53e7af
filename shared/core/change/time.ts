import type { TimeUnit } from '../../contract/cdc-source.ts';
import { type Read, Unreadable } from './unreadable.ts';

const nanosPer = { millis: 1_000_000n, micros: 1_000n, nanos: 1n } as const;
const millisMax = 8_640_000_000_000_000n;
const dayNanos = 86_400_000_000_000n;

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
export function instantOf(count: bigint, unit: TimeUnit): Read<string> {
  const infinite = infinities[`${unit}:${count}`];
  if (infinite) return infinite;
  const nanos = count * nanosPer[unit];
  const millis = floorDiv(nanos, 1_000_000n);
  if (millis > millisMax || millis < -millisMax) return new Unreadable('a time beyond what a date can hold');
  const iso = new Date(Number(millis)).toISOString();
  return `${iso.slice(0, -5)}.${fraction(floorMod(nanos, 1_000_000_000n), 3)}Z`;
}

/** The day counts (of the year -5,877,611, by overflow) that the connector gives PostgreSQL's infinite dates. */
const infiniteDays: Readonly<Record<string, string>> = {
  '-2147472693': 'infinity',
  '-2147472692': '-infinity',
};

/** Days since 1970-01-01 to an ISO date. */
export function dateOf(days: bigint): Read<string> {
  const infinite = infiniteDays[String(days)];
  if (infinite) return infinite;
  const millis = days * 86_400_000n;
  if (millis > millisMax || millis < -millisMax) return new Unreadable('a date beyond what a date can hold');
  return new Date(Number(millis)).toISOString().split('T')[0]!;
}

/** Count of `unit` since midnight to `HH:mm:ss[.fff]`; MySQL's TIME goes below 0 and beyond 24 h and is kept so. */
export function timeOfDay(count: bigint, unit: TimeUnit): string {
  const nanos = count * nanosPer[unit];
  const absolute = nanos < 0n ? -nanos : nanos;
  const seconds = absolute / 1_000_000_000n;
  const parts = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map(part =>
    String(part).padStart(2, '0'),
  );
  const rest = fraction(absolute % 1_000_000_000n, 0);
  return `${nanos < 0n ? '-' : ''}${parts.join(':')}${rest && `.${rest}`}`;
}

const isoTime = /^(-?)(\d{2,3}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

/** A written time; one with an offset is given in UTC and ends in `Z`. */
export function canonicalTime(text: string): Read<string> {
  const [whole, sign, hours, minutes, seconds = '0', digits = '', offset] = isoTime.exec(text) ?? [];
  if (!whole || Number(minutes) > 59 || Number(seconds) > 59) return new Unreadable('not a time');
  const nanos = nanosOf(Number(hours), Number(minutes), Number(seconds), digits) * (sign ? -1n : 1n);
  if (!offset) return timeOfDay(nanos, 'nanos');
  return `${timeOfDay(floorMod(nanos - offsetNanos(offset), dayNanos), 'nanos')}Z`;
}

const isoInstant =
  /^([+-]?\d{4,9})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?(?:\[[^\]]*\])?$/;

/** A written instant, `T` or blank between date and time, any offset (none means UTC), up to nine fraction digits. */
export function canonicalInstant(text: string): Read<string | null> {
  const infinite = infiniteText(text);
  if (infinite) return infinite;
  if (text.startsWith('0000-00-00')) return null;
  const [whole, year, month, day, hours = '0', minutes = '0', seconds = '0', digits = '', offset] =
    isoInstant.exec(text) ?? [];
  const midnight = whole ? midnightOf(Number(year), Number(month), Number(day)) : undefined;
  if (midnight === undefined || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59)
    return new Unreadable('not a timestamp, or an impossible one');
  const nanos = nanosOf(Number(hours), Number(minutes), Number(seconds), digits) - offsetNanos(offset ?? 'Z');
  return instantOf(BigInt(midnight) * 1_000_000n + nanos, 'nanos');
}

/** A written date; a trailing zone, as in `IsoDate`, and a midnight after it say nothing more. */
export function canonicalDate(text: string): Read<string | null> {
  const instant = canonicalInstant(text.replace(/(\d)(?:Z|[+-]\d{2}:\d{2})$/, '$1'));
  return typeof instant === 'string' && instant.includes('T') ? instant.split('T')[0]! : instant;
}

/** The ISO duration of so many units; Debezium's numeric intervals are approximate (a month is 30.4375 days). */
export function durationOf(count: bigint, unit: 'micros' | 'nanos'): string {
  const nanos = count * nanosPer[unit];
  const absolute = nanos < 0n ? -nanos : nanos;
  const rest = String(absolute % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `PT${nanos < 0n ? '-' : ''}${absolute / 1_000_000_000n}${rest && `.${rest}`}S`;
}

/** The years in which the JDBC driver's infinite instants fall, and PostgreSQL's own words. */
function infiniteText(text: string): string | undefined {
  if (text === 'infinity' || text.startsWith('+292278994-')) return 'infinity';
  if (text === '-infinity' || text.startsWith('-292275055-')) return '-infinity';
  return undefined;
}

function midnightOf(year: number, month: number, day: number): number | undefined {
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() : undefined;
}

const nanosOf = (hours: number, minutes: number, seconds: number, digits: string): bigint =>
  BigInt((hours * 60 + minutes) * 60 + seconds) * 1_000_000_000n + BigInt(digits.padEnd(9, '0'));

function offsetNanos(offset: string): bigint {
  if (offset === 'Z') return 0n;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3).replace(':', '') || 0);
  return BigInt(offset[0] === '-' ? -minutes : minutes) * 60_000_000_000n;
}

/** Nanoseconds of a second in groups of three digits: as few as hold the value, at least `least`. */
function fraction(nanos: bigint, least: 0 | 3): string {
  const digits = String(nanos)
    .padStart(9, '0')
    .replace(/(?:000)+$/, '');
  return digits.padEnd(least, '0');
}

const floorMod = (value: bigint, by: bigint): bigint => ((value % by) + by) % by;
const floorDiv = (value: bigint, by: bigint): bigint => (value - floorMod(value, by)) / by;
