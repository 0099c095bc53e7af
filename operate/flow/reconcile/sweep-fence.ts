import { limits } from '#shared/contract/limits.ts';
import { archivePrefixes, deliveryOfKey } from '../../core/reconcile/archived-delivery.ts';
import { nothingFound, type Tallied, talliedOne } from '../../core/reconcile/results.ts';
import type { StoredObject } from '../../ports.ts';
import type { ReconcilePorts } from '../../reconcile-ports.ts';
import { type LastSweep, type Swept, sweepObjects } from './sweep-objects.ts';

export interface SweptFence {
  readonly id: string;
  readonly rememberedDays?: number | undefined;
}

/**
 * Looks through one page of a fence's archive for deliveries whose end nothing says: their function died, and the partner did not send
 * them again. They are processed from the archive, as if the bus had been down. One that is in work says so, however new it is. One that
 * is older than the fence remembers is left: nothing says any more that it was published.
 */
export const sweepFence = (
  ports: ReconcilePorts,
  { id, rememberedDays = 1 }: SweptFence,
  last: LastSweep,
): Promise<Swept | undefined> =>
  sweepObjects(
    ports,
    {
      store: 'raw',
      prefixes: since => archivePrefixes(id, since, new Date(ports.clock.now()).toISOString()),
      lookFor: object =>
        ageOf(ports, object) < rememberedDays * limits.secondsADay - limits.sweepEverySeconds
          ? lookFor(ports, id, object)
          : Promise.resolve(nothingFound),
    },
    last,
  );

/** In seconds. */
const ageOf = ({ clock }: ReconcilePorts, { modifiedAt }: StoredObject): number =>
  (clock.now() - Date.parse(modifiedAt)) / 1_000;

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
