import { limits } from '#shared/contract/limits.ts';
import { ObjectGone } from '#shared/ports.ts';
import type { Ending } from '../core/webhook/answer.ts';
import { requestFields } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import { hoursBetween, parseReject, type Reject, rejectKey } from '../core/webhook/reject.ts';
import type { ReleaseOrder, ReleasePlace } from '../core/webhook/release-order.ts';
import { acceptOnce } from './accept-once.ts';
import { authenticateRequest } from './authenticate-request.ts';
import { nameDelivery } from './name-delivery.ts';
import { readRaw } from './read-raw.ts';
import type { ReleaseTally } from './release-tally.ts';
import type { RequestWork } from './work.ts';

/** With less time left, no further reject is begun. */
const stopMilliseconds = 10_000;

/** Looks at the rejects of a span one after the other. Stops when the time is nearly over, and says where to go on. */
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
      await tryReject(work, { hour, slot }, { order, tally });
    }
  }
  return undefined;
}

/** The hours of the span that can have rejects, from where an earlier call stopped. */
function* hoursOf({ ports }: RequestWork, { from, to, after }: ReleaseOrder): Generator<string> {
  const now = ports.clock.now();
  const oldest = now - limits.rejectsKeptDays * limits.secondsADay * 1000;
  for (const hour of hoursBetween(Math.max(Date.parse(from), oldest), Math.min(Date.parse(to), now)))
    if (!after || hour >= after.hour) yield hour;
}

interface Release {
  readonly order: ReleaseOrder;
  readonly tally: ReleaseTally;
}

/** A reject that cannot be read or accepted now does not stop those after it. It stays, and another call can release it. */
async function tryReject(work: RequestWork, { hour, slot }: ReleasePlace, release: Release): Promise<void> {
  const { order, tally } = release;
  try {
    const reject = await readReject(work, hour, slot);
    if (!reject) tally.add('missing');
    else if (reject.receivedAt >= Date.parse(order.from) && reject.receivedAt <= Date.parse(order.to))
      await releaseReject(work, reject, release);
  } catch (error) {
    tally.add('failed');
    work.ports.log.error(logLines.rejectNotReleased, { integration: work.fence.id, hour, slot, error });
  }
}

/** Undefined if the function died between taking the place and filling it, or if the object has expired. */
async function readReject(work: RequestWork, hour: string, slot: number): Promise<Reject | undefined> {
  try {
    return parseReject(await readRaw(work, rejectKey(work.fence.id, hour, slot)));
  } catch (error) {
    if (error instanceof ObjectGone) return undefined;
    throw error;
  }
}

async function releaseReject(work: RequestWork, reject: Reject, { order, tally }: Release): Promise<void> {
  const daysOld = (work.ports.clock.now() - reject.receivedAt) / (limits.secondsADay * 1000);
  if (daysOld > work.fence.replayHorizonDays) return tally.add('past the replay horizon');
  const proof = await authenticateRequest(work, reject);
  if (proof.kind !== 'delivery')
    return tally.add(proof.kind === 'refused' ? proof.refusal.reason : proof.kind);
  if (order.dryRun) return tally.add('verified');
  const named = nameDelivery(work.fence, reject, proof);
  const ending = 'outcome' in named ? named : await acceptOnce(work, named);
  recordRelease(work, reject, { ending, tally });
}

function recordRelease(
  { fence, ports }: RequestWork,
  reject: Reject,
  { ending, tally }: { readonly ending: Ending; readonly tally: ReleaseTally },
): void {
  const { outcome, correlationId = '', traceId } = ending;
  tally.add(outcome, { receivedAt: new Date(reject.receivedAt).toISOString(), correlationId });
  ports.log.info(logLines.rejectReleased, {
    ...requestFields(fence, reject),
    ...(traceId === undefined ? {} : { traceId }),
    correlationId,
    outcome,
  });
}
