import { fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { idOf } from '#shared/core/identity/event-id.ts';
import { comparesLastRows } from '../../contract/file-lane.ts';
import { type Begun, isUnsettled, type NotBegunHandoff, type Pass } from '../../core/outcome/handoff.ts';
import type { FileRef } from '../../ports.ts';
import { type At, endWith, type Stage } from '../stage.ts';
import type { Work } from '../work.ts';

/** Claims the content of an inspected file, and keeps inspection, claim and the chunks of its first pass in the ledger. */
export async function claim(work: Work, { handoff, inspection }: At<'inspected'>): Promise<Stage> {
  const { lane, ports, invocation } = work;
  const identity =
    lane.duplicateScope === 'period'
      ? idOf(inspection.recordsSha256, handoff.period ?? '')
      : inspection.recordsSha256;
  const file: FileRef = { integration: lane.id, identity };
  const taken = await take(work, { ...handoff, inspection }, file);
  if (taken !== 'mine') return taken;
  const begun: Begun = { inspection, identity, pass: firstPass(work) };
  const isBegun = await ports.ledger.begin(handoff.id, invocation.id, begun);
  if (!isBegun) return waiting;
  return { at: 'begun', handoff: { ...handoff, ...begun, state: 'processing' } };
}

const waiting: Stage = endWith({ kind: 'waiting', seconds: limits.delaySecondsMax });

/** Claims the content, from a holder that has no more use of it if need be. */
async function take(work: Work, handoff: NotBegunHandoff, file: FileRef): Promise<'mine' | Stage> {
  const { lane, ports } = work;
  const expiresAt = Math.floor(ports.clock.now() / 1000) + lane.duplicateDays * limits.secondsADay;
  const answer = await ports.ledger.claimFile(file, handoff.id, expiresAt);
  if (answer === 'mine') return 'mine';
  const yielded = await yieldTo(work, handoff, { file, holderId: answer.duplicateOf });
  if (yielded) return yielded;
  const again = await ports.ledger.claimFile(file, handoff.id, expiresAt);
  return again === 'mine' ? 'mine' : waiting;
}

/**
 * Another hand-off holds the content. Only when it has published is this one a duplicate, unless rows are compared with the last
 * of their key: other files may have changed them since. While the other is under way, this one waits for its outcome. Any other
 * holder loses its claim.
 */
async function yieldTo(
  work: Work,
  handoff: NotBegunHandoff,
  { file, holderId }: { readonly file: FileRef; readonly holderId: string },
): Promise<Stage | undefined> {
  const { ledger } = work.ports;
  const holder = await ledger.find(holderId);
  if (holder && isUnsettled(holder)) {
    await ledger.recordFault(
      handoff.id,
      fault('CONTENT_IN_WORK', {}, `hand-off ${holderId} holds the same content`),
    );
    return waiting;
  }
  const isPublished = holder?.state === 'complete' || (holder?.state === 'partial' && !holder.fault);
  if (isPublished && !comparesLastRows(work.lane))
    return { at: 'ending', handoff, ending: { duplicateOf: holderId } };
  await ledger.releaseFile(file, holderId);
  return undefined;
}

/** Whether everything must be checked before anything is published. */
const firstPass = ({ lane }: Work): Pass =>
  lane.maxInvalidShare < 1 || lane.controlTotals.length > 0 ? 'check' : 'publish';
