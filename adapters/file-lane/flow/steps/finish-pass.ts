import { type Fault, fault } from '#shared/contract/fault.ts';
import { addTallies } from '#shared/core/outcome/tally.ts';
import { sameDecimal } from '../../core/file/control-totals.ts';
import { sumTotals } from '../../core/file/totals.ts';
import type { BegunHandoff, Chunk } from '../../core/outcome/handoff.ts';
import { addNotes, noNotes, notedInWords } from '../../core/outcome/notes.ts';
import { type At, ended, type Stage } from '../stage.ts';
import type { Work } from '../work.ts';

/**
 * A chunk is done. When all are, the file ends, or goes on to the publish pass. Every chunk's message comes here, even
 * one whose chunk was done before, so that a crash after the last checkpoint leaves nothing unsettled.
 */
export async function finishPass(work: Work, { handoff, pass }: At<'chunkDone'>): Promise<Stage> {
  const chunks = await work.ports.ledger.chunks(handoff.id, pass);
  const planned = handoff.inspection.chunks;
  if (chunks.length < planned.length || chunks.some(chunk => !chunk.progress.done)) return ended;
  const cut = chunks.find(chunk => chunk.progress.fault)?.progress.fault;
  const refusal = pass === 'check' ? (cut ?? refuseFile(work, handoff, chunks)) : cut;
  if (refusal) return { at: 'ending', handoff, ending: { pass, fault: refusal } };
  if (pass === 'publish') return { at: 'ending', handoff, ending: { pass } };
  await work.ports.ledger.beginPublishing(handoff.id, planned);
  return { at: 'begun', handoff: { ...handoff, pass: 'publish' } };
}

/** The barrier between checking and publishing. */
function refuseFile({ lane }: Work, handoff: BegunHandoff, chunks: readonly Chunk[]): Fault | undefined {
  const { records, declaredTotals } = handoff.inspection;
  const invalid = addTallies(...chunks.map(chunk => chunk.progress.tally)).quarantined;
  if (invalid > lane.maxInvalidShare * records) {
    return fault(
      'TOO_MANY_INVALID_ROWS',
      {},
      `${invalid} of ${records} rows are invalid; the contract allows a share of ${lane.maxInvalidShare}`,
    );
  }
  const found = sumTotals(chunks.map(chunk => chunk.progress.totals));
  const { unreadAmounts } = addNotes(...chunks.map(chunk => chunk.progress.notes ?? noNotes));
  for (const [column, declared] of Object.entries(declaredTotals)) {
    const total = found[column] ?? '0';
    if (sameDecimal(declared, total)) continue;
    const unread = unreadAmounts[column];
    const missing = unread ? ` without the amount of ${notedInWords(unread)}, which could not be read` : '';
    return fault('CONTROL_TOTAL_MISMATCH', { column }, `declared ${declared}, found ${total}${missing}`);
  }
  return undefined;
}
