import type { WebhookFence } from '../contract/webhook-fence.ts';
import { hasSecretsByTenant, tenantsOf } from '../contract/webhook-tenant.ts';
import type { WebhookFencePorts } from '../ports.ts';
import { Keys } from './keys.ts';

export const keysOf = (fence: WebhookFence, ports: WebhookFencePorts): Keys =>
  new Keys(ports, {
    integration: fence.id,
    rotationDays: fence.secrets.rotationDays,
    tenants: hasSecretsByTenant(fence) ? tenantsOf(fence) : undefined,
  });
