import { EdgeError } from '#shared/core/log/edge-error.ts';
import { parseArchive } from '../core/webhook/archive.ts';
import type { Delivery } from '../core/webhook/delivery.ts';
import { readPayload } from '../core/webhook/payload.ts';
import { leavesNameFree, type Remembered } from '../core/webhook/remembered.ts';
import { tenantInBooks } from '../core/webhook/tenant.ts';
import { claimId, IdBusy, IdConflict } from './conflict.ts';
import { makeEvents } from './make-events.ts';
import { readRaw } from './read-raw.ts';
import { rememberedOf } from './remembered-of.ts';
import { parseSpilled } from './spill.ts';
import { type TakeEnd, takeOrRetake } from './take-or-retake.ts';
import type { Work } from './work.ts';

/** The bus does not take it yet: the message stays in the queue. */
export class StillSpilled extends EdgeError {
  override readonly name = 'StillSpilled';
}

/**
 * Publishes a delivery that was answered before the bus took it, or that was put aside and its operator wants taken anew: read
 * from the archive, mapped again to the same ids. False when someone else is at it.
 * @throws StillSpilled and whatever else keeps it in the queue.
 */
export async function drain(work: Work, message: string): Promise<boolean> {
  const { key } = parseSpilled(message);
  const delivery = parseArchive(await readRaw(work, key));
  const end = await retake(work, delivery, key);
  if (end.kind === 'busy') return false;
  tell(work, delivery.correlationId, end);
  return true;
}

type DrainEnd = TakeEnd | { readonly kind: 'contradicted' };

/** What came under the same id meanwhile, signed or not, stands. */
async function retake(work: Work, delivery: Delivery, key: string): Promise<DrainEnd> {
  try {
    return await takeOrRetake(work, delivery, {
      may: (known, isSame) => (isSame ? known.status !== 'published' : leavesNameFree(known)),
      take: known => takeArchived(work, delivery, key, known),
    });
  } catch (error) {
    if (error instanceof IdBusy) return { kind: 'busy' };
    if (error instanceof IdConflict) return { kind: 'contradicted' };
    throw error;
  }
}

/** A sender that was answered `accepted` gets that again, and its delivery stays its tenant's. */
async function takeArchived(
  work: Work,
  delivery: Delivery,
  key: string,
  known: Remembered | undefined,
): Promise<Remembered> {
  const { fence, ports } = work;
  await claimId(work, delivery);
  const payload = readPayload(fence, delivery.body);
  const made = await makeEvents(work, delivery, payload, ports.files.uri({ bucket: 'raw', key }));
  if (made.status === 'later') throw new StillSpilled(made.reason);
  const tenant = known?.tenant || tenantInBooks(fence, payload);
  const now = rememberedOf(fence, delivery.correlationId, tenant, made);
  return known?.status === 'accepted' ? { ...now, answer: known.answer } : now;
}

/**
 * The outcome that a request still lacks, because it was answered `accepted`, is told once. One that had its outcome keeps it in the
 * books, such as one told 503 because what it had spilled could not be remembered; what became of it is told beside.
 */
function tell(
  { fence, ports: { log } }: Work,
  correlationId: string,
  end: Exclude<DrainEnd, { readonly kind: 'busy' }>,
): void {
  const fields = { integration: fence.id, correlationId };
  if (end.kind === 'contradicted') {
    log.warn('drain conflict', fields);
    return;
  }
  const { status } = end.value;
  if (end.kind === 'known' && !end.isSame) log.warn('drain conflict', { ...fields, status });
  else if (end.kind === 'known' || end.was?.status === status)
    log.info('drain repeated', { ...fields, status });
  else if (end.was?.status === 'accepted')
    log.info('request settled', { ...fields, outcome: status, drained: true });
  else log.info('delivery corrected', { ...fields, was: end.was?.status ?? 'unknown', outcome: status });
}
