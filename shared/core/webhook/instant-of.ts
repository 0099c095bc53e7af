/** Epoch numbers above this are milliseconds: 100 billion seconds are the year 5138, 100 billion milliseconds the year 1973. */
const secondsMax = 1e11;
/** The years 1970 to 9999. */
const millisecondsMax = 253_402_300_799_999;

/** Epoch seconds, epoch milliseconds or ISO 8601 text with a zone, as ISO 8601 UTC; undefined when it is none of them. */
export function instantOf(value: unknown): string | undefined {
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string') return undefined;
  if (/^\d{1,15}$/.test(value)) return fromEpoch(Number(value));
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/.test(value))
    return undefined;
  const milliseconds = Date.parse(value);
  if (Number.isNaN(milliseconds)) return undefined;
  // Finer fractions than a Date holds are kept where the text is in UTC already.
  return value.endsWith('Z') ? value : new Date(milliseconds).toISOString();
}

function fromEpoch(value: number): string | undefined {
  const milliseconds = Math.trunc(value > secondsMax ? value : value * 1000);
  return milliseconds >= 0 && milliseconds <= millisecondsMax
    ? new Date(milliseconds).toISOString()
    : undefined;
}
