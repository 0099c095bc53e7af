import { limits } from '../../shared/contract/limits.ts';
import { sumTotals } from '../../shared/core/file/totals.ts';
import { traceparentOf } from '../../shared/core/identity/trace.ts';
import type { Chunk, Handoff, Inspection, Progress } from '../../shared/core/outcome/handoff.ts';
import { emptyTally, type Tally } from '../../shared/core/outcome/tally.ts';
import { quarantineLine } from '../../shared/core/quarantine/quarantine-line.ts';
import type { FileOrigin } from '../../shared/core/row/row-events.ts';
import { endRows, type RowEnd } from './end-rows.ts';
import { fileNameOf, partKey, partName } from './places.ts';
import { readWindows, type Window } from './read-windows.ts';
import type { Work } from './work.ts';

/** `handed-on`: time is short, the rest is for the next hop. `lost`: another has taken the chunk over. */
export type ChunkEnd = 'done' | 'handed-on' | 'lost';

/**
 * Works on a leased chunk from its checkpoint, window by window: read, map, publish, quarantine, checkpoint. A crash
 * repeats at most one window, with the same event ids; only what a checkpoint names counts.
 */
export async function processChunk(work: Work, handoff: Handoff, chunk: Chunk): Promise<ChunkEnd> {
  let progress = chunk.progress;
  for await (const window of readWindows(work, originOf(work, handoff), handoff.inspection!, chunk)) {
    const ends = await endRows(work, handoff, chunk.pass, window.rows);
    const next = advance(progress, window, ends, await quarantine(work, handoff, chunk, window, ends));
    const step = { fence: chunk.fence, fromByte: progress.nextByte, progress: next };
    if (!(await work.ports.ledger.checkpoint(handoff.id, chunk.pass, chunk.n, step))) return 'lost';
    progress = next;
    if (!progress.done && work.invocation.remainingMilliseconds() < limits.handOverMilliseconds)
      return 'handed-on';
  }
  return 'done';
}

function originOf({ lane, ports }: Work, handoff: Handoff): FileOrigin {
  const fileName = fileNameOf(lane, handoff.object.key);
  return {
    treaty: lane,
    correlationId: handoff.id,
    causationId: handoff.causationId,
    traceparent: traceparentOf(handoff.id),
    processKey: `${lane.id}/${fileName}`,
    ingestedAt: handoff.receivedAt,
    identity: handoff.identity!,
    fileName,
    rawUri: ports.files.uri((handoff.inspection as Inspection).source),
  };
}

/** Writes the window's faulty rows as one part; its name, or none when all rows were good. */
async function quarantine(
  { ports, lane }: Work,
  handoff: Handoff,
  chunk: Chunk,
  window: Window,
  ends: readonly RowEnd[],
): Promise<string[]> {
  const lines = ends
    .filter(end => end.outcome === 'quarantined')
    .map(({ row, faults }) => quarantineLine({ ...row, faults }));
  if (lines.length === 0) return [];
  const part = partName(chunk, window.rows[0]!.at.record);
  const key = partKey(lane, handoff.id, chunk, part);
  await ports.files.write('quarantine', key, Buffer.from(lines.join('')), 'application/x-ndjson');
  return [part];
}

function advance(
  progress: Progress,
  window: Window,
  ends: readonly RowEnd[],
  parts: readonly string[],
): Progress {
  return {
    ...window.next,
    tally: count(progress.tally, ends),
    quarantineParts: [...progress.quarantineParts, ...parts],
    totals: sumTotals([progress.totals, window.totals]),
    done: window.last,
  };
}

function count(tally: Tally, ends: readonly RowEnd[]): Tally {
  const counted = { ...emptyTally, ...tally };
  for (const { outcome } of ends) counted[outcome]++;
  return counted;
}
