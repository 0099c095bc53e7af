import { MemoryBus } from '#shared/memory/memory-bus.ts';
import { MemoryClock } from '#shared/memory/memory-clock.ts';
import { MemoryDeadLetters } from '#shared/memory/memory-dead-letters.ts';
import { MemoryFiles } from '#shared/memory/memory-files.ts';
import { MemoryInput } from '#shared/memory/memory-input.ts';
import { MemoryLog } from '#shared/memory/memory-log.ts';
import { MemoryQueue } from '#shared/memory/memory-queue.ts';
import { MemoryRowClaims } from '#shared/memory/memory-row-claims.ts';
import { MemorySecrets } from '#shared/memory/memory-secrets.ts';
import type { WebhookFencePorts } from '../ports.ts';
import { MemoryOnce } from './memory-once.ts';
import { MemoryQuota } from './memory-quota.ts';
import { MemoryRejectSlots } from './memory-reject-slots.ts';
import { MemoryWeb } from './memory-web.ts';

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
  readonly deadLetters: MemoryDeadLetters;
  readonly web: MemoryWeb;
  readonly input: MemoryInput;
  readonly clock: MemoryClock;
  readonly log: MemoryLog;
}

/** `secret`: the text of the fence's secret. `now`: epoch milliseconds that the clock shows. */
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
    deadLetters: new MemoryDeadLetters(),
    web: new MemoryWeb(),
    input: new MemoryInput(),
    clock,
    log: new MemoryLog(),
  };
}
