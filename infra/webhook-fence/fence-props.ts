import type { WebhookFence } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import type { Stage } from '../stage.ts';

/** What every part of a fence's stack needs. */
export interface FenceProps {
  readonly fence: WebhookFence;
  readonly stage: Stage;
}
