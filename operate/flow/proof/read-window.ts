import { keysOf } from '../../core/bus-log/log-range.ts';
import type { ChunkClaim, Claim } from '../../core/proof/claim.ts';
import { type PlaceInUnit, placeInUnit } from '../../core/proof/place-in-unit.ts';
import type { ProofWindow } from '../../core/proof/windows.ts';
import type { Objects } from '../../ports.ts';
import { logLines, logObjects } from '../read-log.ts';

/** A part of a unit that claims events. */
export interface ClaimedChunk {
  readonly claim: Claim;
  readonly chunk: ChunkClaim;
}

/** Calls `take` with each event of the window's chunks that the bus log holds, repeats included. */
export async function readWindow(
  objects: Objects,
  { from, to, claims }: ProofWindow,
  take: (of: ClaimedChunk, shortId: string) => void,
): Promise<void> {
  const byUnit = new Map(claims.map(claim => [claim.unit, claim]));
  for await (const object of logObjects(objects, keysOf({ from, to })))
    for await (const line of logLines(objects, object)) {
      const place = placeInUnit(line);
      const claim = place && (byUnit.get(place.correlationId) ?? byUnit.get(place.rawKey));
      const chunk = claim && chunkAt(claim, place);
      if (chunk) take({ claim, chunk }, place.shortId);
    }
}

const chunkAt = ({ chunks }: Claim, { byte }: PlaceInUnit): ChunkClaim | undefined =>
  chunks.find(({ byteStart, byteEnd }) => byteStart <= byte && byte < byteEnd);
