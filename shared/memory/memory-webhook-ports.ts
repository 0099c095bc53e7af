import type { WebhookFencePorts } from '../ports.ts';
import { MemoryBus } from './memory-bus.ts';
import { MemoryClock } from './memory-clock.ts';
import { MemoryFiles } from './memory-files.ts';
import { MemoryLog } from './memory-log.ts';
import { MemoryOnce } from './memory-once.ts';
import { MemoryQueue } from './memory-queue.ts';
import { MemoryQuota } from './memory-quota.ts';
import { MemoryRejectSlots } from './memory-reject-slots.ts';
import { MemoryRowClaims } from './memory-row-claims.ts';
import { MemorySecrets } from './memory-secrets.ts';

/** The ports of a fence with the handles that tests and simulations need. */
export interface MemoryWebhookPorts extends WebhookFencePorts {
  readonly files: MemoryFiles;
  readonly once: MemoryOnce;
  readonly idClaims: MemoryRowClaims;
  readonly secrets: MemorySecrets;
  readonly quota: MemoryQuota;
  readonly rejectSlots: MemoryRejectSlots;
  readonly bus: MemoryBus;
  readonly spillQueue: MemoryQueue;
  readonly clock: MemoryClock;
  readonly log: MemoryLog;
}

/** `secret`: the text of the fence's secret. `now`: epoch milliseconds at which the clock stands. */
export function memoryWebhookPorts(
  secret: string,
  { now, seed }: { now?: number; seed?: number } = {},
): MemoryWebhookPorts {
  const clock = new MemoryClock(now, seed);
  return {
    files: new MemoryFiles(),
    once: new MemoryOnce(clock),
    idClaims: new MemoryRowClaims(),
    secrets: new MemorySecrets(secret, clock.now()),
    quota: new MemoryQuota(),
    rejectSlots: new MemoryRejectSlots(),
    bus: new MemoryBus(),
    spillQueue: new MemoryQueue(),
    clock,
    log: new MemoryLog(),
  };
}
