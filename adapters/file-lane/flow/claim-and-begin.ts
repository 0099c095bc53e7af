import { fault } from '#shared/contract/fault.ts';
import { idOf } from '#shared/core/identity/event-id.ts';
import { type Handoff, isSettled, type Pass } from '../core/outcome/handoff.ts';
import type { Arrival } from './arrival.ts';
import { inspect } from './inspect.ts';
import { settle } from './settle.ts';
import type { Verdict, Work } from './work.ts';

/** Inspects the file, claims its content, and keeps both in the ledger; or settles it when there is nothing to work on. */
export async function claimAndBegin(
  work: Work,
  handoff: Handoff,
  arrival: Arrival,
): Promise<Handoff | Verdict> {
  const { lane, ports, invocation } = work;
  const found = await inspect(work, handoff, arrival);
  if (found.fault) return settle(work, { ...handoff, inspection: found.inspection }, found);
  const { inspection } = found;
  const identity =
    lane.duplicateScope === 'period'
      ? idOf(inspection.contentSha256, handoff.period ?? '')
      : inspection.contentSha256;
  const expiresAt = Math.floor(ports.clock.now() / 1000) + lane.duplicateDays * 86_400;
  const claim = await ports.ledger.claimFile(lane.id, identity, handoff.id, expiresAt);
  if (claim !== 'mine') return yieldTo(work, { ...handoff, inspection }, identity, claim.duplicateOf);
  const pass = firstPass(work);
  const isBegun = await ports.ledger.begin(handoff.id, invocation.id, inspection, identity, pass);
  if (!isBegun) return waiting;
  return { ...handoff, inspection, identity, pass, state: 'processing' };
}

const waiting: Verdict = { kind: 'later', seconds: 15 };

/**
 * Another hand-off holds the content. Only when it has published is this one a duplicate; while it is under way this one
 * waits for what becomes of it, and when it was rejected or forgotten its claim is void.
 */
async function yieldTo(work: Work, handoff: Handoff, identity: string, holderId: string): Promise<Verdict> {
  const { ledger } = work.ports;
  const holder = await ledger.find(holderId);
  if (holder?.state === 'complete' || (holder?.state === 'partial' && !holder.fault))
    return settle(work, handoff, { duplicateOf: holderId });
  if (!holder || isSettled(holder.state)) await ledger.releaseFile(handoff.integration, identity, holderId);
  else
    await ledger.note(
      handoff.id,
      fault('CONTENT_IN_WORK', {}, `hand-off ${holderId} holds the same content`),
    );
  return waiting;
}

/** Whether everything must be checked before anything is published. */
const firstPass = ({ lane }: Work): Pass =>
  lane.maxInvalidShare < 1 || lane.controlTotals.length > 0 ? 'check' : 'publish';
