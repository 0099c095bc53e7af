import type { Invocation } from '#shared/ports.ts';
import type { WebhookFence } from '../contract/webhook-fence.ts';
import type { Decide } from '../core/webhook/decide.ts';
import type { WebhookFencePorts } from '../ports.ts';
import type { KeyDocuments } from './key-documents.ts';
import type { Keys } from './keys.ts';

/** What every step for a delivery uses. */
export interface Work {
  readonly fence: WebhookFence;
  readonly ports: WebhookFencePorts;
  readonly decide: Decide;
  readonly invocation: Invocation;
}

/** For steps that authenticate requests. */
export interface RequestWork extends Work {
  /** Kept over invocations. */
  readonly keys: Keys;
  /** Kept over invocations. */
  readonly documents: KeyDocuments;
}

/** For the function that answers requests. */
export interface ArrivalWork extends RequestWork {
  /** Kept over invocations: hours whose limit for rejects is used up, which is logged once for each. */
  readonly hoursFull: Set<string>;
}
