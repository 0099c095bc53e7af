import type { Kind } from '#shared/contract/kind.ts';
import { demonstrateFences } from './demonstrate-fences.ts';
import { demonstrateLanes } from './demonstrate-lanes.ts';
import { demonstrateFeeds } from './feeds/demonstrate-feeds.ts';
import type { KindDemo } from './kind-demo.ts';

/** The demonstration of each kind, in the order shown. */
export const kindDemos: Readonly<Record<Kind, KindDemo>> = {
  'file-lane': demonstrateLanes,
  'webhook-fence': demonstrateFences,
  'cdc-feed': demonstrateFeeds,
};
