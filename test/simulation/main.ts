import { parseArgs } from 'node:util';
import { type Failure, runCampaign, type Subject } from './shared/campaign.ts';
import { print, reportMarks, showProgress } from './shared/report.ts';
import { run } from './shared/run.ts';
import type { Share } from './shared/share.ts';
import { Workers } from './shared/workers.ts';
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

/** Of a worker at a time. The first of them is played twice. */
const seedsAShare = 50;
const failuresMax = 3;

const chosen = subjects.filter(({ name }) => values.adapter === undefined || values.adapter === name);
if (chosen.length === 0)
  throw new Error(
    `--adapter is one of ${subjects.map(({ name }) => name).join(', ')}, not ${values.adapter}`,
  );

process.exitCode = (await (values.seed === undefined ? simulate() : repeat(values.seed))) ? 1 : 0;

/** Plays fresh seeds on all cores. Whether something failed. */
async function simulate(): Promise<boolean> {
  const workers = await Workers.start();
  let failed = false;
  for (const subject of chosen) failed = (await playSeeds(workers, subject)) || failed;
  workers.stop();
  return failed;
}

async function playSeeds(workers: Workers, subject: Subject): Promise<boolean> {
  const seeds = freshSeeds();
  const failures: Failure[] = [];
  const marks = new Map(subject.marks.map(mark => [mark, 0]));
  const begun = Date.now();
  let done = 0;
  await workers.play(sharesOf(subject, seeds), {
    goesOn: () => failures.length < failuresMax,
    onDone: (share, played) => {
      done += share.seeds.length;
      failures.push(...played.failures);
      for (const [mark, times] of played.marks) marks.set(mark, (marks.get(mark) ?? 0) + times);
      showProgress(subject.name, { done, of: seeds.length, failures: failures.length, begun });
    },
  });
  process.stderr.write('\n');
  for (const failure of failures) print(subject, failure);
  return reportMarks(subject, { failures, marks }, seeds.length) || failures.length > 0;
}

function sharesOf({ name }: Subject, seeds: readonly string[]): Share[] {
  return Array.from({ length: Math.ceil(seeds.length / seedsAShare) }, (_, n) => ({
    subject: name,
    seeds: seeds.slice(n * seedsAShare, (n + 1) * seedsAShare),
    twiceEvery: seedsAShare,
    failuresMax,
  }));
}

/** Plays one seed twice, or with some of its faults alone. */
async function repeat(seed: string): Promise<boolean> {
  let failed = false;
  for (const subject of chosen) {
    if (values.only !== undefined) failed = (await replay(subject, seed, values.only)) || failed;
    else {
      const { failures } = await runCampaign(subject, { seeds: [seed], twiceEvery: 1, failuresMax });
      for (const failure of failures) print(subject, failure);
      if (failures.length === 0) print(subject, { seed, problems: [], faults: [], numbers: [] });
      failed ||= failures.length > 0;
    }
  }
  return failed;
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
