import { Refusal as Unreadable } from '#shared/contract/field.ts';
import { instant } from '#shared/core/mapping/instant.ts';
import type { TimeFormat, TimestampRule } from '../../contract/webhook-scheme.ts';
import { type Refusal, refusal } from './refusal.ts';

/** The sender's clock in epoch milliseconds, read strictly: each time has one way to be written in its format. */
export function parseTimestamp(text: string, format: TimeFormat): number | Refusal {
  const time = readers[format](text);
  return time ?? refusal('MALFORMED_TIMESTAMP', `the timestamp is not ${inWords[format]}`);
}

const inWords: Readonly<Record<TimeFormat, string>> = {
  seconds: 'a positive whole number',
  milliseconds: 'a positive whole number',
  rfc3339: 'a time such as 2026-11-20T08:00:00Z',
  'http-date': 'a time such as Fri, 20 Nov 2026 08:00:00 GMT',
};

/** Only digits, no sign, no leading zero, exactly representable. */
const wholeNumber = (text: string): number | undefined =>
  /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;

const { read } = instant();

function rfc3339(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(text)) return undefined;
  const found = read(text);
  return found instanceof Unreadable ? undefined : Date.parse(found);
}

/** RFC 9110, IMF-fixdate, which is also how JavaScript writes a time. */
function httpDate(text: string): number | undefined {
  const time = Date.parse(text);
  return Number.isFinite(time) && new Date(time).toUTCString() === text ? time : undefined;
}

const readers: Readonly<Record<TimeFormat, (text: string) => number | undefined>> = {
  seconds: text => {
    const seconds = wholeNumber(text);
    return seconds === undefined ? undefined : seconds * 1000;
  },
  milliseconds: wholeNumber,
  rfc3339,
  'http-date': httpDate,
};

/**
 * Refuses a timestamp further than the tolerance from `receivedAt` (both epoch milliseconds), either way. Whole seconds are
 * compared where the sender counts seconds, as providers' own libraries do.
 */
export function checkFreshness(
  timestamp: number,
  { format, toleranceSeconds }: Pick<TimestampRule, 'format' | 'toleranceSeconds'>,
  receivedAt: number,
): Refusal | undefined {
  const [unit, scale] = format === 'milliseconds' ? ['milliseconds', 1] : ['seconds', 1000];
  const now = format === 'seconds' ? Math.floor(receivedAt / 1000) * 1000 : receivedAt;
  const tolerance = toleranceSeconds * 1000;
  const age = now - timestamp;
  if (Math.abs(age) <= tolerance) return undefined;
  const distance = `${Math.abs(age) / scale} ${unit}`;
  const allowed = `${tolerance / scale} are allowed${unitHint(timestamp, format)}`;
  return age > 0
    ? refusal('TIMESTAMP_TOO_OLD', `signed ${distance} before receipt; ${allowed}`)
    : refusal('TIMESTAMP_IN_FUTURE', `signed ${distance} after receipt; ${allowed}`);
}

/** 100 billion seconds are the year 5138, 100 billion milliseconds the year 1973. */
function unitHint(timestamp: number, format: TimeFormat): string {
  if (format === 'seconds' && timestamp > 1e14) return '; it looks like milliseconds';
  return format === 'milliseconds' && timestamp < 1e11 ? '; it looks like seconds' : '';
}
