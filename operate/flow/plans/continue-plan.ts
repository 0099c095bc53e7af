import { limits } from '#shared/contract/limits.ts';
import type { Invocation } from '#shared/ports.ts';
import type { KnownIntegration } from '../../core/known-integration.ts';
import { addUnits, nothingFound } from '../../core/plan/count-units.ts';
import type { Plan } from '../../core/plan/plan.ts';
import type { JobPorts } from '../../plan-ports.ts';
import { endPlan, stopPlan } from './end-plan.ts';
import { isThrough, performUnits, unitsOfPage } from './perform-page.ts';
import type { UnitPage } from './plan-kind.ts';
import { unitsOfPlan } from './units-of-plan.ts';

export interface JobWork {
  readonly integrations: readonly KnownIntegration[];
  readonly ports: JobPorts;
  readonly invocation: Invocation;
}

/** Why the work on a plan stopped: there are no more units, time is short, somebody changed its state, or another job has it. */
type Stop = 'through' | 'short' | 'at-rest' | 'lost';

/**
 * Works on a plan from its last checkpoint on: counts it, or does it. A plan has one job at a time. When a job dies, its message
 * comes back after its lease, and the next job goes on.
 */
export async function continuePlan(work: JobWork, id: string): Promise<void> {
  const { plans, clock, log, jobs } = work.ports;
  const { id: owner, remainingMilliseconds } = work.invocation;
  const now = clock.now();
  let plan = await plans.lease(id, { owner, until: now + remainingMilliseconds() }, now);
  if (!plan) log.info('plan is at rest, or another job has it', { plan: id });
  while (plan) {
    const { stop, reached } = await workUnlessStopped(work, plan);
    if (stop === 'lost' || (stop === 'through' && (await endPlan(work, reached)))) return;
    const released = await plans.release(id, owner, stop === 'short');
    if (released === 'released' && stop === 'short') await jobs.continue(id);
    plan = released === 'released' ? undefined : released;
  }
}

/** An error stops the plan, so that its operator sees at once why. */
async function workUnlessStopped(work: JobWork, plan: Plan): ReturnType<typeof workOn> {
  try {
    return await workOn(work, plan);
  } catch (error) {
    work.ports.log.error('plan stopped', { plan: plan.id, error });
    const reached = (await work.ports.plans.find(plan.id)) ?? plan;
    await stopPlan(work, reached, error);
    return { stop: 'at-rest', reached };
  }
}

async function workOn(work: JobWork, plan: Plan): Promise<{ readonly stop: Stop; readonly reached: Plan }> {
  const { ports, invocation } = work;
  const failures = plan.progress.failed > 0 ? await ports.plans.failures(plan.id) : [];
  const failedBefore = new Set(failures.map(({ unit }) => unit));
  let reached = begun(plan);
  if (plan.state === 'running' && isThrough(plan)) return { stop: 'through', reached };
  for await (const units of unitsOfPlan(work, plan)) {
    const chosen = plan.state === 'running' ? unitsOfPage(reached, units, failedBefore) : [];
    if (!(await reserve(work, reached, chosen.length))) return { stop: 'lost', reached };
    const worked =
      plan.state === 'counting'
        ? counted(reached, units)
        : { progress: await performUnits(ports, reached, chosen) };
    const written = await ports.plans.checkpoint(plan.id, invocation.id, {
      ...{ found: reached.found, progress: reached.progress, cursor: units.next },
      ...worked,
    });
    if (!written) return { stop: 'lost', reached };
    reached = written;
    if (reached.state !== plan.state) return { stop: 'at-rest', reached };
    if (plan.state === 'running' && isThrough(reached)) return { stop: 'through', reached };
    if (isShort(invocation) && canGoOn(plan, units)) return { stop: 'short', reached };
  }
  return { stop: 'through', reached };
}

/** Where the maker says how many may be done at most, a job that dies must not leave its page uncounted. False: another job has the plan. */
async function reserve({ ports, invocation }: JobWork, plan: Plan, units: number): Promise<boolean> {
  if (plan.unitsMax === undefined || units === 0) return true;
  const { id, found, cursor, progress } = plan;
  const reserved = { ...progress, unsure: (progress.unsure ?? 0) + units };
  const written = await ports.plans.checkpoint(id, invocation.id, { found, cursor, progress: reserved });
  return written !== undefined;
}

/** A count without a place to go on begins again. */
const begun = (plan: Plan): Plan =>
  plan.state === 'counting' && plan.cursor === undefined ? { ...plan, found: nothingFound } : plan;

const counted = ({ found }: Plan, { units, more = false }: UnitPage) => ({
  found: addUnits(found, units, more),
});

const isShort = ({ remainingMilliseconds }: Invocation): boolean =>
  remainingMilliseconds() < limits.planHandOverMilliseconds;

const canGoOn = ({ state }: Plan, { next }: UnitPage): boolean => state === 'running' || next !== undefined;
