import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import { archivePrefixes, deliveryOfKey } from '../../core/reconcile/archived-delivery.ts';
import { nextSweep } from '../../core/reconcile/next-sweep.ts';
import { addTallied, nothingFound, type Tallied, talliedOne } from '../../core/reconcile/results.ts';
import type { StoredObject } from '../../ports.ts';
import type { ReconcilePorts } from '../../reconcile-ports.ts';
import type { Swept } from './sweep-lane.ts';

/**
 * Looks through one page of a fence's archive for deliveries whose end nothing says: their function died, and the partner did not send
 * them again. They are processed from the archive, as if the bus had been down. A sweep begins once an hour. `isAsked`: now, however new
 * they are: a delivery that is in work says so.
 */
export async function sweepFence(
  ports: ReconcilePorts,
  fence: string,
  { last, isAsked }: { readonly last: Swept['sweep'] | undefined; readonly isAsked: boolean },
): Promise<Swept | undefined> {
  const now = ports.clock.now();
  const sweep = nextSweep(last, now, isAsked);
  if (!sweep) return undefined;
  const prefixes = archivePrefixes(fence, sweep.since, new Date(now).toISOString());
  const [prefix = '', ...others] = prefixes.filter(
    each => sweep.after === undefined || each > sweep.after || sweep.after.startsWith(each),
  );
  const page = { prefix, after: sweep.after, limit: limits.keysAListing };
  const objects = await ports.objects.list('raw', page);
  if (objects === 'missing') throw new Error('there is no raw bucket');
  const youngest = new Date(now - (isAsked ? 0 : 1_000 * limits.sweepAgeSeconds)).toISOString();
  const due = objects.filter(({ modifiedAt }) => modifiedAt >= sweep.since && modifiedAt <= youngest);
  const found = await inParallel(due, limits.callsInFlightMax, object => lookFor(ports, fence, object));
  const isLast = objects.length < limits.keysAListing;
  return {
    sweep: { ...sweep, after: isLast ? others[0] : objects.at(-1)?.key },
    found: found.reduce((sum, one) => addTallied(sum, one, limits.reconcileFindingsMax), nothingFound),
  };
}

async function lookFor(
  ports: ReconcilePorts,
  fence: string,
  { key, modifiedAt }: StoredObject,
): Promise<Tallied> {
  const correlationId = deliveryOfKey(fence, key);
  if (correlationId === undefined) return nothingFound;
  const { value, isAtWork } = await ports.deliveries.find(correlationId);
  if (value !== undefined || isAtWork) return nothingFound;
  await ports.workQueue(fence).send([{ kind: 'edge.spilled', correlationId, key }]);
  return talliedOne(
    {
      integration: fence,
      about: correlationId,
      result: 'unknown',
      detail: `it is archived since ${modifiedAt}, and nothing says how it ended; it is processed from the archive`,
      needsPeople: false,
    },
    { resumed: 1 },
  );
}
