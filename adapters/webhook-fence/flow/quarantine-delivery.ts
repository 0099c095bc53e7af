import type { Fault } from '#shared/contract/fault.ts';
import { issueNotes } from '#shared/core/log/issue-notes.ts';
import { bodyText } from '../core/webhook/archive.ts';
import { type Delivery, objectKey } from '../core/webhook/delivery.ts';
import { deliveryFields } from '../core/webhook/log-fields.ts';
import { logLines } from '../core/webhook/log-lines.ts';
import type { Work } from './work.ts';

/** Quarantines a verified delivery with its fault: one JSON object, the same on every repetition. */
export async function quarantineDelivery(
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
  const issues = issueNotes([{ code, count: 1, unit: correlationId, place: at.column }], key);
  ports.log.warn(logLines.deliveryQuarantined, { ...deliveryFields(fence, delivery), code, key, ...issues });
}
