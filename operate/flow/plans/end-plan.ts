import { describeError } from '#shared/core/log/describe-error.ts';
import { endOfCounting, endOfRun } from '../../core/plan/end-of-plan.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { planHash } from '../../core/plan/plan-digest.ts';
import type { JobWork } from './job-work.ts';
import { PlanWaits } from './plan-waits.ts';
import { unitsAlone } from './units-alone.ts';
import { writeChange } from './write-change.ts';

/** Writes why a job could not go on. A plan that runs can be resumed. */
export async function stopPlan({ ports }: JobWork, plan: Plan, error: unknown): Promise<void> {
  const state = plan.state === 'counting' ? 'failed' : 'paused';
  if (plan.state === 'counting' || plan.state === 'running')
    await writeChange(ports, plan, { state, by: 'job', ...wordsOf(error) });
}

function wordsOf(error: unknown): { readonly what: string; readonly note: string } {
  if (error instanceof PlanWaits) return { what: 'paused: it must wait', note: error.message };
  const { name, message } = describeError(error);
  const note = `it stopped: ${message ?? name}. The log of the function plan-jobs says where`;
  return { what: 'stopped by an error', note };
}

/** Writes that a plan is counted, or did what it could. False when somebody changed its state meanwhile. */
export async function endPlan({ ports, integrations }: JobWork, plan: Plan): Promise<boolean> {
  const {
    state,
    what,
    note = '',
  } = plan.state === 'counting'
    ? endOfCounting(plan, await unitsAlone({ ports, integrations }, plan))
    : endOfRun(plan);
  const hash = plan.hash ?? planHash(plan);
  const change = { state, by: 'job', what, note, hash, found: plan.found, endsLease: true };
  const ended = await writeChange(ports, plan, change);
  return ended !== undefined;
}
