import { hash } from 'node:crypto';
import { handoffId } from '#shared/core/identity/event-id.ts';
import { traceparentOf } from '#shared/core/identity/trace.ts';
import type { Verified } from '../core/signature/verification.ts';
import { type Ending, refuse } from '../core/webhook/answer.ts';
import type { AdmittedRequest } from '../core/webhook/arrived-request.ts';
import { payloadHashOf } from '../core/webhook/content-hash.ts';
import type { Delivery } from '../core/webhook/delivery.ts';
import { type DeliveryName, deliveryNameOf } from '../core/webhook/delivery-name.ts';
import { keptHeaders } from '../core/webhook/kept-headers.ts';
import { type Payload, readPayload } from '../core/webhook/payload.ts';
import { tenantInBooks } from '../core/webhook/tenant.ts';
import { traceparentFrom } from '../core/webhook/traceparent.ts';
import type { Named } from './named-delivery.ts';
import { refuseOverQuota } from './quota.ts';
import { takeOnce } from './take-once.ts';
import type { Work } from './work.ts';

/** Names a verified delivery, counts it against its tenant's quota and takes it once. Also how rejects are released. */
export async function acceptDelivery(
  work: Work,
  request: AdmittedRequest,
  verified: Verified,
  { countsForQuota = true } = {},
): Promise<Ending> {
  const { fence } = work;
  const sha256 = hash('sha256', request.body, 'hex');
  const read = readPayload(fence, request.body);
  const name = deliveryNameOf(fence, verified, { headers: request.headers, sha256 }, read);
  if (!name) return refuse(400, 'NO_DELIVERY_ID', 'The header that names the delivery is missing.');
  const payload: Payload = read.ok && name.fault ? { ok: false, fault: name.fault } : read;
  const payloadHash = payloadHashOf(fence, sha256, read.ok ? read.value : undefined);
  const named: Named = {
    delivery: deliveryOf(work, request, verified, name, { sha256, payloadHash }),
    payload,
    tenant: tenantInBooks(fence, read),
  };
  const over = countsForQuota ? await refuseOverQuota(work, named.tenant) : undefined;
  return over ?? takeOnce(work, named);
}

function deliveryOf(
  { fence }: Work,
  request: AdmittedRequest,
  verified: Verified,
  { name, unsignedId }: DeliveryName,
  hashes: Pick<Delivery, 'sha256' | 'payloadHash'>,
): Delivery {
  const correlationId = handoffId(fence.id, 'delivery', name);
  return {
    correlationId,
    name,
    deliveryId: verified.deliveryId,
    unsignedId,
    receivedAt: new Date(request.receivedAt).toISOString(),
    sentAt: verified.timestamp === undefined ? undefined : new Date(verified.timestamp).toISOString(),
    traceparent: traceparentFrom(request.headers.traceparent) ?? traceparentOf(correlationId),
    headers: keptHeaders(fence, request.headers),
    body: request.body,
    ...hashes,
  };
}
