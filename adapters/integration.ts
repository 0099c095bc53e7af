import type { Kind } from '#shared/contract/kind.ts';
import type { CdcFeed } from './cdc-feed/contract/cdc-feed.ts';
import type { FileLane } from './file-lane/contract/file-lane.ts';
import type { WebhookFence } from './webhook-fence/contract/webhook-fence.ts';

/** The contract of each kind. */
export interface ContractOf extends Record<Kind, object> {
  readonly 'file-lane': FileLane;
  readonly 'webhook-fence': WebhookFence;
  readonly 'cdc-feed': CdcFeed;
}

/** A contract of any kind. */
export type Integration = ContractOf[Kind];
