import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import type { ReconciledIntegration, ReconciledLane } from '../../core/reconcile/known-lane.ts';
import { addTallied, nothingFound, type Tallied } from '../../core/reconcile/results.ts';
import type { Marks, ReconcilePorts } from '../../reconcile-ports.ts';
import { compareHandoff } from './compare-handoff.ts';
import { compareListing } from './compare-listing.ts';
import { countWaiting } from './count-waiting.ts';
import { isCatchingUp, reconcileDisabled } from './reconcile-disabled.ts';
import { type SweptFence, sweepFence } from './sweep-fence.ts';
import { sweepLane } from './sweep-lane.ts';
import type { Swept } from './sweep-objects.ts';
import { watchLane } from './watch-lane.ts';

export interface Asked {
  /** Whether a person asked: then everything counts, however new it is. */
  readonly isAsked: boolean;
  /** Whether there is time to begin something new. */
  readonly hasTime: () => boolean;
}

/** Compares one integration, and goes on in the next run where time or pages end. */
export async function reconcileIntegration(
  ports: ReconcilePorts,
  { lane, listing, rememberedDays, ...known }: ReconciledIntegration,
  asked: Asked,
): Promise<Tallied> {
  const set = await ports.switches.find(known.id);
  if (set?.to === 'disabled') return reconcileDisabled(ports, known, set);
  const open = await countWaiting(ports, known);
  if (known.kind !== 'cdc-feed' && set && (await isCatchingUp(ports, known, set))) return open;
  const compared = lane ? await reconcileLane(ports, lane, asked) : nothingFound;
  const ofFence =
    known.kind === 'webhook-fence'
      ? await reconcileFence(ports, { id: known.id, rememberedDays, listing }, asked)
      : nothingFound;
  return [compared, ofFence].reduce((sum, one) => addTallied(sum, one, limits.reconcileFindingsMax), open);
}

/** Deliveries of which nothing says how they ended, then what the provider has. */
async function reconcileFence(
  ports: ReconcilePorts,
  { id, rememberedDays, listing }: SweptFence & Pick<ReconciledIntegration, 'listing'>,
  asked: Asked,
): Promise<Tallied> {
  const marks = await ports.reconciliations.marks(id);
  const swept = await sweepPages(marks.sweep, asked, last =>
    sweepFence(ports, { id, rememberedDays }, { last, isAsked: asked.isAsked }),
  );
  const compared = listing
    ? await compareListing(ports, { id, listing }, { ...asked, before: marks.listing })
    : undefined;
  await ports.reconciliations.keepMarks(id, { sweep: swept.last, listing: compared?.marks });
  return addTallied(swept.found, compared?.found ?? nothingFound, limits.reconcileFindingsMax);
}

async function reconcileLane(ports: ReconcilePorts, lane: ReconciledLane, asked: Asked): Promise<Tallied> {
  const marks = await ports.reconciliations.marks(lane.id);
  const compared = await compareHandoffs(ports, lane, { after: marks.after, asked });
  const swept = await sweepPages(marks.sweep, asked, last =>
    sweepLane(ports, lane, { last, isAsked: asked.isAsked }),
  );
  const { schedule } = lane;
  const watched =
    schedule && asked.hasTime()
      ? await watchLane(ports, lane, { schedule, before: marks.watch, isAsked: asked.isAsked })
      : undefined;
  await ports.reconciliations.keepMarks(lane.id, {
    after: compared.after,
    sweep: swept.last,
    watch: watched?.watch ?? marks.watch,
  });
  return [compared, swept, watched]
    .map(part => part?.found ?? nothingFound)
    .reduce((sum, found) => addTallied(sum, found, limits.reconcileFindingsMax));
}

/** Goes on in the next run where pages or time end. */
async function sweepPages(
  first: Marks['sweep'],
  asked: Asked,
  sweep: (last: Marks['sweep']) => Promise<Swept | undefined>,
): Promise<{ readonly last: Marks['sweep']; readonly found: Tallied }> {
  let last = first;
  let found = nothingFound;
  for (let pages = 0; pages < limits.sweepPagesMax && asked.hasTime(); pages++) {
    const swept = await sweep(last);
    if (!swept) break;
    last = swept.sweep;
    found = addTallied(found, swept.found, limits.reconcileFindingsMax);
    if (last.after === undefined) break;
  }
  return { last, found };
}

async function compareHandoffs(
  { search, ...ports }: ReconcilePorts,
  lane: ReconciledLane,
  { after: first, asked }: { readonly after: Marks['after']; readonly asked: Asked },
): Promise<{ readonly after: Marks['after']; readonly found: Tallied }> {
  let found = nothingFound;
  let after = first;
  for (let pages = 0; pages < limits.reconcilePagesMax && asked.hasTime(); pages++) {
    const query = { integration: lane.id, isUnreconciled: true, limit: limits.reconcilePageEntries } as const;
    const page = await search.list({ ...query, after });
    const compared = await inParallel(page.handoffs, limits.callsInFlightMax, handoff =>
      compareHandoff({ search, ...ports }, lane, handoff),
    );
    for (const one of compared) found = addTallied(found, one, limits.reconcileFindingsMax);
    after = page.next;
    if (!after) break;
  }
  return { after, found };
}
