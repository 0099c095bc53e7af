/** When events were on the bus, measured against their promise. */
export interface Arrivals {
  /** ISO 8601 UTC: when each unit that was published arrived at the edge. */
  readonly arrivedAt: readonly string[];
  /** Epoch milliseconds. */
  readonly publishedAt: number;
  /** From arrival to the bus. */
  readonly promisedSeconds: number;
}

/** The fields of a log line that tell how long the slowest unit took, and how many took longer than promised. */
export function lagFields({ arrivedAt, publishedAt, promisedSeconds }: Arrivals): {
  readonly lagMilliseconds?: number;
  readonly late?: number;
} {
  if (arrivedAt.length === 0) return {};
  const lags = arrivedAt.map(at => Math.max(0, publishedAt - Date.parse(at)));
  const late = lags.filter(lag => lag > promisedSeconds * 1000).length;
  return { lagMilliseconds: lags.reduce((most, lag) => Math.max(most, lag), 0), ...(late > 0 && { late }) };
}
