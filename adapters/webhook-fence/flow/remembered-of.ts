import type { Remembered, WhyNotPublished } from '../core/webhook/remembered.ts';
import type { NamedDelivery } from './named-delivery.ts';
import type { DeliveryResult } from './publish-or-quarantine.ts';

type AnsweredResult =
  | Exclude<DeliveryResult, { readonly status: 'unpublished' | 'busy' }>
  | { readonly status: 'accepted' };

interface AnsweredDelivery extends Pick<NamedDelivery, 'delivery' | 'tenant'> {
  /** Of its object in the raw bucket. */
  readonly key: string;
}

/** What is remembered of a delivery, with the answer to its sender. */
export function rememberedOf(
  { delivery, tenant, key }: AnsweredDelivery,
  result: AnsweredResult,
): Remembered {
  const { status } = result;
  const why = reasonOf(result);
  const body = JSON.stringify({ correlationId: delivery.correlationId, status, ...why });
  const isQuarantined = status === 'quarantined';
  return {
    status,
    tenant,
    archive: key,
    answer: { body },
    ...(why && { why }),
    ...('published' in result && { published: result.published }),
    ...(isQuarantined && result.published && { inPart: true }),
    ...(isQuarantined && result.fault.code === 'PUBLISH_REFUSED' && { refusedByBus: true }),
  };
}

function reasonOf(result: AnsweredResult): WhyNotPublished | undefined {
  if (result.status === 'skipped') return { reason: result.reason };
  if (result.status !== 'quarantined') return undefined;
  const { code, at, detail, remedy } = result.fault;
  return { code, at, detail, remedy };
}
