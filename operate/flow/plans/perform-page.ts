import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { type Plan, type Progress, takenUnits, unitsOf } from '../../core/plan/plan.ts';
import { addToDigest } from '../../core/plan/plan-digest.ts';
import type { JobPorts } from '../../plan-ports.ts';
import { kindsOfPlans } from './kinds-of-plans.ts';
import type { PlanUnit, UnitEnd, UnitPage } from './plan-kind.ts';

/** Whether a plan may do no more: it did all that were counted, or too many of them failed. */
export const isThrough = (plan: Plan): boolean =>
  plan.progress.failed >= limits.planFailuresMax || takenUnits(plan.progress) >= unitsOf(plan);

/** Of a page, never more than were counted. Units in `failedBefore` are left out: they count already. */
export const unitsOfPage = (
  plan: Plan,
  page: UnitPage,
  failedBefore: ReadonlySet<string>,
): readonly PlanUnit[] =>
  page.units.filter(({ id }) => !failedBefore.has(id)).slice(0, unitsOf(plan) - takenUnits(plan.progress));

/** Does units, at the plan's rate. */
export async function performUnits(
  ports: JobPorts,
  plan: Plan,
  units: readonly PlanUnit[],
): Promise<Progress> {
  const { clock } = ports;
  const beganAt = clock.now();
  const width = kindsOfPlans[plan.kind].isInOrder ? 1 : limits.callsInFlightMax;
  const ends = await inParallel(units, width, unit => performUnit(ports, plan, unit));
  await clock.sleep(Math.max(0, beganAt + (1_000 * units.length) / plan.unitsASecond - clock.now()));
  const failed = ends.filter(({ kind }) => kind === 'failed').length;
  return {
    ...plan.progress,
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
