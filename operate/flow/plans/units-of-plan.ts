import type { Plan } from '../../core/plan/plan.ts';
import { planKinds } from '../../core/plan/plan-kinds.ts';
import type { JobPorts } from '../../plan-ports.ts';
import { kindsOfPlans } from './kinds-of-plans.ts';
import type { UnitPage } from './plan-kind.ts';

/** What a plan's filter finds, from where its job stopped. */
export function unitsOfPlan(ports: JobPorts, plan: Plan): AsyncGenerator<UnitPage> {
  const { kind, integration, filter, madeAt, cursor } = plan;
  return kindsOfPlans[kind].select(ports, {
    integration,
    filter: planKinds[kind].filter.parse(filter),
    until: Date.parse(madeAt),
    after: cursor,
  });
}
