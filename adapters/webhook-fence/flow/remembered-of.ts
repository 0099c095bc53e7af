import type { WebhookFence } from '../contract/webhook-fence.ts';
import type { Remembered } from '../core/webhook/remembered.ts';
import type { NamedDelivery } from './named-delivery.ts';
import type { DeliveryResult } from './publish-or-quarantine.ts';

type AnsweredResult =
  | Exclude<DeliveryResult, { readonly status: 'unpublished' }>
  | { readonly status: 'accepted' };

/** What is remembered of a delivery, with the answer to its sender. */
export function rememberedOf(
  fence: WebhookFence,
  { delivery, tenant }: Pick<NamedDelivery, 'delivery' | 'tenant'>,
  result: AnsweredResult,
): Remembered {
  const { status } = result;
  const body = JSON.stringify({ correlationId: delivery.correlationId, status, ...reasonOf(result) });
  const isInPart = status === 'quarantined' && result.inPart;
  const answer = { statusCode: statusCodeOf(fence, result), body };
  return { status, tenant, answer, ...(isInPart ? { inPart: true as const } : {}) };
}

function reasonOf(result: AnsweredResult): object {
  if (result.status === 'skipped') return { reason: result.reason };
  if (result.status !== 'quarantined') return {};
  const { code, at, detail, remedy } = result.fault;
  return { code, at, detail, remedy };
}

/** What the bus refuses is not the sender's fault. */
const statusCodeOf = (fence: WebhookFence, result: AnsweredResult): number =>
  result.status === 'quarantined' && result.fault.code !== 'PUBLISH_REFUSED' ? fence.onInvalidPayload : 202;
