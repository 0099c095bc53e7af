import type { ColumnType } from '../../contract/cdc-source.ts';
import { yearText } from './day-count.ts';
import type { JsonObject } from './lossless-json.ts';
import { bigIntFrom } from './scalar.ts';
import { timeOfDay } from './time-count.ts';
import { canonicalDate, canonicalInstant, canonicalTime } from './time-text.ts';
import { type Read, Unreadable } from './unreadable.ts';

type TimeKind = Extract<ColumnType['kind'], 'date' | 'time' | 'timestamp' | 'interval'>;

/**
 * Debezium's `io.debezium.time.Structured*`: a time in its parts, of which those missing or null are zero. The parts must be those
 * of its kind: else all of them would be missing, and zero. MySQL's TIME comes as a duration.
 */
export function readStructured(kind: TimeKind, raw: JsonObject): Read<string | null> {
  const special = raw.specialValue;
  if (typeof special === 'string') return infinities.get(special) ?? unknown;
  const parts = partsOf(raw);
  if (parts instanceof Unreadable) return parts;
  const isElapsed = kind === 'time' && isTold(raw, ofDuration);
  if (!isElapsed && !isTold(raw, ofKind[kind])) return new Unreadable(`not a ${kind} in its parts`);
  switch (kind) {
    case 'date':
      return canonicalDate(dateIn(parts));
    case 'time':
      return isElapsed ? elapsedIn(parts) : canonicalTime(clockIn(parts) + offsetIn(parts, raw));
    case 'timestamp':
      return canonicalInstant(`${dateIn(parts)}T${clockIn(parts)}${offsetIn(parts, raw) || 'Z'}`);
    case 'interval':
      return durationIn(parts);
  }
}

const unknown = new Unreadable('a special time that is not known');

const infinities: ReadonlyMap<string, string> = new Map([
  ['POSITIVE_INFINITY', 'infinity'],
  ['NEGATIVE_INFINITY', '-infinity'],
]);

const names = [
  ...['year', 'month', 'day', 'hour', 'minute', 'second', 'offsetSeconds'],
  ...['years', 'months', 'days', 'hours', 'minutes', 'seconds', 'picoseconds', 'nanos'],
] as const;
type Part = (typeof names)[number];
type Parts = Readonly<Record<Part, bigint>>;

const ofDuration: readonly Part[] = ['years', 'months', 'days', 'hours', 'minutes', 'seconds'];
const ofKind: Readonly<Record<TimeKind, readonly Part[]>> = {
  date: ['year'],
  time: ['hour'],
  timestamp: ['year'],
  interval: ofDuration,
};

const isTold = (raw: JsonObject, parts: readonly Part[]): boolean =>
  parts.some(name => Object.hasOwn(raw, name) && raw[name] !== null);

function partsOf(raw: JsonObject): Read<Parts> {
  const parts: Partial<Record<Part, bigint>> = {};
  for (const name of names) {
    const part = Object.hasOwn(raw, name) ? (raw[name] ?? null) : null;
    const value = part === null ? 0n : bigIntFrom(part);
    if (value instanceof Unreadable) return value;
    parts[name] = value;
  }
  return parts as Parts;
}

const digits = (value: bigint, width: number): string =>
  `${value < 0n ? '-' : ''}${String(value < 0n ? -value : value).padStart(width, '0')}`;

const dateIn = ({ year, month, day }: Parts): string =>
  `${yearText(Number(year))}-${digits(month, 2)}-${digits(day, 2)}`;

/** Twelve digits where picoseconds are told: more than nine that are not zero are refused, not cut. */
const clockIn = (parts: Parts): string =>
  `${digits(parts.hour, 2)}:${digits(parts.minute, 2)}:${digits(parts.second, 2)}${fractionIn(parts)}`;

const fractionIn = ({ picoseconds, nanos }: Parts): string => {
  const fraction = digits(picoseconds + nanos * 1_000n, 12).replace(/0+$/, '');
  return fraction && `.${fraction}`;
};

/** Offsets have no seconds, in any zone since 1972. */
function offsetIn({ offsetSeconds }: Parts, raw: JsonObject): string {
  if (raw.offsetSeconds === undefined || raw.offsetSeconds === null) return '';
  const absolute = offsetSeconds < 0n ? -offsetSeconds : offsetSeconds;
  const clock = `${digits(absolute / 3_600n, 2)}:${digits((absolute / 60n) % 60n, 2)}`;
  const rest = absolute % 60n;
  return `${offsetSeconds < 0n ? '-' : '+'}${clock}${rest === 0n ? '' : `:${digits(rest, 2)}`}`;
}

/** A clock that may go below 0 and beyond 24 h, as MySQL's TIME does; such a time has no days. */
function elapsedIn(parts: Parts): Read<string> {
  if (parts.years !== 0n || parts.months !== 0n || parts.days !== 0n)
    return new Unreadable('a duration in days, not a time');
  const picos = picosIn(parts) + (parts.hours * 60n + parts.minutes) * 60n * picosPerSecond;
  return picos % 1_000n === 0n
    ? timeOfDay(picos / 1_000n, 'nanos')
    : new Unreadable('a fraction of a second of more than nine digits');
}

const picosPerSecond = 1_000_000_000_000n;

const picosIn = ({ seconds, picoseconds, nanos }: Parts): bigint =>
  seconds * picosPerSecond + picoseconds + nanos * 1_000n;

/** ISO 8601, with a sign at each part. */
function durationIn(parts: Parts): string {
  const whole = picosIn(parts);
  const absolute = whole < 0n ? -whole : whole;
  const fraction = digits(absolute % picosPerSecond, 12).replace(/0+$/, '');
  const seconds = `${whole < 0n ? '-' : ''}${absolute / picosPerSecond}${fraction && `.${fraction}`}`;
  const days = `${unit(parts.years, 'Y')}${unit(parts.months, 'M')}${unit(parts.days, 'D')}`;
  const clock = `${unit(parts.hours, 'H')}${unit(parts.minutes, 'M')}${whole === 0n ? '' : `${seconds}S`}`;
  return days || clock ? `P${days}${clock && `T${clock}`}` : 'PT0S';
}

const unit = (value: bigint, letter: string): string => (value === 0n ? '' : `${value}${letter}`);
