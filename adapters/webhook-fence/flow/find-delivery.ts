import { handoffId } from '#shared/core/identity/event-id.ts';
import type { WebhookFence } from '../contract/webhook-fence.ts';
import { isNamedById } from '../contract/webhook-traits.ts';
import type { Remembered } from '../core/webhook/remembered.ts';
import { findHolder } from './hold-id.ts';
import type { Work } from './work.ts';

export interface FoundDelivery {
  readonly correlationId: string;
  readonly value: Remembered;
}

/** The delivery with a correlation id, or with the sender's own id: in the id header, or in the field that names deliveries. */
export async function findDelivery(work: Work, asked: string): Promise<FoundDelivery | undefined> {
  const correlationId = await correlationIdOf(work, asked);
  if (correlationId === undefined) return undefined;
  const { value } = await work.ports.once.find(correlationId);
  return value && { correlationId, value };
}

async function correlationIdOf(work: Work, asked: string): Promise<string | undefined> {
  const { fence } = work;
  if (isCorrelationId(fence.id, asked)) return asked;
  const name = nameOf(fence, asked);
  return name === undefined ? findHolder(work, asked) : handoffId(fence.id, 'delivery', name);
}

const isCorrelationId = (integration: string, asked: string): boolean =>
  asked.startsWith(`${integration}.`) && /^[0-9a-f]{40}$/.test(asked.slice(integration.length + 1));

/** The name that the sender's id makes; undefined where it makes none. */
function nameOf(fence: WebhookFence, id: string): string | undefined {
  const { key } = fence.idempotency;
  if (typeof key === 'object') return `field:${id}`;
  return isNamedById(fence) ? `id:${id}` : undefined;
}
