import type { ListingWindow } from '#adapters/webhook-fence/core/listing/listing-request.ts';
import { limits } from '#shared/contract/limits.ts';

/** What is known of earlier comparisons. Epoch milliseconds. */
interface Compared {
  readonly startedAt: number;
  readonly upTo: number;
  readonly open?: (ListingWindow & { readonly cursor: string }) | undefined;
}

export interface NextListing {
  readonly startedAt: number;
  readonly window: ListingWindow;
  /** Of a comparison that goes on. */
  readonly cursor?: string;
}

interface Now {
  readonly now: number;
  readonly isAsked: boolean;
  readonly graceMinutes?: number | undefined;
}

/**
 * What a provider is asked for next: the rest of what was begun, or once an hour what came since. Each comparison looks at the grace
 * before it again, because lists of providers may lag. Undefined: not yet.
 */
export function nextListing(
  before: Compared | undefined,
  { now, isAsked, graceMinutes = limits.listingGraceMinutes }: Now,
): NextListing | undefined {
  if (before?.open) {
    const { cursor, ...window } = before.open;
    return { startedAt: before.startedAt, window, cursor };
  }
  if (before && !isAsked && now - before.startedAt < 1_000 * limits.listingEverySeconds) return undefined;
  const grace = 60_000 * graceMinutes;
  const to = now - grace;
  const from = before ? before.upTo - grace : to - 1_000 * limits.listingFirstSeconds;
  return { startedAt: now, window: { from, to } };
}
