import { limits } from '#shared/contract/limits.ts';
import { type Plan, type PlanState, takenUnits, unitsOf } from './plan.ts';
import { isHeldByFailures, isNeverApproved } from './plan-kinds.ts';

export interface PlanEnd {
  readonly state: PlanState;
  readonly what: string;
  readonly note?: string;
}

/**
 * A plan that is counted: whether another person must look first. `units`: how many its maker may do alone in a day; `done`: how many
 * of them other plans take.
 */
export const endOfCounting = (
  plan: Plan,
  alone: { readonly units: number; readonly done: number },
): PlanEnd =>
  !isNeverApproved(plan) && unitsOf(plan) > 0 && unitsOf(plan) + alone.done > alone.units
    ? { state: 'awaiting-approval', what: `counted ${plan.found.units} units; it needs approval` }
    : { state: 'planned', what: `counted ${plan.found.units} units` };

/** A plan that did all that it could. */
export function endOfRun(plan: Plan): PlanEnd {
  const { done, failed, unsure = 0 } = plan.progress;
  const gone = unitsOf(plan) - takenUnits(plan.progress);
  const notes = [
    ...(failed >= limits.planFailuresMax ? [`it stopped when ${failed} units had failed`] : []),
    ...(isHeld(plan) ? [heldBack(gone)] : []),
    ...(gone > 0 && !isHeld(plan) && failed < limits.planFailuresMax ? [leftOver(plan, gone)] : []),
    ...(unsure > 0
      ? [`${unsure} units were in work when a job died; they may be done, and are not done again`]
      : []),
    ...(!isHeld(plan) && hasOthers(plan, gone)
      ? ['other units came between counting and running, and some of them were done']
      : []),
  ];
  return {
    state: isHeld(plan) ? 'paused' : failed > 0 ? 'failed' : 'done',
    what: `${isHeld(plan) ? 'paused' : 'ended'}: ${done} done, ${failed} failed`,
    ...(notes.length > 0 && { note: notes.join('; ') }),
  };
}

const isHeld = (plan: Plan): boolean => isHeldByFailures(plan) && plan.progress.failed > 0;

const heldBack = (units: number): string =>
  [
    ...(units > 0 ? [`${units} units wait behind what failed`] : []),
    'fix what stopped it, then resume the plan: it tries the failed units again, in order',
  ].join('; ');

const leftOver = (plan: Plan, units: number): string =>
  isHeldByFailures(plan)
    ? `${units} units were left: they were not there any more, or are behind records that cannot be delivered now`
    : plan.unitsMax === undefined
      ? `${units} units were not there any more when it ran`
      : `${units} units were left: they were not there any more, or are of a file with more than it may do`;

const hasOthers = ({ found, progress, unitsMax }: Plan, gone: number): boolean =>
  gone === 0 && (unitsMax ?? found.units) >= found.units && found.digest !== progress.digest;
