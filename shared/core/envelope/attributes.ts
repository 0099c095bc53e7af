import type { Trail } from './envelope.ts';

/** An envelope with further attributes, none of which it has already. */
export function withAttributes(envelope: string, given: Readonly<Record<string, string>>): string {
  let members = '{';
  for (const name in given) members += `"${name}":${JSON.stringify(given[name])},`;
  return members + envelope.slice(1);
}

/** A trail as the attributes of one event. */
export const trailAttributes = (trail: Trail) => ({
  correlationid: trail.correlationId,
  causationid: trail.causationId,
  traceparent: trail.traceparent,
  processkey: trail.processKey,
  ingestedat: trail.ingestedAt,
});
