import type { Remembered } from '../core/webhook/remembered.ts';
import type { NamedDelivery } from './named-delivery.ts';
import type { DeliveryResult } from './publish-or-quarantine.ts';

type AnsweredResult =
  | Exclude<DeliveryResult, { readonly status: 'unpublished' }>
  | { readonly status: 'accepted' };

/** What is remembered of a delivery, with the answer to its sender. */
export function rememberedOf(
  { delivery, tenant }: Pick<NamedDelivery, 'delivery' | 'tenant'>,
  result: AnsweredResult,
): Remembered {
  const { status } = result;
  const body = JSON.stringify({ correlationId: delivery.correlationId, status, ...reasonOf(result) });
  const isQuarantined = status === 'quarantined';
  return {
    status,
    tenant,
    answer: { body },
    ...(isQuarantined && result.inPart && { inPart: true }),
    ...(isQuarantined && result.fault.code === 'PUBLISH_REFUSED' && { refusedByBus: true }),
  };
}

function reasonOf(result: AnsweredResult): object {
  if (result.status === 'skipped') return { reason: result.reason };
  if (result.status !== 'quarantined') return {};
  const { code, at, detail, remedy } = result.fault;
  return { code, at, detail, remedy };
}
