import type { Trail } from './envelope.ts';

/** Attributes, none of them twice, as members of a JSON object that follow others. */
export function attributes(given: Readonly<Record<string, string>>): string {
  let members = '';
  for (const name in given) members += `,"${name}":${JSON.stringify(given[name])}`;
  return members;
}

/** A trail as the attributes of one event. */
export const trailAttributes = (trail: Trail): string =>
  attributes({
    correlationid: trail.correlationId,
    causationid: trail.causationId,
    traceparent: trail.traceparent,
    processkey: trail.processKey,
    ingestedat: trail.ingestedAt,
  });
