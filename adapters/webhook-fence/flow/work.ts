import type { Invocation } from '#shared/ports.ts';
import type { WebhookFence } from '../contract/webhook-fence.ts';
import type { Decide } from '../core/webhook/decide.ts';
import type { WebhookFencePorts } from '../ports.ts';
import type { Keys } from './keys.ts';

/** What every step of a delivery's way works with. */
export interface Work {
  readonly fence: WebhookFence;
  readonly ports: WebhookFencePorts;
  readonly decide: Decide;
  readonly invocation: Invocation;
}

/** Where requests are still to be proved. */
export interface RequestWork extends Work {
  /** Kept over invocations. */
  readonly keys: Keys;
}

/** Where requests arrive. */
export interface ArrivalWork extends RequestWork {
  /** Kept over invocations: the hours whose place for rejects was found used up, which is said once for each. */
  readonly hoursFull: Set<string>;
}
