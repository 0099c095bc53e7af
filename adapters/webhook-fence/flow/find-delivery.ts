import { handoffId } from '#shared/core/identity/event-id.ts';
import type { WebhookFence } from '../contract/webhook-fence.ts';
import { hasSecretsByTenant, tenantsOf } from '../contract/webhook-tenant.ts';
import { isNamedById } from '../contract/webhook-traits.ts';
import type { Remembered } from '../core/webhook/remembered.ts';
import { findHolder } from './hold-id.ts';
import type { Work } from './work.ts';

export interface FoundDelivery {
  readonly correlationId: string;
  readonly value: Remembered;
}

/**
 * The delivery with a correlation id, or with the sender's own id: in the id header, or in the field that names deliveries. Tenants may
 * use the same id, so it is looked for among the deliveries of those that ask.
 * @param tenants Of those that ask; undefined: of all.
 */
export async function findDelivery(
  work: Work,
  asked: string,
  tenants: readonly (string | undefined)[],
): Promise<FoundDelivery | undefined> {
  if (isCorrelationId(work.fence.id, asked)) return findByCorrelationId(work, asked);
  for (const scope of scopesOf(work.fence, tenants)) {
    const correlationId = await correlationIdOf(work, scope, asked);
    const found = correlationId === undefined ? undefined : await findByCorrelationId(work, correlationId);
    if (found) return found;
  }
  return undefined;
}

async function findByCorrelationId(
  { ports }: Work,
  correlationId: string,
): Promise<FoundDelivery | undefined> {
  const { value } = await ports.once.find(correlationId);
  return value && { correlationId, value };
}

/** Of whom names and ids may be (`scopeOf`): of a tenant, where its secret or the path says so. */
function scopesOf(
  fence: WebhookFence,
  tenants: readonly (string | undefined)[],
): readonly (readonly string[])[] {
  if (!hasSecretsByTenant(fence) && !('fromPath' in fence.tenant)) return [[]];
  const asking = tenants.includes(undefined) ? tenantsOf(fence) : tenants;
  return asking.flatMap(tenant => (tenant === undefined ? [] : [[tenant]]));
}

async function correlationIdOf(
  work: Work,
  scope: readonly string[],
  asked: string,
): Promise<string | undefined> {
  const { fence } = work;
  const name = nameOf(fence, asked);
  return name === undefined
    ? findHolder(work, scope, asked)
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
