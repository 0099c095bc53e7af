import { type FaultConditions, faultsMet, type KnownFault } from '#shared/derive/faults-met.ts';
import type { WebhookFence } from '../contract/webhook-fence.ts';
import { traitsOf } from '../contract/webhook-traits.ts';

/** Whether a known delivery can come back with other content. A delivery that is named by its content cannot. */
export const canConflict = ({ idempotency, payloadHash, scheme }: WebhookFence): boolean =>
  idempotency.key !== 'content' ||
  (payloadHash === 'body' && ['form', 'fields'].includes(traitsOf(scheme).covers));

const conditions: FaultConditions<WebhookFence> = {
  TENANT_MISMATCH: fence => !('constant' in fence.tenant),
  DUPLICATE_CONFLICT: canConflict,
};

/** The faults that a delivery to this fence can have. */
export const fenceFaults = (fence: WebhookFence): readonly KnownFault[] => faultsMet(fence, conditions);
