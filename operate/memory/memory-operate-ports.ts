import { memoryHandoffSearch } from '#adapters/file-lane/memory/memory-handoff-search.ts';
import { type MemoryLedger, memoryLedger } from '#adapters/file-lane/memory/memory-ledger.ts';
import { MemoryClock } from '#shared/memory/memory-clock.ts';
import { MemoryLog } from '#shared/memory/memory-log.ts';
import type { JobPorts, Jobs, OperationRecord, Operations, Releases } from '../plan-ports.ts';
import type { OperatePorts } from '../ports.ts';
import { MemoryDeadLetters } from './memory-dead-letters.ts';
import { MemoryIssues } from './memory-issues.ts';
import { MemoryObjects } from './memory-objects.ts';
import { MemoryPlans } from './memory-plans.ts';
import { MemorySigner } from './memory-signer.ts';
import { MemoryTrail } from './memory-trail.ts';

export interface MemoryOperatePorts extends OperatePorts, JobPorts {
  readonly ledger: MemoryLedger;
  readonly objects: MemoryObjects;
  readonly deadLetters: MemoryDeadLetters;
  readonly issues: MemoryIssues;
  readonly plans: MemoryPlans;
  /** What was recorded. */
  readonly operations: Operations & { readonly records: readonly OperationRecord[] };
  /** Plans that jobs are to go on with. */
  readonly jobs: Jobs & { readonly sent: string[] };
  readonly letters: MemoryDeadLetters;
  readonly releases: { order: Releases['order'] };
  readonly trail: MemoryTrail;
  readonly signer: MemorySigner;
  readonly clock: MemoryClock;
  readonly log: MemoryLog;
}

export function memoryOperatePorts(now?: number): MemoryOperatePorts {
  const ledger = memoryLedger();
  const deadLetters = new MemoryDeadLetters();
  const records: OperationRecord[] = [];
  const sent: string[] = [];
  return {
    ledger,
    search: memoryHandoffSearch(ledger),
    objects: new MemoryObjects(),
    issues: new MemoryIssues(),
    deadLetters,
    letters: deadLetters,
    plans: new MemoryPlans(),
    operations: { records, recordOperation: async record => void records.push(record) },
    releases: { order: async fence => Promise.reject(new Error(`${fence} is not deployed`)) },
    jobs: { sent, continue: async plan => void sent.push(plan) },
    trail: new MemoryTrail(),
    signer: new MemorySigner(),
    clock: new MemoryClock(now),
    log: new MemoryLog(),
  };
}
