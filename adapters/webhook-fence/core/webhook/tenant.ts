import { type Fault, fault } from '#shared/contract/fault.ts';
import type { WebhookFence } from '../../contract/webhook-fence.ts';
import { type Payload, readField } from './payload.ts';

/** Whom a payload speaks for, where it may. */
export function tenantOf(fence: Pick<WebhookFence, 'tenant' | 'body'>, payload: unknown): string | Fault {
  const { tenant } = fence;
  if ('constant' in tenant) return tenant.constant;
  const named = readField(fence, payload, tenant.from);
  const found = tenant.allowed.find(allowed => typeof named !== 'object' && allowed === String(named));
  return (
    found ??
    fault('TENANT_MISMATCH', { column: tenant.from }, 'this integration may not speak for the tenant named')
  );
}

/** Whose a delivery is; empty, which no tenant's name is, where it speaks for nobody we know. */
export function tenantInBooks(fence: Pick<WebhookFence, 'tenant' | 'body'>, payload: Payload): string {
  const tenant = payload.ok ? tenantOf(fence, payload.value) : '';
  return typeof tenant === 'string' ? tenant : '';
}
