import { setTimeout as sleep } from 'node:timers/promises';
import type { FeedDescription } from '#local/cloud-description.ts';
import { outcomes } from '#shared/core/outcome/tally.ts';
import { tellProblem, Unsettled } from '../tell-problem.ts';
import { type FeedFound, feedDifferences } from './check-feed-sample.ts';
import type { FeedCloud, FeedTally } from './feed-cloud.ts';
import { type FeedSample, feedSamplesOf } from './feed-samples.ts';
import type { FeedLine } from './feed-table.ts';
import { writable } from './table-writes.ts';

export interface FeedsRun {
  readonly lines: readonly FeedLine[];
  /** What did not come out as the samples say, samples that are missing or cannot be read, and what never settled. */
  readonly differences: readonly string[];
}

const pollMilliseconds = 100;
const patienceSeconds = 60;
const chaosPatienceSeconds = 300;

/**
 * Puts every feed's samples on its stream, feeds side by side, samples of a feed one after the other; `show` sees each change.
 * Feeds of Kafka are left out: nothing here would bring them their records.
 */
export async function runFeeds(
  cloud: FeedCloud,
  show: (lines: readonly FeedLine[]) => void,
): Promise<FeedsRun> {
  const lines: FeedLine[] = [];
  const problems: string[] = [];
  const runFeed = async (feed: FeedDescription) => {
    for (const sample of feedSamplesOf(feed.id)) {
      const possible = feed.kind === 'dynamodb' ? writable(sample, feed.stream) : sample;
      const line: FeedLine = { feed, sample: possible };
      lines.push(line);
      show(lines);
      await runSample(cloud, line);
      show(lines);
    }
  };
  const readFeed = (feed: FeedDescription) => tellProblem(runFeed(feed), problem => problems.push(problem));
  await Promise.all(cloud.feeds.filter(({ kind }) => kind !== 'kafka').map(readFeed));
  const differences = lines.flatMap(({ feed, sample, differences: found = [] }) =>
    found.map(difference => `${feed.id}/${sample.name}: ${difference}`),
  );
  return { lines, differences: [...problems, ...differences] };
}

async function runSample(cloud: FeedCloud, line: FeedLine): Promise<void> {
  const { feed, sample } = line;
  const before = {
    tally: await cloud.tally(feed),
    events: (await cloud.events(feed)).length,
    quarantined: (await cloud.quarantined(feed)).length,
  };
  const begun = Date.now();
  await cloud.put(feed, sample.records);
  const found = async (tally: FeedTally) => ({
    tally,
    events: (await cloud.events(feed)).slice(before.events),
    quarantined: (await cloud.quarantined(feed)).slice(before.quarantined),
  });
  if (cloud.hasChaos) await waitForSample(sample, found);
  line.tally = cloud.hasChaos ? sample.tally : await settled(cloud, line, before.tally);
  line.milliseconds = Date.now() - begun;
  line.differences = feedDifferences(sample, await found(line.tally));
}

/**
 * Under chaos the books of a feed are in no log line for sure: a function that was killed wrote none, and what was brought twice is in two. So
 * only what came of the changes is compared.
 */
async function waitForSample(
  sample: FeedSample,
  found: (tally: FeedTally) => Promise<FeedFound>,
): Promise<void> {
  for (let waited = 0; waited < chaosPatienceSeconds * 1000; waited += pollMilliseconds) {
    if (feedDifferences(sample, await found(sample.tally)).length === 0) return;
    await sleep(pollMilliseconds);
  }
}

/** The books of the sample's records, once all have an outcome. @throws Unsettled after `patienceSeconds`. */
async function settled(
  cloud: FeedCloud,
  { feed, sample: { name, records } }: FeedLine,
  before: FeedTally,
): Promise<FeedTally> {
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
