import { archivePrefixes, deliveryOfKey } from '../../core/reconcile/archived-delivery.ts';
import { nothingFound, type Tallied, talliedOne } from '../../core/reconcile/results.ts';
import type { StoredObject } from '../../ports.ts';
import type { ReconcilePorts } from '../../reconcile-ports.ts';
import { type LastSweep, type Swept, sweepObjects } from './sweep-objects.ts';

/**
 * Looks through one page of a fence's archive for deliveries whose end nothing says: their function died, and the partner did not send
 * them again. They are processed from the archive, as if the bus had been down. One that is in work says so, however new it is.
 */
export const sweepFence = (
  ports: ReconcilePorts,
  fence: string,
  last: LastSweep,
): Promise<Swept | undefined> =>
  sweepObjects(
    ports,
    {
      store: 'raw',
      prefixes: since => archivePrefixes(fence, since, new Date(ports.clock.now()).toISOString()),
      lookFor: object => lookFor(ports, fence, object),
    },
    last,
  );

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
