import { memoryHandoffSearch } from '#adapters/file-lane/memory/memory-handoff-search.ts';
import { type MemoryLedger, memoryLedger } from '#adapters/file-lane/memory/memory-ledger.ts';
import { MemoryBus } from '#shared/memory/memory-bus.ts';
import { MemoryClock } from '#shared/memory/memory-clock.ts';
import { MemoryLog } from '#shared/memory/memory-log.ts';
import { MemoryQueue } from '#shared/memory/memory-queue.ts';
import type { Reading } from '../core/reading.ts';
import type {
  Consumers,
  JobPorts,
  Jobs,
  OperationRecord,
  Operations,
  Redelivery,
  Releases,
  Reprocessing,
  WorkQueues,
} from '../plan-ports.ts';
import type { OperatePorts, Proofs, Readings, Standings } from '../ports.ts';
import { MemoryDeadLetters } from './memory-dead-letters.ts';
import { MemoryDeployed } from './memory-deployed.ts';
import { MemoryIssues } from './memory-issues.ts';
import { MemoryObjects } from './memory-objects.ts';
import { MemoryPlans } from './memory-plans.ts';
import { memoryProofs, memoryStandings } from './memory-proofs.ts';
import { MemoryReconciliations } from './memory-reconciliations.ts';
import { MemorySigner } from './memory-signer.ts';
import { MemoryMappings, MemorySwitches } from './memory-switches.ts';
import { MemoryTrail } from './memory-trail.ts';

export interface MemoryOperatePorts extends OperatePorts, JobPorts {
  readonly reconciler: MemoryQueue;
  readonly reconciliations: MemoryReconciliations;
  readonly ledger: MemoryLedger;
  readonly objects: MemoryObjects;
  readonly deadLetters: MemoryDeadLetters;
  readonly proofs: Proofs;
  readonly standings: Standings;
  readonly issues: MemoryIssues;
  readonly readings: Readings & { readonly records: readonly Reading[] };
  readonly plans: MemoryPlans;
  /** What was recorded. */
  readonly operations: Operations & { readonly records: readonly OperationRecord[] };
  /** Plans that jobs are to go on with. */
  readonly jobs: Jobs & { readonly sent: string[] };
  readonly letters: MemoryDeadLetters;
  readonly workQueues: WorkQueues & { readonly sent: { integration: string; message: object }[] };
  readonly releases: { order: Releases['order'] };
  readonly reprocessing: Reprocessing;
  /** Feeds whose notices were swept. */
  readonly redelivery: Redelivery & { readonly swept: readonly string[] };
  readonly bus: MemoryBus;
  readonly consumers: Consumers & { readonly messages: readonly ConsumerMessage[] };
  readonly trail: MemoryTrail;
  readonly signer: MemorySigner;
  readonly switches: MemorySwitches;
  readonly mappings: MemoryMappings;
  readonly deployed: MemoryDeployed;
  readonly clock: MemoryClock;
  readonly log: MemoryLog;
}

export interface ConsumerMessage {
  readonly consumer: string;
  readonly message: object;
}

export function memoryOperatePorts(now?: number): MemoryOperatePorts {
  const ledger = memoryLedger();
  const deadLetters = new MemoryDeadLetters();
  const objects = new MemoryObjects();
  const records: OperationRecord[] = [];
  const read: Reading[] = [];
  const sent: string[] = [];
  const swept: string[] = [];
  const messages: ConsumerMessage[] = [];
  const asked: { integration: string; message: object }[] = [];
  return {
    ledger,
    reconciler: new MemoryQueue(),
    reconciliations: new MemoryReconciliations(),
    search: memoryHandoffSearch(ledger),
    objects,
    proofs: memoryProofs(),
    standings: memoryStandings(),
    issues: new MemoryIssues(),
    readings: { records: read, record: async reading => void read.push(reading) },
    deadLetters,
    letters: deadLetters,
    bus: new MemoryBus(),
    consumers: {
      messages,
      async send(consumer, message) {
        if (consumer !== 'billing') return 'unknown';
        messages.push({ consumer, message });
        return 'sent';
      },
    },
    workQueues: {
      sent: asked,
      send: async (integration, message) => void asked.push({ integration, message }),
    },
    plans: new MemoryPlans(),
    operations: { records, recordOperation: async record => void records.push(record) },
    releases: { order: async fence => Promise.reject(new Error(`${fence} is not deployed`)) },
    quarantine: {
      async move(from, { key, content }) {
        objects.put('quarantine', key, content);
        objects.delete('quarantine', from);
      },
    },
    reprocessing: {
      requests: async fence => Promise.reject(new Error(`${fence} is not deployed`)),
      changes: async feed => Promise.reject(new Error(`${feed} is not deployed`)),
    },
    redelivery: {
      swept,
      deliver: async feed => Promise.reject(new Error(`${feed} is not deployed`)),
      async replace(feed, key, text) {
        if (text === undefined) objects.delete({ undeliveredOf: feed }, key);
        else objects.put({ undeliveredOf: feed }, key, text);
      },
      sweepNotices: async feed => void swept.push(feed),
    },
    jobs: { sent, continue: async plan => void sent.push(plan) },
    trail: new MemoryTrail(),
    signer: new MemorySigner(),
    leases: ledger,
    inboundBucket: 'inbound',
    switches: new MemorySwitches(),
    mappings: new MemoryMappings(),
    deployed: new MemoryDeployed(),
    clock: new MemoryClock(now),
    log: new MemoryLog(),
  };
}
