import { startAws } from '../aws-process.ts';
import { benchFile } from '../files.ts';
import { mib, micros, printTable, times } from '../print.ts';
import { keepBaseline, regressions } from '../rivals/baseline.ts';
import { aloneKey, type Contender, contenders } from '../rivals/contenders.ts';
import { type Figures, figuresOf } from '../rivals/figures.ts';
import type { CallsMeasurement } from '../rivals/subject.ts';
import { interleaved, median, runSubjectIn } from '../run-subject.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);

/** All that is measured, with all its calls, against its rivals in the same run. */
export const summary = (): Promise<void> =>
  measure(figures => {
    const worse = regressions(figures);
    console.log(
      [
        '',
        ...(worse.length > 0
          ? ['Worse than at the last release:', ...worse]
          : ['Nothing is worse than at the last release.']),
      ].join('\n'),
    );
  });

/** The same; the figures become those of the last release. */
export const baseline = (): Promise<void> => measure(keepBaseline);

async function measure(conclude: (figures: readonly Figures[]) => void): Promise<void> {
  const drops = contenders.map(contender => Array.from({ length: rounds }, () => argumentsOf(contender)));
  const files = await filesOf(drops.flat(2));
  const aws = await startAws({ ...files, [aloneKey]: (await benchFile('rows-2000', { rows: 2_000 })).path });
  try {
    const runs = await interleaved(
      rounds,
      contenders.map(({ subject }, n) => {
        const waiting = [...(drops[n] ?? [])];
        return () => runSubjectIn<CallsMeasurement>(aws.environment, subject, waiting.shift() ?? []);
      }),
    );
    const all = [];
    for (const [n, contender] of contenders.entries())
      all.push({ contender, runs: runs[n] ?? [], withoutCalls: await aloneOf(contender, aws.environment) });
    const figures = figuresOf(all);
    show(figures);
    conclude(figures);
  } finally {
    await aws.stop();
  }
}

async function aloneOf({ alone }: Contender, environment: Readonly<Record<string, string>>) {
  if (!alone) return undefined;
  const found: number[] = [];
  for (let round = 0; round < rounds; round++) found.push(await alone(environment));
  return median(found);
}

let drops = 0;

/** Each run has files of its own. */
function argumentsOf({ of, warmUp, measured, more = [] }: Contender): readonly string[] {
  const args = [warmUp, measured].map(count =>
    of === 'rows' ? `acme/in/orders_${++drops}-${count}.csv` : String(count),
  );
  return [...args, ...more];
}

/** Files by the keys among the arguments. */
async function filesOf(args: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const files: Record<string, string> = {};
  for (const key of args) {
    const rows = Number(/-(\d+)\.csv$/.exec(key)?.[1]);
    if (rows > 0) files[key] = (await benchFile(`rows-${rows}`, { rows })).path;
  }
  return files;
}

function show(figures: readonly Figures[]): void {
  printTable(
    `With all calls to services in another process (fresh processes, ${rounds} rounds in turn, medians)`,
    [
      'subject',
      'CPU a unit',
      'without calls',
      'cheaper than its rivals',
      'calls for 1,000',
      'USD a million',
      'memory',
    ],
    figures.map(one => [
      one.name,
      micros(one.cpu),
      one.cpuWithoutCalls === undefined ? '' : micros(one.cpuWithoutCalls),
      Object.entries(one.ratios)
        .map(([rival, ratio]) => `${rival.slice(0, 3)} ${times(ratio)}`)
        .join('\n'),
      Object.entries(one.callsAThousand)
        .map(([call, count]) => `${count.toFixed(2)} ${call}`)
        .join('\n'),
      one.dollarsAMillion.toFixed(2),
      mib(one.peakRssBytes),
    ]),
  );
}
