import { limits } from '#shared/contract/limits.ts';
import type { Ending } from '../core/webhook/answer.ts';
import { requestFields } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import {
  hoursBetween,
  parseReject,
  type Reject,
  type RejectPlace,
  rejectKey,
} from '../core/webhook/reject.ts';
import type { ReleaseOrder, ReleasePlace } from '../core/webhook/release-order.ts';
import { acceptOnce } from './accept-once.ts';
import { type Authentication, authenticateRequest } from './authenticate-request.ts';
import { nameDelivery } from './name-delivery.ts';
import { readIfThere } from './read-if-there.ts';
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
    let place = placeAfter(order, hour);
    if (isLate()) return place;
    const taken = await work.ports.rejectSlots.taken(work.fence.id, hour);
    for (const next of placesOf(place, taken)) {
      if (isLate() || tally.seen === order.limit) return place;
      place = next;
      tally.lookAt(place);
      await tryReject(work, place, { order, tally });
    }
  }
  return undefined;
}

/** Where to go on in an hour: at its beginning, unless an earlier call stopped in it. */
const placeAfter = ({ after }: ReleaseOrder, hour: string): RejectPlace =>
  after?.hour === hour ? after : { hour, shelf: '', slot: 0 };

/** The places of an hour that are in use and come after the given one: shelf after shelf. */
function* placesOf(
  { hour, shelf: from, slot: done }: RejectPlace,
  taken: Readonly<Record<string, number>>,
): Generator<RejectPlace> {
  for (const shelf of Object.keys(taken).sort()) {
    if (shelf < from) continue;
    const last = taken[shelf] ?? 0;
    for (let slot = shelf === from ? done + 1 : 1; slot <= last; slot++) yield { hour, shelf, slot };
  }
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
async function tryReject(work: RequestWork, place: RejectPlace, release: Release): Promise<void> {
  const { order, tally } = release;
  try {
    const reject = await readReject(work, place);
    if (!reject) tally.add('missing');
    else if (reject.receivedAt >= Date.parse(order.from) && reject.receivedAt < Date.parse(order.to))
      await releaseReject(work, reject, release);
  } catch (error) {
    tally.add('failed');
    work.ports.log.error(logLines.rejectNotReleased, { integration: work.fence.id, ...place, error });
  }
}

/** Undefined if the function died between taking the place and filling it, or if the object has expired. */
const readReject = (work: RequestWork, place: RejectPlace): Promise<Reject | undefined> =>
  readIfThere(work, { bucket: 'rejects', key: rejectKey(work.fence.id, place) }, parseReject);

async function releaseReject(work: RequestWork, reject: Reject, { order, tally }: Release): Promise<void> {
  if (isPastHorizon(work, reject.receivedAt)) return tally.add(pastHorizon);
  const proof = await authenticateRequest(work, reject);
  const signedAt = order.stale && proof.kind === 'refused' ? proof.refusal.signedAt : undefined;
  if (signedAt !== undefined) return releaseStale(work, { reject, signedAt }, { order, tally });
  if (proof.kind !== 'delivery')
    return tally.add(proof.kind === 'refused' ? proof.refusal.reason : proof.kind);
  await releaseVerified(work, { reject, proof, isStale: false }, { order, tally });
}

/**
 * Everything but the time is right. Verified as of the time it was signed. A copy of a delivery that was signed before the replay horizon
 * could not be recognised as such.
 */
async function releaseStale(
  work: RequestWork,
  { reject, signedAt }: { readonly reject: Reject; readonly signedAt: number },
  { order, tally }: Release,
): Promise<void> {
  if (isPastHorizon(work, signedAt)) return tally.add(pastHorizon);
  const proof = await authenticateRequest(work, { ...reject, receivedAt: signedAt });
  if (proof.kind !== 'delivery') return tally.add('failed');
  await releaseVerified(work, { reject, proof, isStale: true }, { order, tally });
}

const pastHorizon = 'past the replay horizon';

const isPastHorizon = ({ fence, ports }: RequestWork, time: number): boolean =>
  (ports.clock.now() - time) / (limits.secondsADay * 1000) > fence.replayHorizonDays;

interface VerifiedReject {
  readonly reject: Reject;
  readonly proof: Extract<Authentication, { readonly kind: 'delivery' }>;
  /** Its time is outside the tolerance. */
  readonly isStale: boolean;
}

/** One that the contract still does not accept stays, with the code of its answer. */
async function releaseVerified(
  work: RequestWork,
  { reject, proof, isStale }: VerifiedReject,
  { order, tally }: Release,
): Promise<void> {
  const named = nameDelivery(work.fence, reject, proof);
  if ('outcome' in named) return tally.add(named.code ?? named.outcome);
  if (order.dryRun) return tally.add(isStale ? 'stale' : 'verified');
  recordRelease(work, reject, { ending: await acceptOnce(work, named), isStale, tally });
}

function recordRelease(
  { fence, ports }: RequestWork,
  reject: Reject,
  {
    ending,
    isStale,
    tally,
  }: { readonly ending: Ending; readonly isStale: boolean; readonly tally: ReleaseTally },
): void {
  const { outcome, correlationId = '', traceId } = ending;
  const stale = isStale ? { stale: true as const } : {};
  tally.add(outcome, { receivedAt: new Date(reject.receivedAt).toISOString(), correlationId, ...stale });
  ports.log.info(logLines.rejectReleased, {
    ...requestFields(fence, reject),
    ...(traceId === undefined ? {} : { traceId }),
    correlationId,
    outcome,
    ...stale,
  });
}
