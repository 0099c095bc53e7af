import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { type CountedUnit, sizeOf, unitsWithin } from '../../core/plan/count-units.ts';
import { type Plan, type Progress, unitsOf } from '../../core/plan/plan.ts';
import { addToDigest } from '../../core/plan/plan-digest.ts';
import type { JobPorts } from '../../plan-ports.ts';
import { kindsOfPlans } from './kinds-of-plans.ts';
import type { AnyPage, UnitEnd } from './plan-kind.ts';

/** Whether a plan may do no more: it did all that were counted, or too many of them failed. */
export const isThrough = (plan: Plan): boolean =>
  plan.progress.failed >= limits.planFailuresMax ||
  plan.progress.done + plan.progress.failed >= unitsOf(plan);

/** What became of one page. */
export interface PerformedPage {
  readonly progress: Progress;
  /** How many were done or tried. */
  readonly tried: number;
  /** Why the rest of the page cannot be done now. */
  readonly open?: string | undefined;
}

/** Does the units of one page, never more than were counted. Units in `failedBefore` are left out: they count already. */
export async function performPage(
  { ports, failedBefore }: { readonly ports: JobPorts; readonly failedBefore: ReadonlySet<string> },
  plan: Plan,
  page: AnyPage,
): Promise<PerformedPage> {
  const left = unitsOf(plan) - plan.progress.done - plan.progress.failed;
  const ended = await endUnits(plan, page, given =>
    unitsWithin(
      given.filter(({ id }) => !failedBefore.has(id)),
      left,
    ),
  );
  const failed = ended.filter(({ end }) => end.kind === 'failed');
  await inParallel(failed, limits.callsInFlightMax, each => recordFailure(ports, plan, each));
  const done = ended.filter(({ end }) => end.kind === 'done');
  const closed = [...done, ...failed].map(({ unit }) => unit.id);
  const progress = {
    done: plan.progress.done + sizeOf(done.map(({ unit }) => unit)),
    failed: plan.progress.failed + sizeOf(failed.map(({ unit }) => unit)),
    digest: addToDigest(plan.progress.digest, closed),
  };
  return { progress, tried: ended.length, open: ended.map(({ end }) => end).find(isOpen)?.reason };
}

const isOpen = (end: UnitEnd): end is Extract<UnitEnd, { readonly kind: 'open' }> => end.kind === 'open';

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

async function recordFailure({ plans }: JobPorts, { id }: Plan, { unit, end }: EndedUnit): Promise<void> {
  if (end.kind === 'failed')
    await plans.recordFailure(id, { unit: unit.id, about: unit.about, reason: end.reason });
}
