import type { FeedPlace } from './feed-place.ts';
import type { Lease } from './lease.ts';

/** One call of the command, with what it works on. */
export interface Session {
  readonly feed: string;
  readonly place: FeedPlace;
  /** The right to deliver; undefined: it is only shown what would be. */
  readonly lease: Lease | undefined;
  /** Given when an operator asks to end. */
  readonly signal: AbortSignal;
}

/** Said at the end of a call that could go on. */
export const closing = {
  preview: 'Nothing was changed. Deliver them with --go.',
  some: 'Some stay. Mend what stopped them, then call again: event ids stay the same.',
} as const;
