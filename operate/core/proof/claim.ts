import type { Chunk } from '#adapters/file-lane/core/outcome/handoff.ts';
import { addDigests, emptyDigest, type IdDigest } from '#shared/core/identity/id-digest.ts';

/** What one chunk claims to have published. */
export interface ChunkClaim {
  readonly n: number;
  readonly byteStart: number;
  readonly byteEnd: number;
  readonly published: IdDigest;
}

/** What one file claims to have published, and when. */
export interface Claim {
  readonly handoffId: string;
  readonly integration: string;
  /** ISO 8601 UTC: between these times its events came to the bus. */
  readonly from: string;
  readonly to: string;
  readonly settledAt: string;
  readonly chunks: readonly ChunkClaim[];
}

/** Undefined where a chunk was begun by a release that kept no digest. */
export function chunkClaims(chunks: readonly Chunk[]): readonly ChunkClaim[] | undefined {
  const claims = chunks.flatMap(({ n, byteStart, byteEnd, progress: { published } }) =>
    published ? [{ n, byteStart, byteEnd, published }] : [],
  );
  return claims.length === chunks.length ? claims : undefined;
}

export const claimedIn = ({ chunks }: Pick<Claim, 'chunks'>): IdDigest =>
  addDigests(emptyDigest, ...chunks.map(({ published }) => published));
