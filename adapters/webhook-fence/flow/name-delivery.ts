import { hash } from 'node:crypto';
import { handoffId } from '#shared/core/identity/event-id.ts';
import { traceparentOf } from '#shared/core/identity/trace.ts';
import type { WebhookFence } from '../contract/webhook-fence.ts';
import type { Verified } from '../core/signature/verification.ts';
import { type Ending, refuse } from '../core/webhook/answer.ts';
import type { AdmittedRequest } from '../core/webhook/arrived-request.ts';
import { payloadHashOf } from '../core/webhook/content-hash.ts';
import type { Delivery } from '../core/webhook/delivery.ts';
import { deliveryNameOf } from '../core/webhook/delivery-name.ts';
import { keptHeaders } from '../core/webhook/kept-headers.ts';
import { openBody } from '../core/webhook/open-body.ts';
import { readPayload } from '../core/webhook/payload.ts';
import { scopeOf, tenantInBooks } from '../core/webhook/tenant.ts';
import { traceparentFrom } from '../core/webhook/traceparent.ts';
import type { Authentication } from './authenticate-request.ts';
import type { NamedDelivery } from './named-delivery.ts';

type Delivered = Extract<Authentication, { readonly kind: 'delivery' }>;

/** Gives a verified request the name by which repeats are known. Refuses one that is not as agreed, or has no name. */
export function nameDelivery(
  fence: WebhookFence,
  request: AdmittedRequest,
  { verified, proof }: Pick<Delivered, 'verified' | 'proof'>,
): NamedDelivery | Ending {
  const body = openBody(fence, request);
  if ('outcome' in body) return body;
  const { headers } = request;
  const sha256 = hash('sha256', body, 'hex');
  const read = readPayload(fence, { headers, body });
  const named = deliveryNameOf(fence, verified, { headers, sha256, payload: read });
  if (!named)
    return refuse(400, { code: 'NO_DELIVERY_ID', detail: 'The header that names the delivery is missing.' });
  const { name, unsignedId, fault } = named;
  const marks = { provenTenant: proof.tenant, pathTenant: request.pathTenant };
  const identity = {
    name,
    unsignedId,
    deliveryId: verified.deliveryId,
    sentAt: sentAtOf(verified),
    ...marks,
  };
  const payloadHash = payloadHashOf(fence, sha256, read.ok ? read.value : undefined);
  return {
    delivery: {
      ...identity,
      ...arrivalOf(fence, { ...request, body }, [...scopeOf(marks), name]),
      sha256,
      payloadHash,
    },
    payload: read.ok && fault ? { ok: false, fault } : read,
    tenant: tenantInBooks(fence, marks, read),
  };
}

const sentAtOf = ({ timestamp }: Verified): string | undefined =>
  timestamp === undefined ? undefined : new Date(timestamp).toISOString();

function arrivalOf(
  fence: WebhookFence,
  { headers, body, receivedAt }: AdmittedRequest,
  name: readonly string[],
) {
  const correlationId = handoffId(fence.id, 'delivery', ...name);
  return {
    correlationId,
    receivedAt: new Date(receivedAt).toISOString(),
    traceparent: traceparentFrom(headers.traceparent) ?? traceparentOf(correlationId),
    headers: keptHeaders(fence, headers),
    body,
  } satisfies Partial<Delivery>;
}
