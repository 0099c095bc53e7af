import { isSettled } from '#adapters/file-lane/core/outcome/handoff.ts';
import { limits } from '#shared/contract/limits.ts';
import type { KnownIntegration } from '../../core/known-integration.ts';
import { letterHandoff } from '../../core/reconcile/letter-handoff.ts';
import { addTallied, nothingFound, type Tallied, talliedOne } from '../../core/reconcile/results.ts';
import { undeliveredPrefix } from '../../core/undelivered-line.ts';
import type { ReconcilePorts } from '../../reconcile-ports.ts';

/** What waits outside the ledger, and whose outcome is open: dead letters, spilled deliveries, undelivered batches. Each has an alarm. */
export async function countWaiting(ports: ReconcilePorts, { id, kind }: KnownIntegration): Promise<Tallied> {
  if (kind === 'cdc-feed') {
    const page = { prefix: undeliveredPrefix, limit: limits.keysAListing };
    const listed = await ports.objects.list({ undeliveredOf: id }, page);
    return waiting(id, 'undelivered batches', listed === 'missing' ? 0 : listed.length);
  }
  const removed = kind === 'file-lane' ? await removeFinished(ports, id) : 0;
  const [letters, spilled] = await Promise.all([
    ports.deadLetters.count(id),
    kind === 'webhook-fence' ? ports.work.count(id) : 0,
  ]);
  const counted = waiting(id, 'dead letters', letters);
  return addTallied(
    { ...counted, healed: { ...counted.healed, removedLetters: removed } },
    waiting(id, 'spilled deliveries', spilled),
    limits.reconcileFindingsMax,
  );
}

/** A lane's dead letter whose file is settled says nothing any more, and would keep its alarm on. */
async function removeFinished(ports: ReconcilePorts, id: string): Promise<number> {
  const letters = await ports.deadLetters.count(id);
  if (letters === 0 || letters === 'missing') return 0;
  return ports.finishedLetters.remove(id, async body => {
    const handoffId = letterHandoff(id, body);
    const handoff = handoffId === undefined ? undefined : await ports.ledger.find(handoffId);
    return handoff !== undefined && isSettled(handoff.state);
  });
}

/** `missing`: its stack is not deployed. */
const waiting = (integration: string, what: string, count: number | 'missing'): Tallied =>
  count === 0 || count === 'missing'
    ? nothingFound
    : talliedOne({
        integration,
        about: integration,
        result: 'unknown',
        detail: `${what}: ${count}`,
        needsPeople: false,
      });
