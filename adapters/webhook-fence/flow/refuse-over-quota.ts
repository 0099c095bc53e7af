import { type Ending, refuse } from '../core/webhook/answer.ts';
import { leavesNameFree } from '../core/webhook/remembered.ts';
import type { NamedDelivery } from './named-delivery.ts';
import type { Work } from './work.ts';

/**
 * Counts a request against its tenant's quota. Undefined when it may go on. A delivery whose name is bound to an accepted one goes on
 * also over the quota: it makes no event, and a repeat gets its first answer.
 */
export async function refuseOverQuota(
  { fence, ports }: Work,
  { tenant, delivery }: NamedDelivery,
): Promise<Ending | undefined> {
  if (!fence.tenantQuota) return undefined;
  const { requests, perSeconds } = fence.tenantQuota;
  const now = ports.clock.now();
  const taken = await ports.quota.take({
    name: `${fence.id}#quota#${tenant}`,
    seconds: perSeconds,
    max: requests,
    now,
  });
  if (taken.kind === 'taken') return undefined;
  const { value } = await ports.once.find(delivery.correlationId);
  if (value && !leavesNameFree(value)) return undefined;
  const seconds = Math.max(1, Math.ceil((taken.endsAt - now) / 1000));
  return refuse(
    429,
    { code: 'QUOTA_EXCEEDED', detail: `At most ${requests} requests in ${perSeconds} seconds are accepted.` },
    { 'retry-after': String(seconds) },
  );
}
