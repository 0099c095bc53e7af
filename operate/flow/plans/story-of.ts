import { shownState } from '../../core/plan/act-on-plan.ts';
import { type Plan, unitsOf } from '../../core/plan/plan.ts';
import { dollarsOf, unitNamesOf } from '../../core/plan/plan-kinds.ts';
import type { PlanLine, PlanStory } from '../../core/shapes/plans.ts';
import type { Work } from '../work.ts';

/** A plan as the API shows it. */
export function lineOf({ integrations, ports }: Work, plan: Plan): PlanLine {
  const kind = integrations.find(({ id }) => id === plan.integration)?.kind;
  const [one, many] = unitNamesOf(plan.kind, kind);
  return {
    ...plan,
    filter: { ...plan.filter },
    state: shownState(plan, ports.clock.now()),
    unitNames: { one, many },
    units: unitsOf(plan),
    found: plan.found.units,
    more: plan.found.more,
    repeats: plan.found.repeats,
    samples: [...plan.found.samples],
    left: { ...plan.found.left },
    parts: { ...plan.found.parts },
    dollars: dollarsOf(plan.kind, kind, unitsOf(plan)),
    hash: plan.hash ?? null,
    done: plan.progress.done,
    failed: plan.progress.failed,
    note: plan.note || null,
  };
}

/** With what failed, and who did what. */
export async function storyOf(work: Work, plan: Plan): Promise<PlanStory> {
  const failures = plan.progress.failed > 0 ? await work.ports.plans.failures(plan) : [];
  return { ...lineOf(work, plan), history: [...plan.history], failures: [...failures] };
}
