import { type BenchFile, benchFile, megabytes } from '../files.ts';
import { micros, printTable, times, verdict } from '../print.ts';
import { interleaved, median, runSubject } from '../run-subject.ts';
import type { Measurement } from '../subjects/measured.ts';

const rounds = 3;
const ratioMax = 2;

/** CPU a row of the whole lane against csv-parse alone, on the same files. */
export async function cpu(): Promise<void> {
  const bytes = 25 * megabytes;
  const files = [
    { name: 'no quotes', file: await benchFile('plain-25', { bytes }) },
    { name: '7 of 10 lines quoted', file: await benchFile('quoted-25', { bytes, quotedOfTen: 7 }) },
  ];
  const rows: string[][] = [];
  for (const { name, file } of files) rows.push([name, ...(await compared(file))]);
  printTable(
    `CPU a row, whole lane against csv-parse with columns: true (fresh processes, ${rounds} rounds in turn, medians)`,
    ['file of 25 MB', 'csv-parse', 'lane', 'ratio', 'target'],
    rows,
  );
}

async function compared(file: BenchFile): Promise<string[]> {
  const [parsed = [], worked = []] = await interleaved(rounds, [
    () => runSubject<Measurement>('csv-parse', file.path),
    () => runSubject<Measurement>('lane', file.root),
  ]);
  const alone = median(parsed.map(perRow));
  const whole = median(worked.map(perRow));
  const ratio = whole / alone;
  return [micros(alone), micros(whole), times(ratio), verdict(ratio <= ratioMax, `at most ${ratioMax} x`)];
}

const perRow = ({ cpuMicroseconds, rows }: Measurement): number => cpuMicroseconds / rows;
