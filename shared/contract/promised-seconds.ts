import type { EventContract } from './define-event.ts';

/** The shortest SLA of an integration's events: seconds from arrival at the edge to the bus. */
export const promisedSeconds = (events: readonly EventContract[]): number =>
  Math.min(...events.map(event => event.sla.publishedWithinSeconds));
