import { emptyDigest } from '#shared/core/identity/id-digest.ts';
import { emptyTally } from '#shared/core/outcome/tally.ts';
import type { Chunk, ChunkPlan, Handoff, Pass } from '../core/outcome/handoff.ts';
import type { ChunkRef, Lease } from '../ports.ts';

/** What a lease leaves on a record; `until` 0 is free. */
export interface Held {
  leaseOwner: string | undefined;
  leaseUntil: number;
}

export interface HandoffItem extends Held {
  handoff: Handoff;
  /** Settled, and compared by the reconciler. */
  isReconciled: boolean;
}

export interface ChunkItem extends Held {
  chunk: Chunk;
}

/** The ledger table in memory. */
export interface MemoryStore {
  readonly handoffs: Map<string, HandoffItem>;
  readonly chunks: Map<string, ChunkItem>;
  /** File claims: `<integration>#<identity>` to hand-off id. */
  readonly claims: Map<string, string>;
}

export const memoryStore = (): MemoryStore => ({
  handoffs: new Map(),
  chunks: new Map(),
  claims: new Map(),
});

/** Busy for everyone but the lease's own owner, until it ends. */
export const isBusy = (held: Held, lease: Lease): boolean =>
  held.leaseUntil > lease.now && held.leaseOwner !== lease.owner;

export const free: Held = Object.freeze({ leaseOwner: undefined, leaseUntil: 0 });

export const chunkKey = ({ handoffId, pass, n }: ChunkRef): string => `${handoffId}#${pass}#${n}`;

/** Chunks that are already there keep their progress. */
export function plan(store: MemoryStore, handoffId: string, pass: Pass, chunks: readonly ChunkPlan[]): void {
  for (const chunk of chunks) {
    const key = chunkKey({ handoffId, pass, n: chunk.n });
    if (!store.chunks.has(key)) store.chunks.set(key, { ...free, chunk: unbegun(chunk, pass) });
  }
}

const unbegun = (plan: ChunkPlan, pass: Pass): Chunk => ({
  ...plan,
  pass,
  fencingToken: 0,
  progress: {
    nextByte: plan.byteStart,
    nextRecord: plan.firstRecord,
    nextLine: plan.firstLine,
    tally: emptyTally,
    quarantineParts: [],
    totals: {},
    published: emptyDigest,
    done: false,
  },
});

/** Brings the store back to what it is now. */
export function restorerOf({ handoffs, chunks, claims }: MemoryStore): () => void {
  const kept = structuredClone({ handoffs, chunks, claims });
  return () => {
    restore(handoffs, kept.handoffs);
    restore(chunks, kept.chunks);
    restore(claims, kept.claims);
  };
}

function restore<V>(map: Map<string, V>, kept: ReadonlyMap<string, V>): void {
  map.clear();
  for (const [key, value] of structuredClone(kept)) map.set(key, value);
}
