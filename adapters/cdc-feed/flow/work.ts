import type { Invocation } from '#shared/ports.ts';
import type { CdcFeed } from '../contract/cdc-feed.ts';
import type { Examine } from '../core/feed/examine.ts';
import type { CdcFeedPorts } from '../ports.ts';

/** What every step of a batch's way works with. */
export interface Work {
  readonly feed: CdcFeed;
  readonly ports: CdcFeedPorts;
  readonly examine: Examine;
  readonly invocation: Pick<Invocation, 'remainingMilliseconds'>;
}
