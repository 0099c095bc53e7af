import { shownState } from '../../core/plan/act-on-plan.ts';
import { type Plan, unitsOf } from '../../core/plan/plan.ts';
import { planKinds } from '../../core/plan/plan-kinds.ts';
import type { PlanLine, PlanStory } from '../../core/shapes/plans.ts';
import type { Work } from '../work.ts';

/** A plan as the API shows it. */
export const lineOf = (plan: Plan, now: number): PlanLine => ({
  ...plan,
  filter: { ...plan.filter },
  state: shownState(plan, now),
  units: unitsOf(plan),
  found: plan.found.units,
  more: plan.found.more,
  repeats: plan.found.repeats,
  samples: [...plan.found.samples],
  dollars: (unitsOf(plan) * planKinds[plan.kind].dollarsAMillion) / 1_000_000,
  hash: plan.hash ?? null,
  done: plan.progress.done,
  failed: plan.progress.failed,
  note: plan.note ?? null,
});

/** With what failed, and who did what. */
export async function storyOf({ ports }: Work, plan: Plan): Promise<PlanStory> {
  const failures = plan.progress.failed > 0 ? await ports.plans.failures(plan.id) : [];
  return { ...lineOf(plan, ports.clock.now()), history: [...plan.history], failures: [...failures] };
}
