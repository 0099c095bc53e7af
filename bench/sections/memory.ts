import { benchFile, megabytes } from '../files.ts';
import { mib, printTable, verdict } from '../print.ts';
import { runSubject } from '../run-subject.ts';
import type { Measurement } from '../subjects/measured.ts';

const peakMax = 256 * 1_048_576;

/** Peak memory on a large file against a small one. */
export async function memory(small: number, large: number): Promise<void> {
  const rows: string[][] = [];
  for (const size of [small, large]) {
    const { root } = await benchFile(`plain-${size}`, { bytes: size * megabytes });
    const { rows: count, peakRssBytes } = await runSubject<Measurement>('lane', root);
    rows.push([
      `${size} MB`,
      String(count),
      mib(peakRssBytes),
      verdict(peakRssBytes < peakMax, `under ${mib(peakMax)}`),
    ]);
  }
  printTable(
    'Peak resident memory of the lane’s process, Node itself included',
    ['file', 'rows', 'peak', 'target'],
    rows,
  );
}
