import { itemAt } from '#shared/contract/item-at.ts';
import type { CaseName } from '../fence/requests.ts';
import { micros, printTable, times } from '../print.ts';
import { interleaved, median, runSubject } from '../run-subject.ts';
import type { FenceCpu } from '../subjects/fence.ts';

const rounds = 3;
const cases: Readonly<Record<CaseName, string>> = {
  'stripe-pretty': 'stripe-payments, indented',
  'stripe-compact': 'stripe-payments, compact',
  github: 'github-releases',
  fleet: 'fleet-shipments',
};

/** CPU a request of all of a fence's own work against its provider's library verifying alone. */
export async function fenceCpu(): Promise<void> {
  const names = Object.keys(cases) as CaseName[];
  const found = await interleaved(
    rounds,
    names.map(name => () => runSubject<FenceCpu>('fence', name)),
  );
  printTable(
    `CPU a request, own work against the provider’s library verifying alone (fresh processes, ${rounds} rounds in turn, medians)`,
    ['request', 'bytes', 'library', 'verify', 'JSON.parse', 'strict JSON', 'all own work', 'ratio'],
    names.map((name, i) => rowOf(cases[name], itemAt(found, i, 'case'))),
  );
}

function rowOf(title: string, runs: readonly FenceCpu[]): string[] {
  const of = (step: keyof FenceCpu) => median(runs.map(run => run[step]));
  const ratio = times(median(runs.map(({ whole, official }) => whole / official)));
  const figures = (['official', 'verify', 'parse', 'read', 'whole'] as const).map(step => micros(of(step)));
  return [title, String(itemAt(runs, 0, 'run').bytes), ...figures, ratio];
}
