import type { LookedAtReject, ReleaseOrder, ReleasePlace } from '../core/webhook/release-order.ts';
import type { ReleasedReject } from './release-tally.ts';

export interface ReleaseReport extends ReleaseOrder {
  readonly startedAt: string;
  /** Rejects looked at. */
  readonly seen: number;
  /** Counts by outcome, or by the reason why a reject was not released. In a preview, `verified` counts those that would be released. */
  readonly ends: Readonly<Record<string, number>>;
  /** The first released rejects; the audit record has all of them. */
  readonly released: readonly ReleasedReject[];
  /** The first rejects that were looked at, each with its end. */
  readonly looked: readonly LookedAtReject[];
  /** Undefined when all were looked at. */
  readonly next?: ReleasePlace | undefined;
  /** URI of the audit record of this release; a preview has none. */
  readonly audit?: string | undefined;
  /** Only in the audit record: an error stopped the release. Only the counted rejects were looked at. */
  readonly isIncomplete?: true;
}
