import { fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { traceparentOf } from '#shared/core/identity/trace.ts';
import { addTallies, emptyTally, type Tally, tallied } from '#shared/core/outcome/tally.ts';
import { ObjectGone } from '#shared/ports.ts';
import { sumTotals, type Totals } from '../../core/file/totals.ts';
import type { BegunHandoff, Chunk, Progress } from '../../core/outcome/handoff.ts';
import { quarantineLine } from '../../core/quarantine/quarantine-line.ts';
import type { FileOrigin } from '../../core/row/row-events.ts';
import { endRows, type RowEnd } from '../end-rows.ts';
import { fileNameOf, partKey, partName } from '../places.ts';
import { type Portion, readPortions } from '../read-portions.ts';
import { type At, ended, type Stage } from '../stage.ts';
import type { Work } from '../work.ts';

/** `short`: time is short, the rest is for the next hop. `lost`: another has taken the chunk over. */
type ChunkEnd = 'done' | 'short' | 'lost';

/**
 * Works on a leased chunk from its checkpoint, window by window: read, map and publish, portion by portion; then
 * quarantine and checkpoint. A crash repeats at most one window, with the same event ids; only what a checkpoint names counts.
 */
export async function processChunk(work: Work, stage: At<'leased'>): Promise<Stage> {
  const { handoff, message, chunk } = stage;
  const end = await processToEnd(work, handoff, chunk);
  if (end === 'lost') return ended;
  return end === 'short' ? { at: 'short', handoff, message } : { at: 'chunkDone', handoff, pass: chunk.pass };
}

async function processToEnd(work: Work, handoff: BegunHandoff, chunk: Chunk): Promise<ChunkEnd> {
  const sofar: SoFar = { progress: chunk.progress, window: emptyWindow };
  try {
    return await processWindows(work, handoff, chunk, sofar);
  } catch (error) {
    if (!(error instanceof ObjectGone)) throw error;
    return giveUp(work, handoff, chunk, sofar);
  }
}

/** How far a chunk is: up to its last checkpoint, and in the window since. */
interface SoFar {
  progress: Progress;
  window: Window;
}

async function processWindows(
  work: Work,
  handoff: BegunHandoff,
  chunk: Chunk,
  sofar: SoFar,
): Promise<ChunkEnd> {
  for await (const portion of readPortions(work, originOf(work, handoff), handoff.inspection, chunk)) {
    sofar.window = grown(sofar.window, portion, await endRows(work, handoff, chunk.pass, portion.rows));
    if (portion.ends === 'nothing') continue;
    const end = { ...portion.next, done: portion.ends === 'chunk' };
    if (!(await checkpoint(work, handoff, chunk, sofar, end))) return 'lost';
    if (!sofar.progress.done && work.invocation.remainingMilliseconds() < limits.handOverMilliseconds)
      return 'short';
  }
  return 'done';
}

/** The file was removed for good while it was worked on: the records left are rejected, and the books say why. */
async function giveUp(work: Work, handoff: BegunHandoff, chunk: Chunk, sofar: SoFar): Promise<ChunkEnd> {
  const { tally, nextLine } = sofar.progress;
  const left = chunk.records - tallied(tally) - tallied(sofar.window.tally);
  sofar.window = {
    ...sofar.window,
    tally: addTallies(sofar.window.tally, { ...emptyTally, rejected: left }),
  };
  const end = {
    nextByte: chunk.byteEnd,
    nextRecord: chunk.firstRecord + chunk.records,
    nextLine,
    done: true,
    fault: fault(
      'OBJECT_GONE',
      { line: nextLine },
      `the object was removed with ${left} records of a chunk left`,
    ),
  };
  return (await checkpoint(work, handoff, chunk, sofar, end)) ? 'done' : 'lost';
}

/** Quarantines and counts the window's rows, and begins the next. False when another has taken the chunk over. */
async function checkpoint(
  work: Work,
  handoff: BegunHandoff,
  chunk: Chunk,
  sofar: SoFar,
  end: Omit<Progress, 'tally' | 'quarantineParts' | 'totals'>,
): Promise<boolean> {
  const { progress, window } = sofar;
  const parts = await quarantine(work, handoff, chunk, progress, window);
  const next = {
    ...end,
    tally: addTallies(progress.tally, window.tally),
    quarantineParts: [...progress.quarantineParts, ...parts],
    totals: sumTotals([progress.totals, window.totals]),
  };
  const step = { fencingToken: chunk.fencingToken, fromByte: progress.nextByte, progress: next };
  if (!(await work.ports.ledger.checkpoint(handoff.id, chunk.pass, chunk.n, step))) return false;
  sofar.progress = next;
  sofar.window = emptyWindow;
  return true;
}

function originOf({ lane, ports }: Work, handoff: BegunHandoff): FileOrigin {
  const fileName = fileNameOf(lane, handoff.object.key);
  return {
    contract: lane,
    correlationId: handoff.id,
    causationId: handoff.causationId,
    traceparent: traceparentOf(handoff.id),
    processKey: `${lane.id}/${fileName}`,
    ingestedAt: handoff.receivedAt,
    period: handoff.period,
    identity: handoff.identity,
    fileName,
    rawUri: ports.files.uri(handoff.inspection.source),
  };
}

/** The books of the rows since the last checkpoint. */
interface Window {
  readonly tally: Tally;
  readonly totals: Totals;
  readonly quarantined: readonly string[];
}

const emptyWindow: Window = { tally: emptyTally, totals: {}, quarantined: [] };

const grown = (
  { tally, totals, quarantined }: Window,
  portion: Portion,
  ends: readonly RowEnd[],
): Window => ({
  tally: count(tally, ends),
  totals: sumTotals([totals, portion.totals]),
  quarantined: [...quarantined, ...linesOf(ends)],
});

const linesOf = (ends: readonly RowEnd[]): string[] =>
  ends
    .filter(end => end.outcome === 'quarantined')
    .map(({ row, faults }) => quarantineLine({ ...row, faults }));

function count(tally: Tally, ends: readonly RowEnd[]): Tally {
  const counted = { ...tally };
  for (const { outcome } of ends) counted[outcome]++;
  return counted;
}

/** Writes the window's faulty rows as one part; its name, or none when all rows were good. */
async function quarantine(
  { ports, lane }: Work,
  handoff: BegunHandoff,
  chunk: Chunk,
  { nextRecord }: Progress,
  { quarantined }: Window,
): Promise<string[]> {
  if (quarantined.length === 0) return [];
  const part = partName(chunk, nextRecord);
  const key = partKey(lane, handoff.id, chunk, part);
  await ports.files.write('quarantine', key, Buffer.from(quarantined.join('')), 'application/x-ndjson');
  return [part];
}
