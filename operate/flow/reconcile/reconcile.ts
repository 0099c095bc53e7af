import { limits } from '#shared/contract/limits.ts';
import { isAccepted } from '#shared/core/batch/fault-of-answer.ts';
import { publish } from '#shared/core/batch/publish.ts';
import type { Invocation } from '#shared/ports.ts';
import { completedEntry } from '../../core/reconcile/completed-entry.ts';
import type { ReconciledIntegration } from '../../core/reconcile/known-lane.ts';
import { reconcilerLines } from '../../core/reconcile/log-lines.ts';
import { addTallied, nothingFound } from '../../core/reconcile/results.ts';
import type { Run } from '../../core/reconcile/run.ts';
import type { ReconcilePorts } from '../../reconcile-ports.ts';
import { reconcileIntegration } from './reconcile-integration.ts';

export interface ReconcileWork {
  readonly integrations: readonly ReconciledIntegration[];
  readonly ports: ReconcilePorts;
  readonly invocation: Invocation;
  readonly isAsked: boolean;
}

/**
 * Compares every integration. A run that has no time left is completed with what it has; each integration goes on in the next run
 * where this one stopped. `busy`: another run is under way.
 */
export async function reconcile(work: ReconcileWork): Promise<Run | 'busy'> {
  const { ports, invocation } = work;
  const now = ports.clock.now();
  const startedAt = new Date(now).toISOString();
  const until = now + invocation.remainingMilliseconds() + 1_000;
  if (!(await ports.reconciliations.begin({ startedAt, now, until }))) {
    ports.log.info(reconcilerLines.busy);
    return 'busy';
  }
  const run = await compareAll(work, { ...nothingFound, startedAt, failed: [] });
  const completed: Run = { ...run, completedAt: new Date(ports.clock.now()).toISOString() };
  await report(ports, completed);
  await ports.reconciliations.keep(completed);
  return completed;
}

/** One integration that fails does not stop the others. */
async function compareAll(
  { integrations, ports, invocation, isAsked }: ReconcileWork,
  begun: Run,
): Promise<Run> {
  const hasTime = () => invocation.remainingMilliseconds() > limits.reconcileStopMilliseconds;
  let run = begun;
  // Those that the last run did not compare to the end come first, so that none is always the last.
  const before = (await ports.reconciliations.last())?.failed ?? [];
  const order = [...integrations].sort(
    (a, b) => Number(before.includes(b.id)) - Number(before.includes(a.id)),
  );
  for (const integration of order) {
    if (!hasTime()) return { ...run, failed: [...run.failed, integration.id] };
    try {
      const found = await reconcileIntegration(ports, integration, { isAsked, hasTime });
      run = { ...run, ...addTallied(run, found, limits.reconcileFindingsMax) };
    } catch (error) {
      ports.log.error(reconcilerLines.failed, { integration: integration.id, error });
      run = { ...run, failed: [...run.failed, integration.id] };
    }
  }
  return run;
}

async function report(ports: ReconcilePorts, run: Run): Promise<void> {
  const { results, healed, failed, findings } = run;
  for (const { integration, about, result, detail } of findings.filter(({ needsPeople }) => needsPeople))
    ports.log.error(reconcilerLines.needsPeople, { integration, about, result, detail });
  ports.log.info(reconcilerLines.completed, { results, healed, failed });
  const [answer] = await publish([completedEntry(run)], ports);
  if (answer && !isAccepted(answer))
    throw new Error(`the bus did not take the event: ${JSON.stringify(answer)}`);
}
