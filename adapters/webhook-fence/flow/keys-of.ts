import type { WebhookFence } from '../contract/webhook-fence.ts';
import type { WebhookFencePorts } from '../ports.ts';
import { Keys } from './keys.ts';

export const keysOf = ({ id, secrets }: WebhookFence, ports: WebhookFencePorts): Keys =>
  new Keys(ports, { integration: id, rotationDays: secrets.rotationDays });
