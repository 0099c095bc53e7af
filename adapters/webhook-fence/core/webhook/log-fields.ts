import { traceIdOf, traceparentOf } from '#shared/core/identity/trace.ts';
import type { WebhookFence } from '../../contract/webhook-fence.ts';
import type { AdmittedRequest } from './arrived-request.ts';
import type { Delivery } from './delivery.ts';
import { traceparentFrom } from './traceparent.ts';

type Fence = Pick<WebhookFence, 'id'>;

/** By what a delivery is found in the log. */
export interface DeliveryIdentity {
  readonly correlationId: string;
  readonly traceId: string;
}

export const identityOf = ({
  correlationId,
  traceparent,
}: Pick<Delivery, 'correlationId' | 'traceparent'>): DeliveryIdentity => ({
  correlationId,
  traceId: traceIdOf(traceparent),
});

/** What every log line about a delivery carries. */
export const deliveryFields = ({ id }: Fence, delivery: Pick<Delivery, 'correlationId' | 'traceparent'>) => ({
  integration: id,
  ...identityOf(delivery),
});

/** What every log line about a request carries until its delivery has a name. */
export const requestFields = (fence: Fence, { id, headers }: Pick<AdmittedRequest, 'id' | 'headers'>) => ({
  integration: fence.id,
  requestId: id,
  traceId: traceIdOf(traceparentFrom(headers.traceparent) ?? traceparentOf(id)),
});
