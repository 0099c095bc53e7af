import type { ReleaseOrder, ReleasePlace } from '../core/webhook/release-order.ts';
import type { Released } from './release-tally.ts';

export interface ReleaseReport extends ReleaseOrder {
  readonly startedAt: string;
  /** Rejects looked at. */
  readonly seen: number;
  /** How they ended, by outcome or by why not. In a preview `verified` are those that would be released. */
  readonly ends: Readonly<Record<string, number>>;
  /** The first of those released; the audit record has them all. */
  readonly released: readonly Released[];
  /** Undefined when all were looked at. */
  readonly next?: ReleasePlace | undefined;
  /** URI of the record of this release; none of a preview. */
  readonly audit?: string | undefined;
  /** In the record alone: an error ended the release, and only those counted were looked at. */
  readonly brokenOff?: true;
}
