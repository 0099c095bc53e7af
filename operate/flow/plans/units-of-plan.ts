import type { Plan } from '../../core/plan/plan.ts';
import { type FilterOf, type PlanKindName, planKinds } from '../../core/plan/plan-kinds.ts';
import type { JobPorts } from '../../plan-ports.ts';
import { kindsOfPlans } from './kinds-of-plans.ts';
import type { PlanKind, UnitPage } from './plan-kind.ts';

/** What a plan's filter finds, from where its job stopped. */
export function unitsOfPlan(ports: JobPorts, plan: Plan): AsyncGenerator<UnitPage> {
  return selected(ports, plan, plan.kind);
}

function selected<K extends PlanKindName>(ports: JobPorts, plan: Plan, name: K): AsyncGenerator<UnitPage> {
  const kind: PlanKind<FilterOf<K>> = kindsOfPlans[name];
  return kind.select(ports, {
    plan,
    integration: plan.integration,
    filter: planKinds[name].filter.parse(plan.filter) as FilterOf<K>,
    until: Date.parse(plan.madeAt),
    after: plan.cursor,
  });
}
