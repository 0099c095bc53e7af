import { isDeepStrictEqual } from 'node:util';
import { type Chunk, hasPassed, type Pass } from '../core/outcome/handoff.ts';
import type { ChunkRef, Ledger } from '../ports.ts';
import { type ChunkItem, chunkKey, free, isBusy, type MemoryStore } from './memory-store.ts';

type Chunks = Pick<
  Ledger,
  'leaseChunk' | 'extendChunk' | 'releaseChunk' | 'checkpoint' | 'chunks' | 'hasPublished'
>;

export const memoryChunks = (store: MemoryStore): Chunks => ({
  async leaseChunk(chunk, lease) {
    const item = known(store, chunk);
    if (item.chunk.progress.done) return { kind: 'done' };
    if (isBusy(item, lease)) return { kind: 'busy', until: item.leaseUntil };
    item.chunk = { ...item.chunk, fencingToken: item.chunk.fencingToken + 1 };
    Object.assign(item, { leaseOwner: lease.owner, leaseUntil: lease.until });
    return { kind: 'leased', value: structuredClone(item.chunk) };
  },

  async extendChunk(chunk, { fencingToken, until }) {
    const item = known(store, chunk);
    if (item.chunk.fencingToken === fencingToken && item.leaseOwner !== undefined) item.leaseUntil = until;
  },

  async releaseChunk(chunk, fencingToken) {
    const item = store.chunks.get(chunkKey(chunk));
    if (item?.chunk.fencingToken === fencingToken) Object.assign(item, free);
  },

  async checkpoint(chunk, { fencingToken, fromByte, progress }) {
    const item = known(store, chunk);
    if (item.chunk.fencingToken !== fencingToken) return false;
    const kept = structuredClone(progress);
    if (item.chunk.progress.nextByte !== fromByte) return isDeepStrictEqual(item.chunk.progress, kept);
    item.chunk = { ...item.chunk, progress: kept };
    return true;
  },

  async chunks(handoffId, pass) {
    return chunksOf(store, handoffId, pass);
  },

  async hasPublished(handoffId, record) {
    return hasPassed(chunksOf(store, handoffId, 'publish'), record);
  },
});

const chunksOf = (store: MemoryStore, handoffId: string, pass: Pass): Chunk[] =>
  [...store.chunks]
    .filter(([key]) => key.startsWith(`${handoffId}#${pass}#`))
    .map(([, item]) => structuredClone(item.chunk))
    .sort((a, b) => a.n - b.n);

function known(store: MemoryStore, chunk: ChunkRef): ChunkItem {
  const item = store.chunks.get(chunkKey(chunk));
  if (!item)
    throw new Error(
      `the ledger does not know chunk ${chunk.n} of the ${chunk.pass} pass of ${chunk.handoffId}`,
    );
  return item;
}
