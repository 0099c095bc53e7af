import type { WebhookFence } from '../../contract/define-webhook-fence.ts';
import { type Fault, fault } from '../../contract/fault.ts';
import { readField } from './payload.ts';

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
