import logUpdate from 'log-update';
import pc from 'picocolors';
import type { CloudDescription } from '../../../local/cloud-description.ts';
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
    return run;
  } finally {
    cloud.stop();
  }
}

/** How to put a change on a stream by hand, as lines that work as printed. */
export function showFeedSteps({ feeds, endpoints, credentials, region }: CloudDescription): string {
  const feed = feeds.find(({ kind }) => kind === 'kinesis');
  if (!feed) return '';
  const sample = `integrations/${feed.id}/samples/changes/records.jsonl`;
  return [
    pc.bold('Put a change on a stream'),
    `  export AWS_ACCESS_KEY_ID=${credentials.accessKeyId} AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey} AWS_DEFAULT_REGION=${region}`,
    `  head -1 ${sample} | node -pe 'JSON.stringify(JSON.parse(require("fs").readFileSync(0)).data)' | \\`,
    `    aws --endpoint-url ${endpoints.kinesis} kinesis put-record --stream-name ${feed.stream} --partition-key 1001 --data fileb:///dev/stdin`,
  ].join('\n');
}
