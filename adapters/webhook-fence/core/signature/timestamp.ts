import type { TimestampRule } from '../../contract/webhook-scheme.ts';
import { type Refusal, refusal } from './refusal.ts';

/** The sender's clock, in the rule's unit: only digits, no sign, no leading zero, exactly representable. */
export function parseTimestamp(text: string): number | Refusal {
  return /^[1-9]\d{0,14}$/.test(text)
    ? Number(text)
    : refusal('MALFORMED_TIMESTAMP', 'the timestamp is not a positive whole number');
}

/**
 * Refuses a timestamp further than the tolerance from `receivedAt` (epoch milliseconds), either way. Whole seconds are
 * compared where the sender counts seconds, as providers' own libraries do.
 */
export function checkFreshness(
  timestamp: number,
  { unit, toleranceSeconds }: TimestampRule,
  receivedAt: number,
): Refusal | undefined {
  const [now, tolerance] =
    unit === 'seconds'
      ? [Math.floor(receivedAt / 1000), toleranceSeconds]
      : [receivedAt, toleranceSeconds * 1000];
  const age = now - timestamp;
  if (Math.abs(age) <= tolerance) return undefined;
  return age > 0
    ? refusal(
        'TIMESTAMP_TOO_OLD',
        `signed ${age} ${unit} before receipt; ${tolerance} are allowed${unitHint(timestamp, unit)}`,
      )
    : refusal(
        'TIMESTAMP_IN_FUTURE',
        `signed ${-age} ${unit} after receipt; ${tolerance} are allowed${unitHint(timestamp, unit)}`,
      );
}

/** 100 billion seconds are the year 5138, 100 billion milliseconds the year 1973. */
function unitHint(timestamp: number, unit: TimestampRule['unit']): string {
  if (unit === 'seconds' && timestamp > 1e11) return '; it looks like milliseconds';
  return unit === 'milliseconds' && timestamp < 1e11 ? '; it looks like seconds' : '';
}

export const epochMilliseconds = (timestamp: number, unit: TimestampRule['unit']): number =>
  unit === 'seconds' ? timestamp * 1000 : timestamp;
