import type { Handoff } from '../core/outcome/handoff.ts';
import type { Ledger, ReconciledLedger } from '../ports.ts';
import { memoryChunks } from './memory-chunks.ts';
import { memoryFileClaims } from './memory-file-claims.ts';
import { memoryHandoffs } from './memory-handoffs.ts';
import { memoryReconciledLedger } from './memory-reconciled-ledger.ts';
import { memoryStore, restorerOf } from './memory-store.ts';

export interface MemoryLedger extends Ledger, ReconciledLedger {
  /** Every hand-off, in the order opened. */
  all(): readonly Handoff[];
  /** Keeps what is in it now. The answer brings it back, as a table that is restored to a point in time. */
  pointInTime(): () => void;
  /** Those that the reconciler is still to compare. */
  unreconciled(): readonly Handoff[];
}

/** The ledger in memory. It forgets nothing: `expiresAt` is only when it may. */
export function memoryLedger(): MemoryLedger {
  const store = memoryStore();
  return {
    ...memoryHandoffs(store),
    ...memoryChunks(store),
    ...memoryFileClaims(store),
    ...memoryReconciledLedger(store),
    pointInTime: () => restorerOf(store),
    unreconciled: () =>
      [...store.handoffs.values()]
        .filter(({ isReconciled }) => !isReconciled)
        .map(item => structuredClone(item.handoff)),
    all: () => [...store.handoffs.values()].map(item => structuredClone(item.handoff)),
  };
}
