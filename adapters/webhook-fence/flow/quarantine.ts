import type { Fault } from '#shared/contract/fault.ts';
import { bodyText } from '../core/webhook/archive.ts';
import { type Delivery, objectKey } from '../core/webhook/delivery.ts';
import type { Work } from './work.ts';

/** Puts a genuine delivery aside with what is wrong with it: one JSON object, the same on every repetition. */
export async function quarantine(
  { fence, ports }: Work,
  delivery: Delivery,
  { code, class: faultClass, at, detail, remedy }: Fault,
): Promise<void> {
  const { correlationId, name, deliveryId, receivedAt, headers, body, sha256 } = delivery;
  const key = objectKey(fence.id, delivery);
  const text = JSON.stringify({
    quarantined: 1,
    integration: fence.id,
    correlationId,
    code,
    class: faultClass,
    at,
    detail,
    remedy,
    name,
    deliveryId,
    receivedAt,
    headers,
    sha256,
    ...bodyText(body),
  });
  await ports.files.write('quarantine', key, Buffer.from(text), 'application/json');
  ports.log.warn('delivery quarantined', { integration: fence.id, correlationId, code, key });
}
