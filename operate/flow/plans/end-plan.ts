import { limits } from '#shared/contract/limits.ts';
import { describeError } from '#shared/core/log/describe-error.ts';
import { integrationOf } from '../../core/known-integrations.ts';
import { doneAlone } from '../../core/plan/done-alone.ts';
import { endOfCounting, endOfRun } from '../../core/plan/end-of-plan.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { planHash } from '../../core/plan/plan-digest.ts';
import type { JobWork } from './continue-plan.ts';
import { writeChange } from './write-change.ts';

/** Writes why a job could not go on. A plan that runs can be resumed. */
export async function stopPlan({ ports }: JobWork, plan: Plan, error: unknown): Promise<void> {
  const { name, message } = describeError(error);
  const note = `it stopped: ${message ?? name}. The log of the function plan-jobs says where`;
  const state = plan.state === 'counting' ? 'failed' : 'paused';
  if (plan.state === 'counting' || plan.state === 'running')
    await writeChange(ports, plan, { state, by: 'job', what: 'stopped by an error', note });
}

/** Writes that a plan is counted, or did what it could. False when somebody changed its state meanwhile. */
export async function endPlan({ ports, integrations }: JobWork, plan: Plan): Promise<boolean> {
  const known = integrationOf(integrations, plan.integration);
  const { state, what, note } =
    plan.state === 'counting'
      ? endOfCounting(plan, {
          units: known.unitsWithoutApproval ?? limits.planUnitsWithoutApproval,
          done: doneAlone(plan, await plansOfTheDay(ports)),
        })
      : endOfRun(plan);
  const hash = plan.hash ?? planHash(plan);
  const change = { state, by: 'job', what, note, hash, found: plan.found, endsLease: true };
  const ended = await writeChange(ports, plan, change);
  return ended !== undefined;
}

/** Small plans one after the other are one large one. */
async function plansOfTheDay({ plans, clock }: JobWork['ports']): Promise<readonly Plan[]> {
  const since = new Date(clock.now() - 1_000 * limits.secondsADay).toISOString();
  const found: Plan[] = [];
  let after: string | undefined;
  do {
    const page = await plans.list({ limit: limits.pageEntriesMax, after });
    found.push(...page.plans.filter(({ madeAt }) => madeAt >= since));
    after = page.plans.some(({ madeAt }) => madeAt < since) ? undefined : page.next;
  } while (after !== undefined);
  return found;
}
