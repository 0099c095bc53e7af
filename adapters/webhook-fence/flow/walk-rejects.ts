import { limits } from '#shared/contract/limits.ts';
import { ObjectGone } from '#shared/ports.ts';
import { hoursBetween, parseReject, type Reject, rejectKey } from '../core/webhook/reject.ts';
import type { ReleaseOrder, ReleasePlace } from '../core/webhook/release-order.ts';
import { acceptDelivery } from './accept-delivery.ts';
import { authenticate } from './authenticate.ts';
import { readRaw } from './read-raw.ts';
import type { ReleaseTally } from './release-tally.ts';
import type { RequestWork } from './work.ts';

/** Time left below which no further reject is begun. */
const stopMilliseconds = 10_000;

/** Looks at the rejects of a span, one after the other, until time is nearly over; tells then where to go on. */
export async function walkRejects(
  work: RequestWork,
  order: ReleaseOrder,
  tally: ReleaseTally,
): Promise<ReleasePlace | undefined> {
  const isLate = () => work.invocation.remainingMilliseconds() < stopMilliseconds;
  for (const hour of hoursOf(work, order)) {
    let slot = hour === order.after?.hour ? order.after.slot : 0;
    if (isLate()) return { hour, slot };
    const taken = await work.ports.rejectSlots.taken(work.fence.id, hour);
    while (slot < taken) {
      if (isLate()) return { hour, slot };
      slot += 1;
      await lookAt(work, { hour, slot }, order, tally);
    }
  }
  return undefined;
}

/** The hours of the span in which there can be rejects, from where an earlier call stopped. */
function* hoursOf({ ports }: RequestWork, { from, to, after }: ReleaseOrder): Generator<string> {
  const now = ports.clock.now();
  const oldest = now - limits.rejectsKeptDays * limits.secondsADay * 1000;
  for (const hour of hoursBetween(Math.max(Date.parse(from), oldest), Math.min(Date.parse(to), now)))
    if (!after || hour >= after.hour) yield hour;
}

/** One that cannot be read or taken now must not keep back those after it: it stays, to be released by another call. */
async function lookAt(
  work: RequestWork,
  { hour, slot }: ReleasePlace,
  order: ReleaseOrder,
  tally: ReleaseTally,
): Promise<void> {
  try {
    const reject = await readReject(work, hour, slot);
    if (!reject) tally.add('missing');
    else if (reject.receivedAt >= Date.parse(order.from) && reject.receivedAt <= Date.parse(order.to))
      await releaseOne(work, reject, order, tally);
  } catch (error) {
    tally.add('failed');
    work.ports.log.error('reject not released', { integration: work.fence.id, hour, slot, error });
  }
}

/** Undefined where the function died between taking the place and filling it, or the object is past its keeping. */
async function readReject(work: RequestWork, hour: string, slot: number): Promise<Reject | undefined> {
  try {
    return parseReject(await readRaw(work, rejectKey(work.fence.id, hour, slot)));
  } catch (error) {
    if (error instanceof ObjectGone) return undefined;
    throw error;
  }
}

async function releaseOne(
  work: RequestWork,
  reject: Reject,
  { dryRun }: ReleaseOrder,
  tally: ReleaseTally,
): Promise<void> {
  const daysOld = (work.ports.clock.now() - reject.receivedAt) / (limits.secondsADay * 1000);
  if (daysOld > work.fence.replayHorizonDays) return tally.add('past the replay horizon');
  const proof = await authenticate(work, reject);
  if (proof.kind !== 'delivery')
    return tally.add(proof.kind === 'refused' ? proof.refusal.reason : proof.kind);
  if (dryRun) return tally.add('verified');
  const { outcome, correlationId = '' } = await acceptDelivery(work, reject, proof.verified, {
    countsForQuota: false,
  });
  tally.add(outcome, { receivedAt: new Date(reject.receivedAt).toISOString(), correlationId });
  work.ports.log.info('reject released', {
    integration: work.fence.id,
    requestId: reject.id,
    correlationId,
    outcome,
  });
}
