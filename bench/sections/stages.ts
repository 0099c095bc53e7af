import { benchFile, megabytes } from '../files.ts';
import { micros, printTable } from '../print.ts';
import { runSubject } from '../run-subject.ts';
import type { Stage, Stages } from '../subjects/stages.ts';

/** Where the lane's CPU goes. */
export async function stages(): Promise<void> {
  const bytes = 25 * megabytes;
  const plain = await staged(await benchFile('plain-25', { bytes }));
  const quoted = await staged(await benchFile('quoted-25', { bytes, quotedOfTen: 7 }));
  const rows = Object.keys(plain).map(stage => [
    stage,
    micros(plain[stage as Stage]),
    micros(quoted[stage as Stage]),
  ]);
  printTable(
    'CPU a row by stage (one process each; the lane reads and scans twice)',
    ['stage', 'no quotes', '7 of 10 quoted'],
    rows,
  );
}

/** Making rows holds three stages that are measured alone, too: what is left are ids, hashes and envelopes. */
async function staged({ path }: { readonly path: string }): Promise<Record<Stage, number>> {
  const { rows, stages: sums } = await runSubject<Stages>('stages', path);
  const own = sums['ids, hashes, envelope'] - sums['read the fields'] - sums.map - sums['check the schema'];
  const cleaned = { ...sums, 'ids, hashes, envelope': own };
  return Object.fromEntries(Object.entries(cleaned).map(([stage, sum]) => [stage, sum / rows])) as Record<
    Stage,
    number
  >;
}
