import { handoffIdOf, versionOf } from '#adapters/file-lane/core/outcome/handoff-id.ts';
import { fixedPrefix, inPrefix } from '#adapters/file-lane/core/outcome/prefixes.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { type SweptLane, waysToBegin } from '../../core/reconcile/begun-by.ts';
import { objectNotice } from '../../core/reconcile/object-notice.ts';
import { nothingFound, type Tallied, talliedOne } from '../../core/reconcile/results.ts';
import type { StoredObject } from '../../ports.ts';
import type { ReconcilePorts } from '../../reconcile-ports.ts';
import { type LastSweep, type Swept, sweepObjects } from './sweep-objects.ts';

/**
 * Looks through one page of a lane's objects for those that the ledger does not know: their notification was lost. They are notified
 * again.
 */
export const sweepLane = (
  ports: ReconcilePorts,
  lane: SweptLane,
  last: LastSweep,
): Promise<Swept | undefined> =>
  sweepObjects(
    ports,
    {
      store: 'inbound',
      prefixes: () => [fixedPrefix(lane), inPrefix(lane)],
      lookFor: object => lookFor(ports, lane, object),
    },
    last,
  );

async function lookFor(
  ports: ReconcilePorts,
  lane: SweptLane,
  { key, modifiedAt }: StoredObject,
): Promise<Tallied> {
  const ways = waysToBegin(lane, key);
  if (ways.length === 0) return nothingFound;
  const versions = new Map<string, ObjectRef>();
  for (const one of new Set(ways.flat())) {
    const info = await ports.files.head({ bucket: 'inbound', key: one });
    if (info) versions.set(one, { bucket: 'inbound', key: one, versionId: info.versionId, etag: info.etag });
  }
  const object = versions.get(key);
  if (!object) return nothingFound;
  for (const way of ways) {
    const begins = way.flatMap(one => versions.get(one) ?? []);
    if (begins.length < way.length) continue;
    if (await ports.ledger.find(handoffIdOf(lane.id, ports.inboundBucket, begins))) return nothingFound;
  }
  return notify(ports, lane, { object, modifiedAt });
}

/** As of the time that it was dropped: that decides which of two versions is answered. */
async function notify(
  ports: ReconcilePorts,
  lane: SweptLane,
  { object, modifiedAt: time }: { readonly object: ObjectRef; readonly modifiedAt: string },
): Promise<Tallied> {
  const id = `reconciler:${versionOf(object)}`;
  await ports.workQueue(lane.id).send([objectNotice(ports.inboundBucket, object, { id, time })]);
  return talliedOne(
    {
      integration: lane.id,
      about: object.key,
      result: 'external-success',
      detail: 'the file is there, and the ledger does not know it; it is notified again',
      needsPeople: false,
    },
    { notified: 1 },
  );
}
