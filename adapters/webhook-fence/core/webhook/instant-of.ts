import { Refusal } from '#shared/contract/field.ts';
import { instant } from '#shared/core/mapping/instant.ts';

/** Epoch numbers above this are milliseconds: 100 billion seconds are the year 5138, 100 billion milliseconds the year 1973. */
const secondsMax = 1e11;
/** The years 1970 to 9999. */
const millisecondsMax = 253_402_300_799_999;

const { read } = instant();

/**
 * Epoch seconds, epoch milliseconds or ISO 8601 text with a zone, as ISO 8601 UTC. Undefined for anything else, and for a time
 * that does not exist in the calendar. A fraction of up to 9 digits is kept in every zone.
 */
export function instantOf(value: unknown): string | undefined {
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string') return undefined;
  if (/^\d{1,15}$/.test(value)) return fromEpoch(Number(value));
  const found = read(value);
  return found instanceof Refusal ? undefined : found;
}

function fromEpoch(value: number): string | undefined {
  const milliseconds = Math.trunc(value > secondsMax ? value : value * 1000);
  return milliseconds >= 0 && milliseconds <= millisecondsMax
    ? new Date(milliseconds).toISOString()
    : undefined;
}
