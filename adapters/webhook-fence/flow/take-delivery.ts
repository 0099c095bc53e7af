import { archiveText } from '../core/webhook/archive.ts';
import { objectKey } from '../core/webhook/delivery.ts';
import type { Remembered } from '../core/webhook/remembered.ts';
import { claimId } from './conflict.ts';
import { makeEvents } from './make-events.ts';
import type { Named } from './named-delivery.ts';
import { rememberedOf } from './remembered-of.ts';
import { spill } from './spill.ts';
import type { Work } from './work.ts';

/**
 * What is done once for a delivery: kept raw before anything else, then mapped and published, quarantined, skipped, or left to
 * the drain. Everything written is the same on every repetition. Whatever throws leaves nothing remembered.
 */
export async function takeDelivery(work: Work, named: Named): Promise<Remembered> {
  const { fence, ports } = work;
  const { delivery, payload, tenant } = named;
  const { correlationId } = delivery;
  await claimId(work, delivery);
  const key = objectKey(fence.id, delivery);
  await ports.files.write('raw', key, Buffer.from(archiveText(delivery)), 'application/json');
  const made = await makeEvents(work, delivery, payload, ports.files.uri({ bucket: 'raw', key }));
  if (made.status !== 'later') return rememberedOf(fence, correlationId, tenant, made);
  await spill(work, { correlationId, key });
  return rememberedOf(fence, correlationId, tenant, { status: 'accepted' });
}
