import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { type Plan, type Progress, unitsOf } from '../../core/plan/plan.ts';
import { addToDigest } from '../../core/plan/plan-digest.ts';
import type { JobPorts } from '../../plan-ports.ts';
import { kindsOfPlans } from './kinds-of-plans.ts';
import type { PlanUnit, UnitEnd, UnitPage } from './plan-kind.ts';

/** Whether a plan may do no more: it did all that were counted, or too many of them failed. */
export const isThrough = (plan: Plan): boolean =>
  plan.progress.failed >= limits.planFailuresMax ||
  plan.progress.done + plan.progress.failed >= unitsOf(plan);

/**
 * Does the units of one page, never more than were counted, and at the plan's rate. Units in `failedBefore` are left out: they count
 * already.
 */
export async function performPage(
  { ports, failedBefore }: { readonly ports: JobPorts; readonly failedBefore: ReadonlySet<string> },
  plan: Plan,
  page: UnitPage,
): Promise<Progress> {
  const { clock } = ports;
  const beganAt = clock.now();
  const left = unitsOf(plan) - plan.progress.done - plan.progress.failed;
  const units = page.units.filter(({ id }) => !failedBefore.has(id)).slice(0, left);
  const width = kindsOfPlans[plan.kind].isInOrder ? 1 : limits.callsInFlightMax;
  const ends = await inParallel(units, width, unit => performUnit(ports, plan, unit));
  await clock.sleep(Math.max(0, beganAt + (1_000 * units.length) / plan.unitsASecond - clock.now()));
  const failed = ends.filter(({ kind }) => kind === 'failed').length;
  return {
    done: plan.progress.done + ends.length - failed,
    failed: plan.progress.failed + failed,
    digest: addToDigest(
      plan.progress.digest,
      units.map(({ id }) => id),
    ),
  };
}

async function performUnit({ plans }: JobPorts, { id }: Plan, unit: PlanUnit): Promise<UnitEnd> {
  const end = await unit.perform();
  if (end.kind === 'failed')
    await plans.recordFailure(id, { unit: unit.id, about: unit.about, reason: end.reason });
  return end;
}
