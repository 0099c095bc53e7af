import type { Plan } from '../../core/plan/plan.ts';
import { publishes } from '../../core/plan/plan-kinds.ts';
import type { JobPorts } from '../../plan-ports.ts';
import { PlanWaits } from './plan-waits.ts';

/** Before each page: an integration that is disabled publishes nothing. @throws PlanWaits when it is. */
export async function requireEnabled({ switches }: JobPorts, plan: Plan): Promise<void> {
  if (plan.state !== 'running' || !publishes(plan)) return;
  const { integration } = plan;
  const set = await switches.find(integration);
  if (set?.to !== 'disabled') return;
  const by = set.by.split(':').at(-1);
  throw new PlanWaits(
    `${integration} is disabled since ${set.at} by ${by}, and publishes nothing. Enable it, then resume this plan`,
  );
}
