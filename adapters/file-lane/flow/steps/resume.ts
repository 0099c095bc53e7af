import { isBegun, isSettledHandoff, isUnsettled } from '../../core/outcome/handoff.ts';
import { type At, ended, type Stage } from '../stage.ts';
import type { Work } from '../work.ts';

/** A message of the lane itself came: looks up its hand-off. Nothing is left to do for one that is settled. */
export async function resume({ ports }: Work, { message }: At<'resumed'>): Promise<Stage> {
  const handoff = await ports.ledger.find(message.handoffId);
  if (!handoff) throw new Error(`the ledger does not know hand-off ${message.handoffId}`);
  if (message.kind === 'edge.acknowledge')
    return isSettledHandoff(handoff) ? { at: 'settled', handoff } : ended;
  if (!isUnsettled(handoff)) return ended;
  if (handoff.state === 'settling' && handoff.ending)
    return {
      at: 'ending',
      handoff,
      ending: handoff.ending,
      message: message.kind === 'edge.settle' ? message : undefined,
    };
  if (message.kind === 'edge.settle') throw new Error(`hand-off ${handoff.id} is not being settled`);
  if (!isBegun(handoff)) throw new Error(`hand-off ${handoff.id} has no chunks yet`);
  return { at: 'chunk', handoff, message };
}
