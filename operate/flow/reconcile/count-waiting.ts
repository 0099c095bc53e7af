import { limits } from '#shared/contract/limits.ts';
import type { KnownIntegration } from '../../core/known-integration.ts';
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
  const [letters, spilled] = await Promise.all([
    ports.deadLetters.count(id),
    kind === 'webhook-fence' ? ports.spilled.count(id) : 0,
  ]);
  return addTallied(
    waiting(id, 'dead letters', letters),
    waiting(id, 'spilled deliveries', spilled),
    limits.reconcileFindingsMax,
  );
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
