import { hash } from 'node:crypto';

/** A W3C `traceparent` that is the same for every retry of one hand-off, so that all its events lie in one trace. */
export function traceparentOf(handoffId: string): string {
  const digest = hash('sha256', handoffId, 'hex');
  return `00-${digest.slice(0, 32)}-${digest.slice(32, 48)}-01`;
}

/** The trace id of a valid `traceparent`. */
export const traceIdOf = (traceparent: string): string => traceparent.slice(3, 35);
