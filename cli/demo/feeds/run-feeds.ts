import { setTimeout as sleep } from 'node:timers/promises';
import type { FeedDescription } from '#local/cloud-description.ts';
import { outcomes } from '#shared/core/outcome/tally.ts';
import { tellProblem, Unsettled } from '../tell-problem.ts';
import { feedDifferences } from './check-feed-sample.ts';
import type { FeedCloud, FeedTally } from './feed-cloud.ts';
import { feedSamplesOf } from './feed-samples.ts';
import type { FeedLine } from './feed-table.ts';
import { writable } from './table-writes.ts';

export interface FeedsRun {
  readonly lines: readonly FeedLine[];
  /** What did not come out as the samples say, samples that are missing or cannot be read, and what never settled. */
  readonly differences: readonly string[];
}

const pollMilliseconds = 100;
const patienceSeconds = 60;

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
  line.tally = await settled(cloud, line, before.tally);
  line.milliseconds = Date.now() - begun;
  line.differences = feedDifferences(sample, {
    tally: line.tally,
    events: (await cloud.events(feed)).slice(before.events),
    quarantined: (await cloud.quarantined(feed)).slice(before.quarantined),
  });
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
