import { limits } from '#shared/contract/limits.ts';
import {
  digestOf,
  emptyDigest,
  GrowingDigest,
  type IdDigest,
  isSameDigest,
} from '#shared/core/identity/id-digest.ts';
import type { ChunkClaim, Claim } from '../../core/proof/claim.ts';
import { ownCopy } from '../../core/proof/own-copy.ts';
import type { ProofWindow } from '../../core/proof/windows.ts';
import type { Objects } from '../../ports.ts';
import { type ClaimedChunk, readWindow } from './read-window.ts';

/** A unit, and what the bus log holds of its events. */
export interface Compared<C extends Claim = Claim> {
  readonly claim: C;
  readonly onBus: number;
  /** Chunks whose events on the bus are not those that they claim, with the short ids that were found. */
  readonly unequal: readonly { readonly chunk: ChunkClaim; readonly found: ReadonlySet<string> }[];
}

/**
 * Compares by digests, which take no memory. A repeated event changes a digest: only chunks that are not equal then are read again
 * with their ids in memory, a bounded number at a time.
 */
export async function compareWindow<C extends Claim>(
  objects: Objects,
  window: ProofWindow<C>,
): Promise<readonly Compared<C>[]> {
  const sums = await sumsIn(objects, window);
  const sumOf = (chunk: ChunkClaim) => sums.get(chunk) ?? emptyDigest;
  const open = chunksOf(window).filter(({ chunk }) => !isSameDigest(sumOf(chunk), chunk.published));
  const found = new Map<ChunkClaim, ReadonlySet<string>>();
  for (const group of grouped(open, sumOf))
    for (const [chunk, ids] of await idsIn(objects, window, group)) found.set(chunk, ids);
  return window.claims.map(claim => ({
    claim,
    onBus: claim.chunks.reduce((sum, chunk) => sum + (found.get(chunk)?.size ?? sumOf(chunk).count), 0),
    unequal: claim.chunks.flatMap(chunk => {
      const ids = found.get(chunk);
      return ids && !isSameDigest(digestOf(ids), chunk.published) ? [{ chunk, found: ids }] : [];
    }),
  }));
}

const chunksOf = ({ claims }: ProofWindow): readonly ClaimedChunk[] =>
  claims.flatMap(claim => claim.chunks.map(chunk => ({ claim, chunk })));

async function sumsIn(objects: Objects, window: ProofWindow): Promise<ReadonlyMap<ChunkClaim, IdDigest>> {
  const sums = new Map<ChunkClaim, GrowingDigest>();
  await readWindow(objects, window, ({ chunk }, id) => {
    const sum = sums.get(chunk) ?? new GrowingDigest();
    sums.set(chunk, sum);
    sum.add(id);
  });
  return new Map([...sums].map(([chunk, { digest }]) => [chunk, digest]));
}

/** Chunks that together hold no more ids than memory has room for; one chunk always has. */
function grouped(
  open: readonly ClaimedChunk[],
  sumOf: (chunk: ChunkClaim) => IdDigest,
): readonly (readonly ChunkClaim[])[] {
  const groups: ChunkClaim[][] = [];
  let ids = Number.POSITIVE_INFINITY;
  for (const { chunk } of open) {
    const { count } = sumOf(chunk);
    if (ids + count > limits.provenIdsAtOnce) {
      groups.push([]);
      ids = 0;
    }
    groups.at(-1)?.push(chunk);
    ids += count;
  }
  return groups;
}

async function idsIn(
  objects: Objects,
  window: ProofWindow,
  group: readonly ChunkClaim[],
): Promise<ReadonlyMap<ChunkClaim, ReadonlySet<string>>> {
  const ids = new Map(group.map(chunk => [chunk, new Set<string>()]));
  await readWindow(objects, window, ({ chunk }, id) => ids.get(chunk)?.add(ownCopy(id)));
  return ids;
}
