import type { EventDigest } from '../batch/event-digest.ts';
import type { AuditDetails } from './audit-fact.ts';

/** What a record of the trail says of the events that the bus accepted. The auditor of the bus reads it: see decision 85. */
export const publishedDetails = ({ count, sum, content }: EventDigest): AuditDetails => ({
  ...{ events: count, ids: sum },
  ...(content !== undefined && { content }),
});

/** Undefined for a record without them: nothing was published, or an older release wrote it. */
export function publishedIn({ events, ids, content }: AuditDetails): EventDigest | undefined {
  if (typeof events !== 'number' || typeof ids !== 'string') return undefined;
  return { count: events, sum: ids, ...(typeof content === 'string' && { content }) };
}
