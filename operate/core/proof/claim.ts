import type { Chunk } from '#adapters/file-lane/core/outcome/handoff.ts';
import { addEventDigests, type EventDigest, noEvents } from '#shared/core/batch/event-digest.ts';

/** What one part of a unit claims to have published. A delivery and a batch have one part. */
export interface ChunkClaim {
  readonly n: number;
  readonly byteStart: number;
  readonly byteEnd: number;
  readonly published: EventDigest;
}

/** What one unit of input claims to have published, and when: a file, a delivery or a batch of changes. */
export interface Claim {
  /** The hand-off's id, or the key in the raw bucket. */
  readonly unit: string;
  readonly integration: string;
  /** ISO 8601 UTC: between these times its events came to the bus. */
  readonly from: string;
  readonly to: string;
  readonly settledAt: string;
  readonly chunks: readonly ChunkClaim[];
}

/** What a delivery or a batch claims, by the trail. */
export interface UnitClaim extends Claim {
  /** Records of a batch that were quarantined: `3-7,12`. */
  readonly except: string;
  /** The UTC day on which the unit came. */
  readonly day: string;
  /** Of its events, those that the day's counts do not have as found. */
  readonly newEvents: number;
}

/** Undefined where a chunk was begun by a release that kept no digest. */
export function chunkClaims(chunks: readonly Chunk[]): readonly ChunkClaim[] | undefined {
  const claims = chunks.flatMap(({ n, byteStart, byteEnd, progress: { published } }) =>
    published ? [{ n, byteStart, byteEnd, published }] : [],
  );
  return claims.length === chunks.length ? claims : undefined;
}

export const claimedIn = ({ chunks }: Pick<Claim, 'chunks'>): EventDigest =>
  addEventDigests(noEvents, ...chunks.map(({ published }) => published));
