import { type Fault, fault } from '#shared/contract/fault.ts';
import { addTallies } from '#shared/core/outcome/tally.ts';
import { sameDecimal } from '../core/file/control-totals.ts';
import { sumTotals } from '../core/file/totals.ts';
import type { Chunk, Handoff, Pass } from '../core/outcome/handoff.ts';
import { settle } from './settle.ts';
import { done, type Verdict, type Work } from './work.ts';

/**
 * After a chunk is done: when all are, the file is settled, rejected, or goes on to the publish pass, which is then the
 * caller's to begin. Every chunk's message ends here, even one whose chunk was done before, so that a crash after the
 * last checkpoint leaves nothing unsettled.
 */
export async function completePass(work: Work, handoff: Handoff, pass: Pass): Promise<Verdict | 'publish'> {
  const chunks = await work.ports.ledger.chunks(handoff.id, pass);
  if (chunks.length < handoff.inspection!.chunks.length || chunks.some(chunk => !chunk.progress.done))
    return done;
  const cut = chunks.find(chunk => chunk.progress.fault)?.progress.fault;
  if (pass === 'publish') return settle(work, handoff, { chunks, ...(cut && { fault: cut }) });
  const refusal = cut ?? refuseFile(work, handoff, chunks);
  if (refusal) return settle(work, handoff, { chunks, fault: refusal });
  await work.ports.ledger.beginPublishing(handoff.id, handoff.inspection!.chunks);
  return 'publish';
}

/** The barrier between checking and publishing. */
function refuseFile({ lane }: Work, handoff: Handoff, chunks: readonly Chunk[]): Fault | undefined {
  const { records, declaredTotals } = handoff.inspection!;
  const invalid = addTallies(...chunks.map(chunk => chunk.progress.tally)).quarantined;
  if (invalid > lane.maxInvalidShare * records) {
    return fault(
      'TOO_MANY_INVALID_ROWS',
      {},
      `${invalid} of ${records} rows are invalid; the contract allows a share of ${lane.maxInvalidShare}`,
    );
  }
  const found = sumTotals(chunks.map(chunk => chunk.progress.totals));
  for (const [column, declared] of Object.entries(declaredTotals)) {
    const total = found[column] ?? '0';
    if (!sameDecimal(declared, total))
      return fault('CONTROL_TOTAL_MISMATCH', { column }, `declared ${declared}, found ${total}`);
  }
  return undefined;
}
