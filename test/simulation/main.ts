import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { type Campaign, type Failure, runCampaign, type Subject } from './shared/campaign.ts';
import { run } from './shared/run.ts';
import { subjects } from './subjects.ts';

// Simulated failures are thrown by the thousand.
Error.stackTraceLimit = 0;

const { values } = parseArgs({
  options: {
    adapter: { type: 'string' },
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
  },
});

/** Marks are demanded of campaigns that are long enough to reach them. */
const seedsForMarks = 1_000;

const chosen = subjects.filter(({ name }) => values.adapter === undefined || values.adapter === name);
if (chosen.length === 0)
  throw new Error(
    `--adapter is one of ${subjects.map(({ name }) => name).join(', ')}, not ${values.adapter}`,
  );

let failed = false;
for (const subject of chosen) failed = (await simulate(subject)) || failed;
process.exitCode = failed ? 1 : 0;

/** Whether it failed. */
async function simulate(subject: Subject): Promise<boolean> {
  if (values.seed !== undefined && values.only !== undefined)
    return replay(subject, values.seed, values.only);
  const seeds = values.seed !== undefined ? [values.seed] : freshSeeds();
  const campaign = await runCampaign(subject, {
    seeds,
    twiceEvery: values.seed === undefined ? 50 : 1,
    failuresMax: 3,
    onProgress: (done, failures) => showProgress(subject.name, { done, of: seeds.length, failures }),
  });
  process.stderr.write('\n');
  for (const failure of campaign.failures) print(subject, failure);
  return reportMarks(subject, campaign, seeds.length) || campaign.failures.length > 0;
}

function freshSeeds(): string[] {
  const from = values.from ? Number(values.from) : Date.now() % 1_000_000_000;
  return Array.from({ length: Number(values.seeds) }, (_, i) => String(from + i));
}

/** Runs a seed with some of its faults alone. */
async function replay(subject: Subject, seed: string, only: string): Promise<boolean> {
  const { injected } = await run(subject.make({ seed }));
  const numbers = only === '' ? [] : only.split(',').map(Number);
  const faults = injected.filter((_, n) => numbers.includes(n));
  const { problems } = await run(subject.make({ seed, only: faults }));
  print(subject, { seed, problems, faults, numbers });
  return problems.length > 0;
}

function showProgress(
  name: string,
  { done, of, failures }: { readonly done: number; readonly of: number; readonly failures: number },
): void {
  const width = 30;
  const filled = Math.floor((width * done) / of);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
  if (process.stderr.isTTY || done === of)
    process.stderr.write(`\r${name} ${bar} ${done} of ${of} seeds, ${failures} failed`);
}

function print({ name }: Subject, { seed, problems, faults, numbers }: Failure): void {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  say(`\n${name}, seed ${seed}, commit ${commit}: ${problems.length === 0 ? 'nothing is wrong' : 'FAILED'}`);
  if (problems.length === 0) return;
  for (const problem of problems.slice(0, 20)) say(`  ${problem}`);
  say(`  ${faults.length} faults are enough:`);
  for (const { at, kind } of faults) say(`    ${at}: ${kind}`);
  say(`  npm run simulate -- --adapter ${name} --seed ${seed} --only ${numbers.join(',') || '""'}`);
}

/** Whether a mark was never reached. */
function reportMarks({ name }: Subject, { marks }: Campaign, seeds: number): boolean {
  if (values.seed !== undefined) return false;
  say(`${name}: seeds that reached each mark`);
  for (const [mark, times] of marks) say(`  ${String(times).padStart(6)}  ${mark}`);
  const missing = [...marks].filter(([, times]) => times === 0).map(([mark]) => mark);
  if (missing.length === 0 || seeds < seedsForMarks) return false;
  say(`  never reached: ${missing.join(', ')}`);
  return true;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
