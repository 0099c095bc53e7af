import type { ColumnType } from '../../contract/cdc-source.ts';
import type { JsonObject } from './lossless-json.ts';
import { bigIntFrom } from './scalar.ts';
import { canonicalDate, canonicalInstant, canonicalTime } from './time-text.ts';
import { type Read, Unreadable } from './unreadable.ts';

type TimeKind = Extract<ColumnType['kind'], 'date' | 'time' | 'timestamp' | 'interval'>;

/** Debezium's `io.debezium.time.Structured*`: a time in its parts, of which those missing or null are zero. */
export function readStructured(kind: TimeKind, raw: JsonObject): Read<string | null> {
  const special = raw.specialValue;
  if (typeof special === 'string') return infinities.get(special) ?? unknown;
  const parts = partsOf(raw);
  if (parts instanceof Unreadable) return parts;
  switch (kind) {
    case 'date':
      return canonicalDate(dateIn(parts));
    case 'time':
      return canonicalTime(clockIn(parts) + offsetIn(parts, raw));
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
type Parts = Readonly<Record<(typeof names)[number], bigint>>;

function partsOf(raw: JsonObject): Read<Parts> {
  const parts: Partial<Record<(typeof names)[number], bigint>> = {};
  let told = 0;
  for (const name of names) {
    const part = Object.hasOwn(raw, name) ? (raw[name] ?? null) : null;
    const value = part === null ? 0n : bigIntFrom(part);
    if (value instanceof Unreadable) return value;
    if (part !== null) told++;
    parts[name] = value;
  }
  return told > 0 ? (parts as Parts) : new Unreadable('not a time in its parts');
}

const digits = (value: bigint, width: number): string =>
  `${value < 0n ? '-' : ''}${String(value < 0n ? -value : value).padStart(width, '0')}`;

const dateIn = ({ year, month, day }: Parts): string =>
  `${year > 9_999n ? '+' : ''}${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;

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

/** ISO 8601, with a sign at each part. */
function durationIn(parts: Parts): string {
  const whole = parts.seconds * 1_000_000_000_000n + parts.picoseconds + parts.nanos * 1_000n;
  const absolute = whole < 0n ? -whole : whole;
  const fraction = digits(absolute % 1_000_000_000_000n, 12).replace(/0+$/, '');
  const seconds = `${whole < 0n ? '-' : ''}${absolute / 1_000_000_000_000n}${fraction && `.${fraction}`}`;
  const days = `${unit(parts.years, 'Y')}${unit(parts.months, 'M')}${unit(parts.days, 'D')}`;
  const clock = `${unit(parts.hours, 'H')}${unit(parts.minutes, 'M')}${whole === 0n ? '' : `${seconds}S`}`;
  return days || clock ? `P${days}${clock && `T${clock}`}` : 'PT0S';
}

const unit = (value: bigint, letter: string): string => (value === 0n ? '' : `${value}${letter}`);
