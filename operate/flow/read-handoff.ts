import type { Chunk, Handoff, Pass } from '#adapters/file-lane/core/outcome/handoff.ts';
import { addTallies } from '#shared/core/outcome/tally.ts';
import { adviceOn } from '../core/advice.ts';
import { handoffLine } from '../core/handoff-line.ts';
import { integrationOfKind } from '../core/known-integrations.ts';
import type { InputOf, OutputOf } from '../core/operations.ts';
import { invalid, notFound } from '../core/problem.ts';
import type { Work } from './work.ts';

const passes: readonly Pass[] = ['check', 'publish'];

export async function readHandoff(
  { integrations, ports }: Work,
  { id }: InputOf<'readHandoff'>,
): Promise<OutputOf<'readHandoff'>> {
  const [, integration] = /^([^.]+)\../.exec(id) ?? [];
  if (!integration)
    throw invalid(`"${id}" is not the id of a hand-off`, 'Write <integration>.<hash>, as lists show it.');
  const lane = integrationOfKind(integrations, integration, ['file-lane']);
  const handoff = await ports.ledger.find(id);
  if (!handoff)
    throw notFound(`the ledger does not know hand-off ${id}`, 'It may have expired. List hand-offs by name.');
  const { inspection, object } = handoff;
  const chunks = await Promise.all(passes.map(pass => ports.ledger.chunks(id, pass)));
  return {
    ...handoffLine(handoff, lane),
    key: object.key,
    bytes: inspection?.bytes ?? null,
    sha256: inspection?.sha256 ?? null,
    records: inspection?.records ?? null,
    ignoredColumns: [...(inspection?.ignoredColumns ?? [])],
    progress: passes.flatMap((pass, i) => progressOf(pass, chunks[i] ?? [])),
    quarantine: hasQuarantine(handoff, chunks.flat()) ? `${integration}/${id}/rows.jsonl` : null,
    stoppedAt: handoff.stoppedAt ?? null,
    reconciliation: handoff.reconciliation ?? null,
    advice: adviceOn(handoff),
  };
}

function progressOf(pass: Pass, chunks: readonly Chunk[]): OutputOf<'readHandoff'>['progress'] {
  if (chunks.length === 0) return [];
  return [
    {
      pass,
      chunks: chunks.length,
      done: chunks.filter(({ progress }) => progress.done).length,
      records: sum(chunks.map(({ records }) => records)),
      recordsDone: sum(chunks.map(({ progress, firstRecord }) => progress.nextRecord - firstRecord)),
      tally: addTallies(...chunks.map(({ progress }) => progress.tally)),
    },
  ];
}

/** The report is written when the hand-off is settled. */
const hasQuarantine = (handoff: Handoff, chunks: readonly Chunk[]): boolean =>
  'settledAt' in handoff && chunks.some(({ progress }) => progress.quarantineParts.length > 0);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
