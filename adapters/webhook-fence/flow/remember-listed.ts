import { limits } from '#shared/contract/limits.ts';
import { listedKey } from '../core/listing/listed-key.ts';
import { idText } from '../core/webhook/delivery-name.ts';
import { readField } from '../core/webhook/payload.ts';
import type { NamedDelivery } from './named-delivery.ts';
import type { DeliveryResult } from './publish-or-quarantine.ts';
import type { Work } from './work.ts';

/**
 * Remembers of which item of the provider a delivery was accepted, where the contract says how to list them. One of a kind that the
 * contract does not know says nothing of the item.
 */
export async function rememberListed(
  { fence, ports }: Work,
  { delivery, payload }: Pick<NamedDelivery, 'delivery' | 'payload'>,
  result: DeliveryResult,
): Promise<void> {
  const { listing, id, replayHorizonDays } = fence;
  if (!listing || !payload.ok) return;
  if (result.status === 'quarantined' && result.fault.code === 'UNKNOWN_DELIVERY') return;
  const item = idText(readField(fence, payload.value, listing.delivered));
  if (item === undefined) return;
  const expiresAt = Math.floor(ports.clock.now() / 1000) + replayHorizonDays * limits.secondsADay;
  const owner = delivery.correlationId;
  await ports.idClaims.claim({ key: listedKey(id, item), payloadHash: '', owner, expiresAt });
}
