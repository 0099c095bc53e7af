import { setTimeout as sleep } from 'node:timers/promises';
import type { ReconciliationRun } from '#operate/core/shapes/reconciliation.ts';
import { wrapped } from '../wrap.ts';
import type { Command } from './command.ts';
import { Failure } from './failure.ts';
import type { OperatorApi } from './operator-api.ts';

const pollMilliseconds = 1_000;
/** A run takes seconds, and may begin behind another. */
const pollsMax = 120;

export const reconcile: Command = {
  summary: 'Compare the books with what is there, and heal what is safe',
  takes: [],
  options: { last: { meaning: 'show the last run, and begin none' } },
  identity: 'operator',
  examples: ['npm run edge -- reconcile', 'npm run edge -- reconcile --last'],
  async run(api, { options }) {
    const run = options.last === undefined ? await runNow(api) : await lastRun(api);
    if (!run) return { json: null, text: 'The reconciler has not run yet.' };
    return { json: run, text: linesOf(run).join('\n'), needsAttention: run.needsPeople > 0 };
  },
};

async function runNow(api: OperatorApi): Promise<ReconciliationRun> {
  const { requestedAt } = await api.ask('startReconciliation', {});
  for (let polls = 0; polls < pollsMax; polls++) {
    const run = await lastRun(api);
    if (run && run.startedAt >= requestedAt) return run;
    await sleep(pollMilliseconds);
  }
  throw new Failure(
    'The reconciler did not end in two minutes. See it later with: npm run edge -- reconcile --last',
    3,
  );
}

const lastRun = async (api: OperatorApi): Promise<ReconciliationRun | null> =>
  (await api.ask('readReconciliation', {})).last;

function linesOf({ startedAt, results, healed, failed, findings }: ReconciliationRun): string[] {
  return [
    `Run of ${startedAt}`,
    '',
    `compared     ${counted(results) || 'nothing was left to compare'}`,
    `healed       ${counted(healed) || 'nothing'}`,
    ...(failed.length > 0 ? [`not to the end: ${failed.join(', ')}`] : []),
    ...findings.flatMap(({ about, result, detail, needsPeople }) => [
      '',
      `${about}: ${result}${needsPeople ? ', look at it' : ''}`,
      ...wrapped(detail, '  '),
    ]),
  ];
}

const names: Readonly<Record<string, string>> = {
  resumed: 'work goes on',
  acknowledged: 'answers written again',
  notified: 'files notified again',
  removedParts: 'orphaned parts removed',
  removedLetters: 'dead letters of settled files removed',
  claims: 'claims of contents set right',
};

const counted = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${names[name] ?? name}`)
    .join(', ');
