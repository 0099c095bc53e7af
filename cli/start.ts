import { spawn } from 'node:child_process';
import { once } from 'node:events';
import logUpdate from 'log-update';
import pc from 'picocolors';
import { inertSummary } from '#local/inert-summary.ts';
import { startLocalCloud } from '#local/start-local-cloud.ts';
import { Cloud } from './demo/cloud.ts';
import { showFeedSteps, showFeeds } from './demo/feeds/show-feeds.ts';
import { type FileLine, outcomeTable } from './demo/outcome-table.ts';
import { runSamples } from './demo/run-samples.ts';
import { showFenceSteps, showFences } from './demo/show-fences.ts';
import { showNextSteps, showResults } from './demo/show-results.ts';

/** `npm start [-- --once]`: synthesises the app, brings it up locally, gives every integration its samples and shows what came of them. */

const endsAfterwards = process.argv.includes('--once');

console.log(
  `${pc.bold('Edge Adapters')}: files, webhooks and database changes in, canonical events out, and the books balance.\n`,
);
console.log('Synthesising and bundling the CDK app ...');
await run(process.execPath, ['--import', 'tsx', 'infra/app.ts']);
console.log('Bringing up a local cloud from its templates ...');
const problems: string[] = [];
const local = await startLocalCloud({
  assemblyDir: 'cdk.out',
  stateDir: '.local',
  report: problem => problems.push(problem),
});
console.log(pc.dim(`${cutLines(inertSummary(local.inert), process.stdout.columns || 160)}\n`));
const stop = async (code: number) => {
  await local.stop();
  process.exit(code);
};
process.once('SIGINT', () => void stop(0));
process.once('SIGTERM', () => void stop(0));

const cloud = new Cloud(local.description);
try {
  const { lines, differences } = await runSamples(cloud, process.stdout.isTTY ? live : () => {});
  if (process.stdout.isTTY) logUpdate.done();
  else console.log(outcomeTable(lines));
  const requests = await showFences(cloud);
  const feeds = await showFeeds(local.description);
  console.log(`\n${await showResults(cloud, lines)}\n`);
  const wrong = [...differences, ...requests.differences, ...feeds.differences, ...problems];
  console.log(
    verdict(
      `${lines.length} files, ${requests.lines.length} requests and ${feeds.lines.length} recordings of changes`,
      wrong,
    ),
  );
  if (endsAfterwards) await stop(wrong.length === 0 ? 0 : 1);
  console.log(
    `\n${showFenceSteps(cloud)}\n${showFeedSteps(local.description, feeds)}\n${showNextSteps(cloud)}`,
  );
} catch (error) {
  console.error(error);
  await stop(1);
}

function live(lines: readonly FileLine[]): void {
  logUpdate(outcomeTable(lines));
}

function cutLines(text: string, width: number): string {
  const cut = (line: string) => (line.length > width ? `${line.slice(0, width - 1)}…` : line);
  return text.split('\n').map(cut).join('\n');
}

function verdict(what: string, differences: readonly string[]): string {
  if (differences.length === 0) return pc.green(`All ${what} came out as their samples say.`);
  return [pc.red('Not as the samples say:'), ...differences.map(difference => `  ${difference}`)].join('\n');
}

/** Runs a step whose output is only of interest when it fails. */
async function run(command: string, args: readonly string[]): Promise<void> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  child.stdout.on('data', data => output.push(data));
  child.stderr.on('data', data => output.push(data));
  const [code] = await once(child, 'close');
  if (code === 0) return;
  process.stderr.write(Buffer.concat(output));
  throw new Error(`${args.at(-1)} ended with ${code}`);
}
