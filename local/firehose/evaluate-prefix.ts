/** A custom prefix that is not served. */
export class PrefixError extends Error {
  override readonly name = 'PrefixError';
}

const expression = /!\{(\w+):([^}]*)\}/g;

/**
 * The prefix of an object, in UTC. `timestamp` is when its oldest record came. Of Java's patterns, years to seconds are served.
 * Source: Firehose developer guide, custom prefixes for Amazon S3 objects.
 * @throws PrefixError
 */
export const evaluatePrefix = (prefix: string, oldest: Date): string =>
  prefix.replaceAll(expression, (whole, namespace: string, value: string) => {
    if (namespace === 'timestamp') return evaluatePattern(value, oldest);
    throw new PrefixError(`the expression ${whole} of a prefix is not served by the local cloud`);
  });

const parts: Readonly<Record<string, readonly [start: number, end: number]>> = {
  yyyy: [0, 4],
  MM: [5, 7],
  dd: [8, 10],
  HH: [11, 13],
  mm: [14, 16],
  ss: [17, 19],
};

function evaluatePattern(pattern: string, instant: Date): string {
  const text = instant.toISOString();
  return pattern.replaceAll(/[A-Za-z]+/g, letters => {
    const part = parts[letters];
    if (!part) throw new PrefixError(`the pattern "${letters}" of a prefix is not served by the local cloud`);
    return text.slice(...part);
  });
}
