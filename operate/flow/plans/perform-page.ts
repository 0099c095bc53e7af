import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { type CountedUnit, sizeOf, unitsWithin } from '../../core/plan/count-units.ts';
import { type Plan, type Progress, takenUnits, unitsOf } from '../../core/plan/plan.ts';
import { addToDigest } from '../../core/plan/plan-digest.ts';
import { isHeldByFailures } from '../../core/plan/plan-kinds.ts';
import type { JobPorts } from '../../plan-ports.ts';
import { kindsOfPlans } from './kinds-of-plans.ts';
import type { AnyPage, UnitEnd } from './plan-kind.ts';

/** Whether a plan may do no more: it did all that were counted, or too many of them failed. */
export const isThrough = (plan: Plan): boolean =>
  plan.progress.failed >= limits.planFailuresMax || takenUnits(plan.progress) >= unitsOf(plan);

/** What became of one page. */
export interface PerformedPage {
  readonly progress: Progress;
  /** How many were done or tried. */
  readonly tried: number;
  /** Why the rest of the page cannot be done now. */
  readonly open?: string | undefined;
}

interface Performing {
  readonly ports: JobPorts;
  /** Units that are left out: they count already. */
  readonly failedBefore: ReadonlySet<string>;
}

/** Never more than were counted. */
const chosen = <U extends CountedUnit>({ failedBefore }: Performing, plan: Plan, units: readonly U[]): U[] =>
  unitsWithin(
    units.filter(({ id }) => !failedBefore.has(id)),
    unitsOf(plan) - takenUnits(plan.progress),
  );

/** How many units of a page are to be done. */
export const sizeOfPage = (performing: Performing, plan: Plan, { units }: AnyPage): number =>
  sizeOf(chosen<CountedUnit>(performing, plan, units));

/** Does the units of one page. */
export async function performPage(performing: Performing, plan: Plan, page: AnyPage): Promise<PerformedPage> {
  const { ports } = performing;
  const ended = await endUnits(plan, page, given => chosen(performing, plan, given));
  const failed = ended.flatMap(({ unit, end }) =>
    end.kind === 'failed' ? [{ unit, reason: end.reason }] : [],
  );
  await inParallel(failed, limits.callsInFlightMax, ({ unit: { id, about }, reason }) =>
    ports.plans.recordFailure(plan, { unit: id, about, reason }),
  );
  const done = ended.filter(({ end }) => end.kind === 'done');
  // What failed counts when it is tried again.
  const closed = [...done, ...(isHeldByFailures(plan) ? [] : failed)].map(({ unit }) => unit.id);
  const progress = {
    ...plan.progress,
    done: plan.progress.done + sizeOf(done.map(({ unit }) => unit)),
    failed: plan.progress.failed + sizeOf(failed.map(({ unit }) => unit)),
    digest: addToDigest(plan.progress.digest, closed),
  };
  const open = ended.flatMap(({ end }) => (end.kind === 'open' ? [end.reason] : []));
  return { progress, tried: ended.length, open: open[0] };
}

interface EndedUnit {
  readonly unit: CountedUnit;
  readonly end: UnitEnd;
}

/** `choose` gives those of the page that are to be done. */
async function endUnits(
  plan: Plan,
  page: AnyPage,
  choose: <U extends CountedUnit>(units: readonly U[]) => U[],
): Promise<EndedUnit[]> {
  if ('performAll' in page) {
    const units = choose(page.units);
    const ends = units.length > 0 ? await page.performAll(units) : [];
    return units.flatMap((unit, i) => (ends[i] ? [{ unit, end: ends[i] }] : []));
  }
  const width = kindsOfPlans[plan.kind].isInOrder ? 1 : limits.callsInFlightMax;
  return inParallel(choose(page.units), width, async unit => ({ unit, end: await unit.perform() }));
}
