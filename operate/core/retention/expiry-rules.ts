import { rejectsPrefix, releasesPrefix } from '#adapters/webhook-fence/core/webhook/reject.ts';
import type { RegisteredIntegration } from './registered-integration.ts';

/** The buckets whose objects expire as contracts say. */
export const expiringBuckets = ['inbound', 'raw', 'rejects', 'quarantine'] as const;

export type ExpiringBucket = (typeof expiringBuckets)[number];

/** When objects below a prefix are deleted. */
export interface ExpiryRule {
  readonly id: string;
  readonly prefix: string;
  readonly days: number;
  /** How long after that, or after it was replaced, a version can still be read. */
  readonly restorableDays: number;
}

const restorableDays = 1;

/**
 * The rules that a bucket should have. A rule whose integration is gone stays, so that what it left expires as promised; S3 takes
 * 1,000 rules for a bucket.
 */
export function expiryRules(
  bucket: ExpiringBucket,
  integrations: readonly RegisteredIntegration[],
  present: readonly ExpiryRule[],
): readonly ExpiryRule[] {
  const wanted = integrations.flatMap(integration => ruleOf(bucket, integration));
  const left = present.filter(({ id }) => !wanted.some(rule => rule.id === id));
  return byId([...wanted, ...left]);
}

/** In the order in which they are compared. */
export const byId = (rules: readonly ExpiryRule[]): readonly ExpiryRule[] =>
  [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));

function ruleOf(
  bucket: ExpiringBucket,
  { id, retention: { days, folder, rejectsDays } }: RegisteredIntegration,
): readonly ExpiryRule[] {
  switch (bucket) {
    case 'inbound':
      // A partner may replace a file, and events point at the version they came from: it is kept as long as any other.
      return folder === undefined ? [] : [{ id, prefix: `${folder}/`, days, restorableDays: days }];
    case 'rejects':
      return rejectsDays === undefined
        ? []
        : [
            { id: `${id}-rejects`, prefix: rejectsPrefix(id), days: rejectsDays, restorableDays },
            { id: `${id}-releases`, prefix: releasesPrefix(id), days, restorableDays },
          ];
    default:
      return [{ id, prefix: `${id}/`, days, restorableDays }];
  }
}
