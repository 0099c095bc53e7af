import { keysOf } from '../../core/bus-log/log-range.ts';
import type { ChunkClaim, Claim } from '../../core/proof/claim.ts';
import { type PlaceInFile, placeInFile } from '../../core/proof/place-in-file.ts';
import type { ProofWindow } from '../../core/proof/windows.ts';
import type { Objects } from '../../ports.ts';
import { logLines, logObjects } from '../read-log.ts';

/** A chunk of a file that claims events. */
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
  const byId = new Map(claims.map(claim => [claim.handoffId, claim]));
  for await (const object of logObjects(objects, keysOf({ from, to })))
    for await (const line of logLines(objects, object)) {
      const place = placeInFile(line);
      const claim = place && byId.get(place.handoffId);
      const chunk = claim && chunkAt(claim, place);
      if (chunk) take({ claim, chunk }, place.shortId);
    }
}

const chunkAt = ({ chunks }: Claim, { byte }: PlaceInFile): ChunkClaim | undefined =>
  chunks.find(({ byteStart, byteEnd }) => byteStart <= byte && byte < byteEnd);
