import { limits } from '../../shared/contract/limits.ts';
import { hoursBetween, parseReject, type Reject, rejectKey } from '../../shared/core/webhook/reject.ts';
import { ObjectGone } from '../../shared/ports.ts';
import { acceptDelivery } from './accept-delivery.ts';
import { authenticate } from './authenticate.ts';
import type { RequestWork } from './work.ts';
import { writeAudit } from './write-audit.ts';

/** What an operator asks for. Times are ISO 8601; a preview changes nothing. */
export interface ReleaseOrder {
  readonly from: string;
  readonly to: string;
  readonly dryRun: boolean;
  readonly operator: string;
  readonly reason: string;
  /** Where an earlier call stopped because its time was over. */
  readonly after?: ReleasePlace | undefined;
}

export interface ReleasePlace {
  readonly hour: string;
  readonly slot: number;
}

export interface ReleaseReport extends ReleaseOrder {
  readonly startedAt: string;
  /** Rejects looked at. */
  readonly seen: number;
  /** How they ended, by outcome or by why not. In a preview `verified` are those that would be released. */
  readonly ends: Readonly<Record<string, number>>;
  /** The first of those released; the audit record has them all. */
  readonly released: readonly {
    readonly receivedAt: string;
    readonly correlationId: string;
    readonly end: string;
  }[];
  /** Undefined when all were looked at. */
  readonly next?: ReleasePlace | undefined;
  /** URI of the record of this release; none of a preview. */
  readonly audit?: string | undefined;
}

/** Time left below which no further reject is begun. */
const stopMilliseconds = 10_000;

/**
 * Verifies kept rejects again as of their receipt, with the keys as they are now, and takes those that pass as if they had
 * just come: the same `once`, so that what was delivered again meanwhile is a duplicate. What was asked, by whom and what came of it
 * is kept, from before the first release on.
 */
export async function releaseRejects(work: RequestWork, order: ReleaseOrder): Promise<ReleaseReport> {
  const startedAt = new Date(work.ports.clock.now()).toISOString();
  const tally = new ReleaseTally();
  const report = (): ReleaseReport => ({ ...order, startedAt, ...tally.sum() });
  if (order.dryRun) return { ...report(), next: await walk(work, order, tally), ...tally.sum() };
  await writeAudit(work, report());
  const next = await walk(work, order, tally);
  const done = { ...report(), next };
  const audit = await writeAudit(work, done);
  return { ...done, released: done.released.slice(0, limits.releasesListedMax), audit };
}

class ReleaseTally {
  #seen = 0;
  readonly #ends: Record<string, number> = {};
  readonly #released: { receivedAt: string; correlationId: string; end: string }[] = [];

  add(end: string, released?: { readonly receivedAt: string; readonly correlationId: string }): void {
    this.#seen += 1;
    this.#ends[end] = (this.#ends[end] ?? 0) + 1;
    if (released) this.#released.push({ ...released, end });
  }

  sum() {
    return { seen: this.#seen, ends: { ...this.#ends }, released: [...this.#released] };
  }
}

async function walk(
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
async function readReject(
  { fence, ports }: RequestWork,
  hour: string,
  slot: number,
): Promise<Reject | undefined> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of ports.files.read({ bucket: 'raw', key: rejectKey(fence.id, hour, slot) }))
      pieces.push(piece);
  } catch (error) {
    if (error instanceof ObjectGone) return undefined;
    throw error;
  }
  return parseReject(Buffer.concat(pieces).toString('utf8'));
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
