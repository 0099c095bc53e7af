/** The sender's W3C `traceparent`, where it sent a valid one of version 00; of others nothing is known. */
export function traceparentFrom(header: string | undefined): string | undefined {
  const [, trace = '', span = ''] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(header ?? '') ?? [];
  return /[1-9a-f]/.test(trace) && /[1-9a-f]/.test(span) ? header : undefined;
}
