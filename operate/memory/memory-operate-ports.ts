import { memoryHandoffSearch } from '#adapters/file-lane/memory/memory-handoff-search.ts';
import { type MemoryLedger, memoryLedger } from '#adapters/file-lane/memory/memory-ledger.ts';
import { MemoryClock } from '#shared/memory/memory-clock.ts';
import { MemoryLog } from '#shared/memory/memory-log.ts';
import type { OperatePorts } from '../ports.ts';
import { MemoryDeadLetters } from './memory-dead-letters.ts';
import { MemoryObjects } from './memory-objects.ts';
import { MemorySigner } from './memory-signer.ts';
import { MemoryTrail } from './memory-trail.ts';

export interface MemoryOperatePorts extends OperatePorts {
  readonly ledger: MemoryLedger;
  readonly objects: MemoryObjects;
  readonly deadLetters: MemoryDeadLetters;
  readonly trail: MemoryTrail;
  readonly signer: MemorySigner;
  readonly clock: MemoryClock;
  readonly log: MemoryLog;
}

export function memoryOperatePorts(now?: number): MemoryOperatePorts {
  const ledger = memoryLedger();
  return {
    ledger,
    search: memoryHandoffSearch(ledger),
    objects: new MemoryObjects(),
    deadLetters: new MemoryDeadLetters(),
    trail: new MemoryTrail(),
    signer: new MemorySigner(),
    clock: new MemoryClock(now),
    log: new MemoryLog(),
  };
}
