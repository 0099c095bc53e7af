import { archiveText } from '../core/webhook/archive.ts';
import { type Delivery, objectKey } from '../core/webhook/delivery.ts';
import { holdUnsignedId } from './hold-id.ts';
import type { NamedDelivery } from './named-delivery.ts';
import { publishOrQuarantine } from './publish-or-quarantine.ts';
import { rememberListed } from './remember-listed.ts';
import { rememberedOf } from './remembered-of.ts';
import type { Attempt, ProcessEnd } from './run-once.ts';
import { spillDelivery } from './spill-delivery.ts';
import type { Work } from './work.ts';

/**
 * The work that is done once for a delivery: hold its id, archive it, then publish, quarantine, skip or spill it. Everything
 * written is the same on every repetition. An exception leaves nothing remembered.
 */
export async function processDelivery(
  work: Work,
  named: NamedDelivery,
  hold: Attempt['hold'],
): Promise<ProcessEnd> {
  const { delivery } = named;
  const refusal = await holdUnsignedId(work, delivery);
  if (refusal) return refusal;
  const [key, isDisabled] = await Promise.all([
    archiveDelivery(work, delivery),
    work.ports.input.isDisabled(work.fence.id),
  ]);
  const result = isDisabled
    ? ({ status: 'unpublished', reason: 'the fence is disabled' } as const)
    : await publishOrQuarantine(work, named, { key, hold });
  if (result.status === 'busy') return { kind: 'busy' };
  await rememberListed(work, named, result);
  if (result.status !== 'unpublished')
    return { kind: 'processed', value: rememberedOf({ ...named, key }, result) };
  await spillDelivery(work, { correlationId: delivery.correlationId, key });
  return { kind: 'processed', value: rememberedOf({ ...named, key }, { status: 'accepted' }) };
}

/** Writes the delivery to the raw bucket and gives its key. */
async function archiveDelivery({ fence, ports }: Work, delivery: Delivery): Promise<string> {
  const key = objectKey(fence.id, delivery);
  await ports.files.write('raw', key, Buffer.from(archiveText(delivery)), 'application/json');
  return key;
}
