import logUpdate from 'log-update';
import pc from 'picocolors';
import type { CloudDescription } from '#local/cloud-description.ts';
import { FeedCloud } from './feed-cloud.ts';
import { type FeedLine, feedTable } from './feed-table.ts';
import { type FeedsRun, runFeeds } from './run-feeds.ts';

/** Puts every feed's samples on its stream and prints what came of them; on a terminal, as it comes. */
export async function showFeeds(description: CloudDescription): Promise<FeedsRun> {
  const cloud = new FeedCloud(description);
  const live = (lines: readonly FeedLine[]) => logUpdate(feedTable(lines));
  try {
    const run = await runFeeds(cloud, process.stdout.isTTY ? live : () => {});
    if (process.stdout.isTTY) logUpdate.done();
    else console.log(feedTable(run.lines));
    for (const { id } of cloud.feeds.filter(({ kind }) => kind === 'kafka'))
      console.log(pc.yellow(`${id} reads Kafka, which is not here: its samples run in \`npm test\` alone.`));
    return run;
  } finally {
    cloud.stop();
  }
}

/** How to put a change on a stream by hand, as lines that work as printed. */
export function showFeedSteps(
  { endpoints, credentials, region }: CloudDescription,
  { lines }: FeedsRun,
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
