import type { CdcFeed } from '../../shared/contract/define-cdc-feed.ts';
import type { Examine } from '../../shared/core/feed/examine.ts';
import type { CdcFeedPorts } from '../../shared/ports.ts';

/** What every step of a batch's way works with. */
export interface Work {
  readonly feed: CdcFeed;
  readonly ports: CdcFeedPorts;
  readonly examine: Examine;
  readonly invocation: { readonly remainingMilliseconds: () => number };
}
