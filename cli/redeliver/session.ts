import type { FeedPlace } from './feed-place.ts';
import type { Lease } from './lease.ts';

/** One run of the command. */
export interface Session {
  readonly feed: string;
  readonly place: FeedPlace;
  /** The right to deliver; undefined in a preview, which changes nothing. */
  readonly lease: Lease | undefined;
  /** Aborted when an operator interrupts the command. */
  readonly signal: AbortSignal;
}

/** Last lines of the output, where there is more to do. */
export const closing = {
  preview: 'Nothing was changed. Add --go to redeliver them.',
  some: 'Some stay. Fix what stopped them, then run the command again: event ids stay the same.',
} as const;
