import { idOf } from '../../shared/core/identity/event-id.ts';
import type { Handoff, Pass } from '../../shared/core/outcome/handoff.ts';
import type { Arrival } from './arrive.ts';
import { inspect } from './inspect.ts';
import { settle } from './settle.ts';
import { done, type Verdict, type Work } from './work.ts';

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
  if (claim !== 'mine') return settle(work, { ...handoff, inspection }, claim);
  const pass = firstPass(work);
  if (!(await ports.ledger.begin(handoff.id, invocation.id, inspection, identity, pass))) return done;
  return { ...handoff, inspection, identity, pass, state: 'processing' };
}

/** Whether everything must be checked before anything is published. */
const firstPass = ({ lane }: Work): Pass =>
  lane.maxInvalidShare < 1 || lane.controlTotals.length > 0 ? 'check' : 'publish';
