import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { Stage } from '../stage.ts';

/** What every part of a feed's stack needs. */
export interface FeedProps {
  readonly feed: CdcFeed;
  readonly stage: Stage;
}
