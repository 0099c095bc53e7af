import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { brokenInWords, type Contracts, loadSoundContracts } from '#infra/contracts.ts';
import { Chaos } from '#local/chaos/chaos.ts';
import { CloudFile } from '#local/cloud-file.ts';
import { inertSummary } from '#local/inert-summary.ts';
import { type LocalCloud, startLocalCloud } from '#local/start-local-cloud.ts';
import { localPlace } from './console/console-place.ts';
import { openConsole } from './console/open-console.ts';
import { type ConsumerRun, checkConsumer } from './demo/check-consumer.ts';
import { Cloud } from './demo/cloud.ts';
import type { DemoRun } from './demo/kind-demo.ts';
import { kindDemos } from './demo/kind-demos.ts';
import { type ShopOrder, shopifyApi } from './demo/shopify-api.ts';
import { chaosTable } from './start/chaos-table.ts';
import { readCall, type StartCall } from './start/read-call.ts';
import { redriveDeadLetters } from './start/redrive-dead-letters.ts';
import { showStep } from './start/step.ts';
import { keptLine, nextSteps, placesOf, summaryOf } from './start/summary.ts';
import { synthesise } from './start/synthesise.ts';
import { wrapped } from './wrap.ts';

/**
 * `npm start [-- <integration> …] [--once] [--verbose] [--keep]`: brings the app up on a local cloud, gives every integration its samples
 * and shows what came of them. `--once` ends then: with 1 when a sample came out differently. `--keep` goes on with the state of the last start,
 * without samples. `--chaos[=seed]` makes services fail and kills functions meanwhile.
 */
const stateDir = '.local';
/** What the simulated shop has; a file, so that one can add an order that was never delivered. */
const ordersFile = join(stateDir, 'shopify-orders.json');
const ordersOfShop = (): readonly ShopOrder[] =>
  existsSync(ordersFile) ? (JSON.parse(readFileSync(ordersFile, 'utf8')) as ShopOrder[]) : [];
let local: LocalCloud | undefined;
const stop = async (code: number) => {
  await local?.stop();
  process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(0));

try {
  await start(readCall(process.argv.slice(2)));
} catch (error) {
  const isVerbose = process.argv.includes('--verbose');
  console.error(error instanceof Error && !isVerbose ? error.message : error);
  await stop(1);
}

async function start(call: StartCall): Promise<void> {
  // Told before anything is built.
  await new CloudFile(stateDir).claim();
  console.log(`${pc.bold('Edge Adapters')}: files, webhooks and database changes become canonical events.\n`);
  const problems: string[] = [];
  const chaos = call.chaos === undefined ? undefined : new Chaos(call.chaos);
  const assemblyDir = await showStep('Templates and bundles', () => synthesise(stateDir));
  const report = (problem: string) => problems.push(problem);
  local = await showStep('Local cloud', () =>
    startLocalCloud({
      ...{ assemblyDir, stateDir, report, keep: { restore: call.keep }, outside: shopifyApi(ordersOfShop) },
      ...{ ...(call.only && { only: call.only }), ...(chaos && { chaos }) },
    }),
  );
  const cloud = new Cloud(local.description, { hasChaos: chaos !== undefined });
  const endRedrive = chaos && redriveDeadLetters(local.description);
  const { broken, ...contracts } = await loadSoundContracts();
  problems.push(...broken.map(one => `${brokenInWords(one)}; it is left out`));
  if (call.keep) console.log(keptLine(local.isRestored));
  const runs = local.isRestored ? [] : await demonstrate(cloud, contracts);
  const consumer = local.isRestored ? undefined : await consume(cloud);
  await endRedrive?.();
  const different = [...runs, ...(consumer ? [consumer] : [])].flatMap(one => one.differences);
  // Under chaos, what fails in the background is meant to.
  const wrong = [...different, ...(chaos ? [] : problems)];
  const logged = [inertSummary(local.inert), ...wrong, ...(chaos ? problems : [])];
  writeFileSync(join(stateDir, 'start.log'), `${logged.join('\n')}\n`);
  for (const { table, notes } of runs)
    console.log(['', table, ...notes.flatMap(note => wrapped(note))].join('\n'));
  if (call.verbose) for (const { details } of runs) console.log(`\n${await details()}`);
  if (chaos) console.log(`\n${chaosTable(chaos.done, chaos.seed)}`);
  if (!local.isRestored) console.log(`\n${summaryOf(runs, consumer, wrong)}`);
  else if (wrong.length > 0) console.log(`\n${wrong.join('\n')}`);
  if (call.once) return stop(wrong.length === 0 ? 0 : 1);
  const { address } = await openConsole(localPlace(local.description));
  console.log(placesOf(local.description, address));
  console.log(`\n${nextSteps(local.description)}`);
}

function consume(cloud: Cloud): Promise<ConsumerRun | undefined> {
  return showStep('Consumer', () => checkConsumer(cloud));
}

/** The kinds side by side. */
function demonstrate(cloud: Cloud, contracts: Contracts): Promise<readonly DemoRun[]> {
  return showStep('Samples', async tell => {
    let settled = 0;
    const tick = () => tell(`${++settled} settled`);
    const runs = await Promise.all(Object.values(kindDemos).map(run => run({ cloud, contracts, tick })));
    return runs.filter(run => run !== undefined);
  });
}
