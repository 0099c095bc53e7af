import { integrationOf } from '../../core/known-integrations.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { type PlanKindName, planKinds } from '../../core/plan/plan-kinds.ts';
import type { JobWork } from './continue-plan.ts';
import { kindsOfPlans } from './kinds-of-plans.ts';
import type { PlanKind, UnitPage } from './plan-kind.ts';

/** What a plan's filter finds, from where its job stopped. */
export function unitsOfPlan({ ports, integrations }: JobWork, plan: Plan): AsyncGenerator<UnitPage> {
  const { id, kind, madeAt, cursor } = plan;
  const selection = {
    plan: id,
    integration: integrationOf(integrations, plan.integration),
    until: Date.parse(madeAt),
    after: cursor,
  };
  return selectOf(kind)(ports, { ...selection, filter: planKinds[kind].filter.parse(plan.filter) });
}

/** The filter that a kind parses is the filter that it takes. */
const selectOf = (kind: PlanKindName): PlanKind<unknown>['select'] =>
  kindsOfPlans[kind].select as PlanKind<unknown>['select'];
