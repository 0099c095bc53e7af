import type { IdDigest } from '../identity/id-digest.ts';
import type { AuditDetails } from './audit-fact.ts';

/** What a record of the trail says of the events that the bus accepted. The auditor of the bus reads it: see decision 85. */
export const publishedDetails = ({ count, sum }: IdDigest): AuditDetails => ({ events: count, ids: sum });

/** Undefined for a record without them: nothing was published, or an older release wrote it. */
export function publishedIn({ events, ids }: AuditDetails): IdDigest | undefined {
  return typeof events === 'number' && typeof ids === 'string' ? { count: events, sum: ids } : undefined;
}
