import { integrationOf } from '../../core/known-integrations.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { type FilterOf, type PlanKindName, planKinds } from '../../core/plan/plan-kinds.ts';
import type { JobWork } from './job-work.ts';
import { kindsOfPlans } from './kinds-of-plans.ts';
import type { AnyPage, PlanKind } from './plan-kind.ts';

/** What a plan's filter finds, from where its job stopped. */
export function unitsOfPlan(work: JobWork, plan: Plan): AsyncGenerator<AnyPage> {
  return selected(work, plan, plan.kind);
}

function selected<K extends PlanKindName>(
  { ports, integrations }: JobWork,
  plan: Plan,
  name: K,
): AsyncGenerator<AnyPage> {
  const kind: PlanKind<FilterOf<K>> = kindsOfPlans[name];
  return kind.select(ports, {
    plan,
    integration: plan.integration,
    known: integrationOf(integrations, plan.integration),
    filter: planKinds[name].filter.parse(plan.filter) as FilterOf<K>,
    until: Date.parse(plan.madeAt),
    after: plan.cursor,
  });
}
