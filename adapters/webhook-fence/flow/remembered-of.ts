import type { WebhookFence } from '../contract/webhook-fence.ts';
import type { Remembered } from '../core/webhook/remembered.ts';
import type { Made } from './make-events.ts';

type Told = Exclude<Made, { readonly status: 'later' }> | { readonly status: 'accepted' };

/** What is remembered of a delivery, with what its sender is told. */
export function rememberedOf(
  fence: WebhookFence,
  correlationId: string,
  tenant: string,
  made: Told,
): Remembered {
  const { status } = made;
  const body = JSON.stringify({ correlationId, status, ...why(made) });
  const isInPart = status === 'quarantined' && made.inPart;
  const answer = { statusCode: statusCodeOf(fence, made), body };
  return { status, tenant, answer, ...(isInPart ? { inPart: true as const } : {}) };
}

function why(made: Told): object {
  if (made.status === 'skipped') return { reason: made.reason };
  if (made.status !== 'quarantined') return {};
  const { code, at, detail, remedy } = made.fault;
  return { code, at, detail, remedy };
}

/** What the bus refuses is not the sender's fault. */
const statusCodeOf = (fence: WebhookFence, made: Told): number =>
  made.status === 'quarantined' && made.fault.code !== 'PUBLISH_REFUSED' ? fence.onInvalidPayload : 202;
