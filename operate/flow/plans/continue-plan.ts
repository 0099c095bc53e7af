import { limits } from '#shared/contract/limits.ts';
import { EdgeError } from '#shared/core/log/edge-error.ts';
import type { Invocation } from '#shared/ports.ts';
import { addUnits, nothingFound } from '../../core/plan/count-units.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { isHeldByFailures } from '../../core/plan/plan-kinds.ts';
import { endPlan, stopPlan } from './end-plan.ts';
import { inTurn } from './in-turn.ts';
import type { JobWork } from './job-work.ts';
import { isThrough, type PerformedPage, performPage, sizeOfPage } from './perform-page.ts';
import type { AnyPage } from './plan-kind.ts';
import { PlanWaits } from './plan-waits.ts';
import { requireEnabled } from './require-enabled.ts';
import { unitsOfPlan } from './units-of-plan.ts';
import type { Stop, Worked } from './worked.ts';

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
async function workUnlessStopped(work: JobWork, plan: Plan): Promise<Worked> {
  try {
    return await inTurn(work, plan, () => workOn(work, plan));
  } catch (error) {
    const { log } = work.ports;
    if (error instanceof PlanWaits) log.info('plan waits', { plan: plan.id, why: error.message });
    else log.error('plan stopped', { plan: plan.id, error });
    const reached = (await work.ports.plans.find(plan.id)) ?? plan;
    // A job whose time is over says nothing of the plan: another one has it.
    if (reached.lease?.owner !== work.invocation.id) return { stop: 'lost', reached };
    await stopPlan(work, reached, error);
    return { stop: 'at-rest', reached };
  }
}

async function workOn(work: JobWork, plan: Plan): Promise<Worked> {
  const { ports } = work;
  let reached = begun(work, plan);
  const failures = reached.progress.failed > 0 ? await ports.plans.failures(plan) : [];
  const page = { ports, failedBefore: new Set(failures.map(({ unit }) => unit)) };
  if (plan.state === 'running' && isThrough(reached)) return { stop: 'through', reached };
  for await (const units of unitsOfPlan(work, plan)) {
    await requireEnabled(ports, plan);
    const size = plan.state === 'running' ? sizeOfPage(page, reached, units) : 0;
    if (!(await reserve(work, reached, size))) return { stop: 'lost', reached };
    const beganAt = ports.clock.now();
    const worked =
      plan.state === 'counting' ? counted(reached, units) : await performPage(page, reached, units);
    const written = await checkpoint(work, reached, { units, worked });
    if (!written) return { stop: 'lost', reached };
    reached = written;
    const pause = pauseAfter(plan, beganAt, worked) - ports.clock.now();
    const stop = await stopAfter(work, { plan, reached, units }, Math.max(0, pause));
    if (stop) return { stop, reached };
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

/** What became of a page that was counted, or performed. */
type WorkedPage = Pick<Plan, 'found'> | PerformedPage;

interface CheckedPage {
  readonly units: AnyPage;
  readonly worked: WorkedPage;
}

/** Undefined when another job has the plan. @throws PageOpen when the rest of the page cannot be done now: it is selected again. */
async function checkpoint(
  { ports, invocation }: JobWork,
  { id, ...before }: Plan,
  { units, worked }: CheckedPage,
): Promise<Plan | undefined> {
  const { open, found, progress } = { ...before, open: undefined, ...worked };
  const cursor = open === undefined ? units.next : before.cursor;
  const written = await ports.plans.checkpoint(id, invocation.id, { found, progress, cursor });
  if (written && open !== undefined) throw new PageOpen(open);
  return written;
}

class PageOpen extends EdgeError {
  override readonly name = 'PageOpen';
}

/** Until when the plan waits, so that it keeps its rate: epoch milliseconds. */
const pauseAfter = ({ unitsASecond }: Plan, beganAt: number, worked: WorkedPage): number =>
  beganAt + ('tried' in worked ? (1_000 * worked.tried) / unitsASecond : 0);

interface ReachedPage {
  /** As the job found it. */
  readonly plan: Plan;
  readonly reached: Plan;
  readonly units: AnyPage;
}

/** Whether the work stops after a page. Else it waits for as long as the plan's rate says. */
async function stopAfter(
  work: JobWork,
  { plan, reached, units }: ReachedPage,
  pause: number,
): Promise<Stop | undefined> {
  if (reached.state !== plan.state) return 'at-rest';
  if (plan.state === 'running' && isThrough(reached)) return 'through';
  if (isShort(work.invocation, pause) && canGoOn(plan, units)) return 'short';
  if (pause === 0) return undefined;
  await work.ports.clock.sleep(pause);
  // Somebody may have paused or cancelled it meanwhile.
  return (await work.ports.plans.find(plan.id))?.state === plan.state ? undefined : 'at-rest';
}

/** A count without a place to go on begins again. A job tries again what failed before, where that holds others back. */
function begun({ invocation }: JobWork, plan: Plan): Plan {
  if (plan.state === 'counting') return plan.cursor === undefined ? { ...plan, found: nothingFound } : plan;
  return isHeldByFailures(plan)
    ? { ...plan, progress: { ...plan.progress, failed: 0, job: invocation.id } }
    : plan;
}

const counted = ({ found }: Plan, page: AnyPage) => ({ found: addUnits(found, page) });

/** A job that would sleep to its end could not hand on. */
const isShort = ({ remainingMilliseconds }: Invocation, pause: number): boolean =>
  remainingMilliseconds() - pause < limits.planHandOverMilliseconds;

const canGoOn = ({ state }: Plan, { next }: AnyPage): boolean => state === 'running' || next !== undefined;
