import { handoffIdOf, versionOf } from '#adapters/file-lane/core/outcome/handoff-id.ts';
import { fixedPrefix, inPrefix } from '#adapters/file-lane/core/outcome/prefixes.ts';
import { limits } from '#shared/contract/limits.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { type SweptLane, waysToBegin } from '../../core/reconcile/begun-by.ts';
import { nextSweep } from '../../core/reconcile/next-sweep.ts';
import { objectNotice } from '../../core/reconcile/object-notice.ts';
import { addTallied, nothingFound, type Tallied, talliedOne } from '../../core/reconcile/results.ts';
import type { StoredObject } from '../../ports.ts';
import type { ReconcilePorts, Sweep } from '../../reconcile-ports.ts';

export interface Swept {
  readonly sweep: Sweep;
  readonly found: Tallied;
}

/**
 * Looks through one page of a lane's objects for those that the ledger does not know: their notification was lost. They are notified
 * again. A sweep begins once an hour, and looks only at objects that came since the one before. `isAsked`: now, however new they are.
 */
export async function sweepLane(
  ports: ReconcilePorts,
  lane: SweptLane,
  { last, isAsked }: { readonly last: Sweep | undefined; readonly isAsked: boolean },
): Promise<Swept | undefined> {
  const now = ports.clock.now();
  const sweep = nextSweep(last, now, isAsked);
  if (!sweep) return undefined;
  const [prefix = '', ...others] = prefixesFrom(lane, sweep.after);
  const page = { prefix, after: sweep.after, limit: limits.keysAListing };
  const objects = await ports.objects.list('inbound', page);
  if (objects === 'missing') throw new Error('there is no inbound bucket');
  const youngest = new Date(now - (isAsked ? 0 : 1_000 * limits.sweepAgeSeconds)).toISOString();
  const due = objects.filter(({ modifiedAt }) => modifiedAt >= sweep.since && modifiedAt <= youngest);
  const found = await inParallel(due, limits.callsInFlightMax, object => lookFor(ports, lane, object));
  const isLast = objects.length < limits.keysAListing;
  return {
    sweep: { ...sweep, after: isLast ? others[0] : objects.at(-1)?.key },
    found: found.reduce((sum, one) => addTallied(sum, one, limits.reconcileFindingsMax), nothingFound),
  };
}

/** Where files are dropped, from the prefix on in which the sweep is. In the order of keys. */
const prefixesFrom = (lane: SweptLane, after: string | undefined): readonly string[] =>
  [fixedPrefix(lane), inPrefix(lane)].filter(
    prefix => after === undefined || after < prefix || after.startsWith(prefix),
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
