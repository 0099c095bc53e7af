import { limits } from '#shared/contract/limits.ts';
import type { KnownIntegration } from '../../core/known-integration.ts';
import { integrationOf } from '../../core/known-integrations.ts';
import { doneAlone } from '../../core/plan/done-alone.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { PlanPorts } from '../../plan-ports.ts';

interface AloneWork {
  readonly ports: PlanPorts;
  readonly integrations: readonly KnownIntegration[];
}

/** How many units the maker of a plan may do without another person in a day, and how many of them other plans take. */
export async function unitsAlone(
  { ports, integrations }: AloneWork,
  plan: Plan,
): Promise<{ readonly units: number; readonly done: number }> {
  const { unitsWithoutApproval } = integrationOf(integrations, plan.integration);
  return {
    units: unitsWithoutApproval ?? limits.planUnitsWithoutApproval,
    done: doneAlone(plan, await plansOfTheDay(ports)),
  };
}

/** Small plans one after the other are one large one. */
async function plansOfTheDay({ plans, clock }: PlanPorts): Promise<readonly Plan[]> {
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
