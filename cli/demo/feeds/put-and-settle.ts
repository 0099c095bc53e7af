import { setTimeout as sleep } from 'node:timers/promises';
import type { FeedDescription } from '#local/cloud-description.ts';
import { outcomes } from '#shared/core/outcome/tally.ts';
import { Unsettled } from '../tell-problem.ts';
import type { FeedFound } from './check-feed-sample.ts';
import type { FeedCloud, FeedTally } from './feed-cloud.ts';
import type { FeedSample } from './feed-samples.ts';

const pollMilliseconds = 100;
const patienceSeconds = 60;

type Put = Pick<FeedSample, 'name' | 'records'>;

/** Puts records on the feed's stream, and gives what became of them. @throws Unsettled after `patienceSeconds`. */
export async function putAndSettle(
  cloud: FeedCloud,
  feed: FeedDescription,
  put: Put,
): Promise<FeedFound & { readonly milliseconds: number }> {
  const { before, found } = await watchFeed(cloud, feed);
  const begun = Date.now();
  await cloud.put(feed, put.records);
  const tally = await settled(cloud, { feed, put, before });
  return { ...(await found(tally)), milliseconds: Date.now() - begun };
}

/** The books of a feed so far, and what gives the events and quarantined changes that came since. */
export async function watchFeed(cloud: FeedCloud, feed: FeedDescription) {
  const before = await cloud.tally(feed);
  const events = (await cloud.events(feed)).length;
  const quarantined = (await cloud.quarantined(feed)).length;
  const found = async (tally: FeedTally): Promise<FeedFound> => ({
    tally,
    events: (await cloud.events(feed)).slice(events),
    quarantined: (await cloud.quarantined(feed)).slice(quarantined),
  });
  return { before, found };
}

interface Wait {
  readonly feed: FeedDescription;
  readonly put: Put;
  readonly before: FeedTally;
}

/** The books of the records, once all have an outcome. */
async function settled(cloud: FeedCloud, { feed, put: { name, records }, before }: Wait): Promise<FeedTally> {
  for (let waited = 0; waited < patienceSeconds * 1000; waited += pollMilliseconds) {
    const now = await cloud.tally(feed);
    if (now.received - before.received >= records.length) return since(now, before);
    await sleep(pollMilliseconds);
  }
  throw new Unsettled(
    `${feed.id}/${name} was not settled within ${patienceSeconds} seconds; see .local/logs`,
  );
}

const since = (now: FeedTally, before: FeedTally): FeedTally =>
  Object.fromEntries(
    (['received', ...outcomes] as const).map(name => [name, now[name] - before[name]]),
  ) as FeedTally;
