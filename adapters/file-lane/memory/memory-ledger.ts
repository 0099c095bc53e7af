import type { Handoff } from '../core/outcome/handoff.ts';
import type { Ledger } from '../ports.ts';
import { memoryChunks } from './memory-chunks.ts';
import { memoryFileClaims } from './memory-file-claims.ts';
import { memoryHandoffs } from './memory-handoffs.ts';
import { memoryStore } from './memory-store.ts';

export interface MemoryLedger extends Ledger {
  /** Every hand-off, in the order opened. */
  all(): readonly Handoff[];
}

/** The ledger in memory. It forgets nothing: `expiresAt` is only when it may. */
export function memoryLedger(): MemoryLedger {
  const store = memoryStore();
  return {
    ...memoryHandoffs(store),
    ...memoryChunks(store),
    ...memoryFileClaims(store),
    all: () => [...store.handoffs.values()].map(item => structuredClone(item.handoff)),
  };
}
