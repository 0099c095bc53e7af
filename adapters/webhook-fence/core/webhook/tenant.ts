import { type Fault, isFault } from '#shared/contract/fault.ts';
import { tenantReader } from '#shared/core/event/tenant-reader.ts';
import type { WebhookFence } from '../../contract/webhook-fence.ts';
import { type Payload, readField } from './payload.ts';

type TenantRule = Pick<WebhookFence, 'tenant' | 'body'>;

/** The tenant that a payload speaks for, where the contract allows it. */
export const tenantOf = (fence: TenantRule, payload: unknown): string | Fault =>
  tenantReader(fence.tenant, (given, field) => readField(fence, given, field))(payload, {});

/** The tenant of a delivery; empty, which no tenant's name is, where it speaks for nobody we know. */
export function tenantInBooks(fence: TenantRule, payload: Payload): string {
  const tenant = payload.ok ? tenantOf(fence, payload.value) : '';
  return isFault(tenant) ? '' : tenant;
}
