import { handoffId } from '#shared/core/identity/event-id.ts';
import type { WebhookFence } from '../contract/webhook-fence.ts';
import { hasSecretsByTenant, tenantsOf } from '../contract/webhook-tenant.ts';
import { isNamedById } from '../contract/webhook-traits.ts';
import type { Remembered } from '../core/webhook/remembered.ts';
import { findHolder, type ScopedId } from './hold-id.ts';
import type { Work } from './work.ts';

export interface FoundDelivery {
  readonly correlationId: string;
  readonly value: Remembered;
}

/**
 * The delivery with a correlation id, or with the sender's own id: in the id header, or in the field that names deliveries. Two tenants
 * may use the same id.
 * @param tenant Whose own ids are meant; undefined: those of everyone that the fence speaks for.
 */
export async function findDelivery(
  work: Work,
  asked: string,
  tenant: string | undefined,
): Promise<FoundDelivery | undefined> {
  if (isCorrelationId(work.fence.id, asked)) return rememberedAs(work, asked);
  for (const scope of scopesOf(work.fence, tenant)) {
    const correlationId = await correlationIdOf(work, { scope, id: asked });
    const found = correlationId && (await rememberedAs(work, correlationId));
    if (found) return found;
  }
  return undefined;
}

async function rememberedAs({ ports }: Work, correlationId: string): Promise<FoundDelivery | undefined> {
  const { value } = await ports.once.find(correlationId);
  return value && { correlationId, value };
}

function scopesOf(fence: WebhookFence, tenant: string | undefined): readonly (readonly string[])[] {
  const isScoped = 'fromPath' in fence.tenant || hasSecretsByTenant(fence);
  if (!isScoped) return [[]];
  return (tenant === undefined ? tenantsOf(fence) : [tenant]).map(each => [each]);
}

async function correlationIdOf(work: Work, { scope, id }: ScopedId): Promise<string | undefined> {
  const { fence } = work;
  const name = nameOf(fence, id);
  return name === undefined
    ? findHolder(work, { scope, id })
    : handoffId(fence.id, 'delivery', ...scope, name);
}

const isCorrelationId = (integration: string, asked: string): boolean =>
  asked.startsWith(`${integration}.`) && /^[0-9a-f]{40}$/.test(asked.slice(integration.length + 1));

/** The name that the sender's id makes; undefined where it makes none. */
function nameOf(fence: WebhookFence, id: string): string | undefined {
  const { key } = fence.idempotency;
  if (typeof key === 'object') return `field:${id}`;
  return isNamedById(fence) ? `id:${id}` : undefined;
}
