import type { Tally } from '#shared/core/outcome/tally.ts';
import type { Awaited, HandoffFacts, HandoffState } from './handoff.ts';

/** Which hand-offs of one integration. */
export interface HandoffQuery {
  readonly integration: string;
  readonly state?: HandoffState | undefined;
  /** Only those that the reconciler has not compared since they were settled. */
  readonly isUnreconciled?: true | undefined;
  /** Objects whose keys begin so. They come in the order of their keys. */
  readonly keyPrefix?: string | undefined;
  /** ISO 8601 UTC: received at this time or later. */
  readonly from?: string | undefined;
  /** ISO 8601 UTC: received before this time. */
  readonly to?: string | undefined;
  /** Hand-offs looked at for one page. */
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: HandoffPlace | undefined;
}

/** Where a page ended: a hand-off, and what it is sorted by. */
export interface HandoffPlace {
  readonly id: string;
  readonly sortedBy: string;
}

/** A hand-off without its inspection, which may be long. */
export interface HandoffSummary extends HandoffFacts {
  readonly state: HandoffState;
  readonly settledAt?: string | undefined;
  readonly received?: number | undefined;
  readonly tally?: Tally | undefined;
  readonly duplicateOf?: string | undefined;
  readonly awaiting?: Awaited | undefined;
  /** Records that a trailer or manifest declares. */
  readonly declaredRecords?: number | undefined;
}

/** A page may hold fewer than its limit, or none, and still have a next. */
export interface HandoffPage {
  readonly handoffs: readonly HandoffSummary[];
  /** Undefined: there are no more. */
  readonly next: HandoffPlace | undefined;
}

/** The order that a query is answered in: keys upwards, times from the newest. */
export type HandoffOrder = 'key' | 'time';

export const orderOf = ({ keyPrefix }: Pick<HandoffQuery, 'keyPrefix'>): HandoffOrder =>
  keyPrefix === undefined ? 'time' : 'key';

export const sortedBy = ({ object, receivedAt }: HandoffSummary, order: HandoffOrder): string =>
  order === 'key' ? object.key : receivedAt;

/** Whether a hand-off is one of those that are asked for. */
export const isAskedFor = (
  { integration, state, object, receivedAt }: HandoffSummary,
  query: HandoffQuery,
): boolean =>
  integration === query.integration &&
  (query.state === undefined || state === query.state) &&
  object.key.startsWith(query.keyPrefix ?? '') &&
  receivedAt >= (query.from ?? '') &&
  (query.to === undefined || receivedAt < query.to);
