import { limits } from '#shared/contract/limits.ts';
import { integrationOf } from '../../core/known-integrations.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { takesTurns } from '../../core/plan/plan-kinds.ts';
import type { JobWork } from './job-work.ts';
import { PlanWaits } from './plan-waits.ts';
import type { Worked } from './worked.ts';

/**
 * Works on a plan, alone among those that must not work on its integration at the same time. A job that hands on keeps the turn for the
 * next one. When a job dies, the turn ends soon after its lease.
 * @throws PlanWaits when another plan has the turn.
 */
export async function inTurn(work: JobWork, plan: Plan, perform: () => Promise<Worked>): Promise<Worked> {
  const { ports, integrations, invocation } = work;
  const { id, integration } = plan;
  const { kind } = integrationOf(integrations, integration);
  if (plan.state !== 'running' || !takesTurns(plan, kind)) return perform();
  const now = ports.clock.now();
  // A function that a job invoked may work on when the job is dead.
  const until = (plan.lease?.until ?? now) + limits.planInvokeMilliseconds;
  const turn = { plan: id, job: invocation.id, until };
  const holder = await ports.plans.takeTurn(integration, turn, now);
  if (holder !== id)
    throw new PlanWaits(
      `plan ${holder} works on ${integration}, and two at once could bring the changes of a key out of order. Resume this plan when that one has ended`,
    );
  let worked: Worked | undefined;
  try {
    worked = await perform();
    return worked;
  } finally {
    if (worked?.stop !== 'short') await ports.plans.endTurn(integration, turn);
  }
}
