import type { Delivery } from '../core/webhook/delivery.ts';
import { readPayload } from '../core/webhook/payload.ts';
import { leavesNameFree } from '../core/webhook/remembered.ts';
import { tenantInBooks } from '../core/webhook/tenant.ts';
import { holdUnsignedId } from './hold-id.ts';
import { publishOrQuarantine } from './publish-or-quarantine.ts';
import { rememberListed } from './remember-listed.ts';
import { rememberedOf } from './remembered-of.ts';
import { type Attempt, type OnceOutcome, type ProcessEnd, runOnce } from './run-once.ts';
import type { Work } from './work.ts';

/** A delivery as it was archived. */
export interface ArchivedDelivery {
  readonly delivery: Delivery;
  /** In the raw bucket. */
  readonly key: string;
}

/**
 * Processes an archived delivery again: one that was answered before the bus accepted it, or a quarantined one. Its events get
 * the same ids. Other content that was accepted under its name or id meanwhile stays.
 */
export const reprocessDelivery = (work: Work, archived: ArchivedDelivery): Promise<OnceOutcome> =>
  runOnce(work, archived.delivery, {
    mayRepeat: (known, isSame) => (isSame ? known.status !== 'published' : leavesNameFree(known)),
    process: attempt => publishArchived(work, archived, attempt),
  });

/** The sender of an `accepted` delivery gets that answer on repeats too, and the delivery keeps its tenant. */
async function publishArchived(
  work: Work,
  { delivery, key }: ArchivedDelivery,
  { known, hold }: Attempt,
): Promise<ProcessEnd> {
  const { fence } = work;
  const refusal = await holdUnsignedId(work, delivery);
  if (refusal) return refusal;
  const payload = readPayload(fence, delivery);
  const result = await publishOrQuarantine(work, { delivery, payload }, { key, hold });
  if (result.status === 'busy') return { kind: 'busy' };
  if (result.status === 'unpublished') return { kind: 'bus-unavailable', reason: result.reason };
  await rememberListed(work, { delivery, payload }, result);
  const tenant = known?.tenant || tenantInBooks(fence, delivery, payload);
  const value = rememberedOf({ delivery, tenant, key }, result);
  return {
    kind: 'processed',
    value: known?.status === 'accepted' ? { ...value, answer: known.answer } : value,
  };
}
