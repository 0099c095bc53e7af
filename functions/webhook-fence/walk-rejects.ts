import { limits } from '../../shared/contract/limits.ts';
import { hoursBetween, parseReject, type Reject, rejectKey } from '../../shared/core/webhook/reject.ts';
import { ObjectGone } from '../../shared/ports.ts';
import { acceptDelivery } from './accept-delivery.ts';
import { authenticate } from './authenticate.ts';
import { readRaw } from './read-raw.ts';
import type { ReleaseOrder, ReleasePlace } from './release.ts';
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
  const [from, to] = [Date.parse(order.from), Date.parse(order.to)];
  let last: ReleasePlace | undefined = order.after;
  for (const hour of hoursBetween(from, to)) {
    if (order.after && hour < order.after.hour) continue;
    const taken = await work.ports.rejectSlots.taken(work.fence.id, hour);
    for (let slot = hour === order.after?.hour ? order.after.slot + 1 : 1; slot <= taken; slot++) {
      if (work.invocation.remainingMilliseconds() < stopMilliseconds) return last ?? { hour, slot: slot - 1 };
      const reject = await readReject(work, hour, slot);
      last = { hour, slot };
      if (!reject) tally.add('missing');
      else if (reject.receivedAt >= from && reject.receivedAt <= to)
        await releaseOne(work, reject, order, tally);
    }
  }
  return undefined;
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
