import pc from 'picocolors';
import type { CloudDescription } from '#local/cloud-description.ts';
import { outcomes } from '#shared/core/outcome/tally.ts';
import type { DemoProps, DemoRun } from '../kind-demo.ts';
import { FeedCloud } from './feed-cloud.ts';
import { type FeedLine, feedTable } from './feed-table.ts';
import { runFeeds } from './run-feeds.ts';

/** Puts the samples of every feed on its stream. */
export async function demonstrateFeeds({ cloud, tick }: DemoProps): Promise<DemoRun | undefined> {
  const { description } = cloud;
  if (description.feeds.length === 0) return undefined;
  const feedCloud = new FeedCloud(description, cloud);
  let settled = 0;
  try {
    const { lines, differences } = await runFeeds(feedCloud, now => {
      for (; settled < settledOf(now); settled++) tick();
    });
    return {
      count: lines.reduce((sum, { tally }) => sum + (tally?.received ?? 0), 0),
      unit: 'changes',
      ends: endsOf(lines),
      table: feedTable(lines),
      differences,
      notes: kafkaNotes(description),
      details: async () => showFeedSteps(description, lines),
    };
  } finally {
    feedCloud.stop();
  }
}

const settledOf = (lines: readonly FeedLine[]): number =>
  lines.filter(({ differences }) => differences !== undefined).length;

const endsOf = (lines: readonly FeedLine[]): Record<string, number> =>
  Object.fromEntries(
    outcomes.map(outcome => [outcome, lines.reduce((sum, { tally }) => sum + (tally?.[outcome] ?? 0), 0)]),
  );

const kafkaNotes = ({ feeds }: CloudDescription): string[] =>
  feeds
    .filter(({ kind }) => kind === 'kafka')
    .map(
      ({ id }) => `${id} reads Kafka, which the local cloud does not have: \`npm test\` runs its samples.`,
    );

/** How to put a change on a stream by hand, as lines that work as printed. */
function showFeedSteps(
  { endpoints, credentials, region }: CloudDescription,
  lines: readonly FeedLine[],
): string {
  const line = lines.find(({ feed, sample }) => feed.kind === 'kinesis' && isObject(sample.records[0]?.data));
  if (!line) return '';
  const { feed, sample } = line;
  const file = `integrations/${feed.id}/samples/${sample.name}/records.jsonl`;
  const key = (sample.records[0]?.partitionKey ?? 'default').replaceAll("'", "'\\''");
  return [
    pc.bold('Put a change on a stream'),
    `  export AWS_ACCESS_KEY_ID=${credentials.accessKeyId} AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey} AWS_DEFAULT_REGION=${region}`,
    `  head -1 ${file} | node -pe 'JSON.stringify(JSON.parse(require("fs").readFileSync(0)).data)' | \\`,
    `    aws --endpoint-url ${endpoints.kinesis} kinesis put-record --stream-name ${feed.stream} --partition-key '${key}' --data fileb:///dev/stdin`,
  ].join('\n');
}

const isObject = (data: unknown): boolean => typeof data === 'object' && data !== null && !('base64' in data);
