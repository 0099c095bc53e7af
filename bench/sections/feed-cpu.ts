import { itemAt } from '#shared/contract/item-at.ts';
import { type FormName, forms } from '../feed/records.ts';
import { micros, printTable, times, verdict } from '../print.ts';
import { interleaved, median, runSubject } from '../run-subject.ts';
import type { FeedCpu } from '../subjects/feed.ts';

const rounds = 3;
const ratioMax = 3;

/** CPU a change, from the record's bytes to the serialised event, against JSON.parse alone on the same bytes. */
export async function feedCpu(): Promise<void> {
  const names = Object.keys(forms) as FormName[];
  const found = await interleaved(
    rounds,
    names.map(name => () => runSubject<FeedCpu>('feed', name)),
  );
  printTable(
    `CPU a change, decode + map + envelope + serialise against JSON.parse alone (fresh processes, ${rounds} rounds in turn, medians)`,
    ['record', 'bytes', 'JSON.parse', 'read', 'decode', 'whole', 'a second', 'ratio', 'target'],
    names.map((name, i) => rowOf(name, itemAt(found, i, 'case'))),
  );
}

function rowOf(title: string, runs: readonly FeedCpu[]): string[] {
  const of = (step: keyof FeedCpu) => median(runs.map(run => run[step]));
  const ratio = median(runs.map(({ whole, parse }) => whole / parse));
  return [
    title,
    of('bytes').toFixed(0),
    ...(['parse', 'read', 'decode', 'whole'] as const).map(step => micros(of(step))),
    (1_000_000 / of('whole')).toFixed(0),
    times(ratio),
    verdict(ratio <= ratioMax, `at most ${ratioMax} x`),
  ];
}
