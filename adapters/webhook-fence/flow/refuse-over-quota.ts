import { type Ending, refuse } from '../core/webhook/answer.ts';
import type { Work } from './work.ts';

/** Counts a request against its tenant's quota. Undefined when it may go on. */
export async function refuseOverQuota({ fence, ports }: Work, tenant: string): Promise<Ending | undefined> {
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
  const seconds = Math.max(1, Math.ceil((taken.endsAt - now) / 1000));
  return refuse(
    429,
    { code: 'QUOTA_EXCEEDED', detail: `At most ${requests} requests in ${perSeconds} seconds are accepted.` },
    { 'retry-after': String(seconds) },
  );
}
