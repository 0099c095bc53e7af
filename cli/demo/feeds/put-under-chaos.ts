import { setTimeout as sleep } from 'node:timers/promises';
import type { FeedDescription } from '#local/cloud-description.ts';
import { type FeedFound, feedDifferences } from './check-feed-sample.ts';
import type { FeedCloud } from './feed-cloud.ts';
import type { FeedSample } from './feed-samples.ts';
import { watchFeed } from './put-and-settle.ts';

const pollMilliseconds = 100;
const patienceSeconds = 300;

/**
 * Puts a sample's records, and waits until what it says has come. Under chaos the books are in no log line for sure: a function that was
 * killed wrote none, and what was brought twice is in two. So only events and quarantined changes are compared.
 */
export async function putUnderChaos(
  cloud: FeedCloud,
  feed: FeedDescription,
  sample: FeedSample,
): Promise<FeedFound & { readonly milliseconds: number }> {
  const { found } = await watchFeed(cloud, feed);
  const begun = Date.now();
  await cloud.put(feed, sample.records);
  for (;;) {
    const now = await found(sample.tally);
    const milliseconds = Date.now() - begun;
    if (feedDifferences(sample, now).length === 0 || milliseconds > patienceSeconds * 1000)
      return { ...now, milliseconds };
    await sleep(pollMilliseconds);
  }
}
