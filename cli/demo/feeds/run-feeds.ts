import type { FeedDescription } from '#local/cloud-description.ts';
import { tellProblem } from '../tell-problem.ts';
import { feedDifferences } from './check-feed-sample.ts';
import type { FeedCloud } from './feed-cloud.ts';
import { feedSamplesOf } from './feed-samples.ts';
import type { FeedLine } from './feed-table.ts';
import { putAndSettle } from './put-and-settle.ts';
import { putUnderChaos } from './put-under-chaos.ts';
import { writable } from './table-writes.ts';

export interface FeedsRun {
  readonly lines: readonly FeedLine[];
  /** What did not come out as the samples say, samples that are missing or cannot be read, and what never settled. */
  readonly differences: readonly string[];
}

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
  const put = cloud.hasChaos ? putUnderChaos : putAndSettle;
  const { milliseconds, ...found } = await put(cloud, feed, sample);
  line.tally = found.tally;
  line.milliseconds = milliseconds;
  line.differences = feedDifferences(sample, found);
}
