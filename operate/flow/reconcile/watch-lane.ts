import { limits } from '#shared/contract/limits.ts';
import type { Schedule } from '#shared/contract/schedule.ts';
import { isAccepted } from '#shared/core/batch/fault-of-answer.ts';
import { publish } from '#shared/core/batch/publish.ts';
import {
  beginWatch,
  type CameFile,
  nextDue,
  type Watch,
  type Watched,
  watchSchedule,
} from '#shared/core/schedule/watch-schedule.ts';
import type { ReconciledLane } from '../../core/reconcile/known-lane.ts';
import { reconcilerLines } from '../../core/reconcile/log-lines.ts';
import { overdueEntry } from '../../core/reconcile/overdue-entry.ts';
import { addTallied, nothingFound, type Tallied, talliedOne } from '../../core/reconcile/results.ts';
import type { KeptWatch, ReconcilePorts } from '../../reconcile-ports.ts';

interface Asked {
  readonly schedule: Schedule;
  readonly before: KeptWatch | undefined;
  readonly isAsked: boolean;
}

/**
 * Holds the files that came against the lane's schedule. Announces each that is overdue once, and logs it for
 * the alarm in every run until it comes. A file that arrived late is logged, too.
 */
export async function watchLane(
  ports: ReconcilePorts,
  lane: ReconciledLane,
  { schedule, before, isAsked }: Asked,
): Promise<{ readonly watch: KeptWatch; readonly found: Tallied }> {
  const now = ports.clock.now() - (isAsked ? 0 : 1_000 * limits.watchLagSeconds);
  const begun: Watch = before ?? beginWatch(schedule, now);
  const { watch, overdue, late } = await lookAgain(ports, lane.id, { schedule, begun, now });
  for (const due of overdue) await announce(ports, lane, { schedule, due });
  for (const { id, due } of late) {
    await ports.reconciled.recordLate(id, iso(due));
    ports.log.info(reconcilerLines.arrivedLate, { integration: lane.id, handoffId: id, due: iso(due) });
  }
  for (const due of watch.missing)
    ports.log.error(reconcilerLines.overdue, { integration: lane.id, due: iso(due) });
  return { watch: { ...watch, nextDue: nextDue(schedule, watch) }, found: talliedOf(lane.id, watch) };
}

/** Nothing when another run looked later than this one may. */
async function lookAgain(
  ports: ReconcilePorts,
  integration: string,
  { schedule, begun, now }: { readonly schedule: Schedule; readonly begun: Watch; readonly now: number },
): Promise<Watched> {
  if (now <= begun.upTo) return { watch: begun, overdue: [], late: [] };
  const came = await filesSince(ports, integration, begun.upTo);
  return watchSchedule(schedule, begun, { came, now });
}

const iso = (epochMilliseconds: number): string => new Date(epochMilliseconds).toISOString();

/** A file that still awaits another object did not come whole. It counts when it is opened, by the time that it was dropped. */
async function filesSince(
  { search }: ReconcilePorts,
  integration: string,
  since: number,
): Promise<CameFile[]> {
  const came: CameFile[] = [];
  const query = { integration, from: iso(since), limit: limits.reconcilePageEntries } as const;
  let page = await search.list(query);
  for (let pages = 1; ; pages++) {
    for (const { id, state, receivedAt, period } of page.handoffs)
      if (state !== 'awaiting') came.push({ id, at: Date.parse(receivedAt), period });
    if (!page.next || pages === limits.reconcilePagesMax) return came;
    page = await search.list({ ...query, after: page.next });
  }
}

async function announce(
  ports: ReconcilePorts,
  lane: ReconciledLane,
  { schedule, due }: { readonly schedule: Schedule; readonly due: number },
): Promise<void> {
  const [answer] = await publish([overdueEntry(lane, schedule, due)], ports);
  if (answer && !isAccepted(answer))
    throw new Error(`the bus did not take the event: ${JSON.stringify(answer)}`);
}

const talliedOf = (integration: string, { missing }: Watch): Tallied =>
  missing
    .map(due =>
      talliedOne({
        integration,
        about: integration,
        result: 'external-failure',
        detail: `the file that was due at ${iso(due)} did not come; ask the partner`,
        needsPeople: false,
      }),
    )
    .reduce((sum, one) => addTallied(sum, one, limits.reconcileFindingsMax), nothingFound);
