import { fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import {
  addEventDigests,
  digestOfEvents,
  type EventDigest,
  noEvents,
} from '#shared/core/batch/event-digest.ts';
import { addTallies, emptyTally, type Tally, tallied } from '#shared/core/outcome/tally.ts';
import { ObjectGone } from '#shared/ports.ts';
import { stagedLane } from '../../core/correction/staged-row.ts';
import { sumTotals, type Totals } from '../../core/file/totals.ts';
import type { BegunHandoff, Chunk, Progress } from '../../core/outcome/handoff.ts';
import { addNotes, type Notes, noNotes, notedRows } from '../../core/outcome/notes.ts';
import { quarantineLine } from '../../core/quarantine/quarantine-line.ts';
import type { Row } from '../../core/row/make-row.ts';
import { SeenKeys } from '../../core/row/seen-keys.ts';
import { endRows, type RowEnd } from '../end-rows.ts';
import { FailedAfterProgress } from '../failed-after-progress.ts';
import { originOf } from '../origin-of.ts';
import { Pace } from '../pace.ts';
import { type Portion, readPortions } from '../read-portions.ts';
import { type At, endWith, type Stage } from '../stage.ts';
import type { Work } from '../work.ts';
import { writeParts } from '../write-parts.ts';

/** `short`: time is short, or the lane was disabled; the rest is for the next hop. `lost`: another has taken the chunk over, and may die of it. */
type ChunkEnd = 'done' | 'short' | 'lost';

/**
 * Works on a leased chunk from its checkpoint, window by window: read, map and publish, portion by portion; then
 * quarantine and checkpoint. A crash repeats at most one window, with the same event ids; only what a checkpoint names counts.
 */
export async function processChunk(given: Work, stage: At<'leased'>): Promise<Stage> {
  const { handoff, message, chunk } = stage;
  const work = handoff.corrects ? { ...given, lane: stagedLane(given.lane) } : given;
  const seen = new SeenKeys(work.lane);
  const run: Run = { work, handoff, chunk, seen, progress: chunk.progress, window: emptyWindow };
  const rest = () => ({ ...message, fromByte: run.progress.nextByte });
  try {
    const end = await processToEnd(run);
    if (end === 'lost') return endWith({ kind: 'waiting', seconds: limits.leaseMilliseconds / 1000 });
    if (end === 'done') return { at: 'chunkDone', handoff, pass: chunk.pass };
    return { at: 'short', handoff, rest: { ...rest(), hop: message.hop + 1 } };
  } catch (error) {
    throw run.progress === chunk.progress ? error : new FailedAfterProgress(rest(), error);
  }
}

async function processToEnd(run: Run): Promise<ChunkEnd> {
  try {
    return await processWindows(run);
  } catch (error) {
    if (!(error instanceof ObjectGone)) throw error;
    return rejectRest(run);
  }
}

/** A chunk in work. */
interface Run {
  readonly work: Work;
  readonly handoff: BegunHandoff;
  readonly chunk: Chunk;
  /** Keys of the rows that this invocation worked on. */
  readonly seen: SeenKeys;
  /** Up to the last checkpoint. */
  progress: Progress;
  /** Since the last checkpoint. */
  window: Window;
}

async function processWindows(run: Run): Promise<ChunkEnd> {
  const { work, handoff, chunk } = run;
  const pace = new Pace(work, limits.handOverMilliseconds);
  for await (const portion of readPortions(work, originOf(work, handoff), handoff.inspection, chunk)) {
    await work.keepLeases?.();
    run.window = grown(run, portion, await endRows(work, handoff, chunk.pass, portion.rows));
    if (portion.ends === 'nothing') continue;
    if (!(await checkpoint(run, { ...portion.next, done: portion.ends === 'chunk' }))) return 'lost';
    if (run.progress.done) continue;
    if (pace.isTimeShort() || (await work.ports.input.isDisabled(work.lane.id))) return 'short';
  }
  return 'done';
}

/** The file was deleted while it was processed: the records left are rejected, and the books say why. */
async function rejectRest(run: Run): Promise<ChunkEnd> {
  const { chunk, progress, window } = run;
  const { tally, nextLine } = progress;
  const ended = tallied(tally) + tallied(window.tally);
  const left = chunk.records - ended;
  run.window = { ...window, tally: addTallies(window.tally, { ...emptyTally, rejected: left }) };
  const end = {
    nextByte: chunk.byteEnd,
    nextRecord: chunk.firstRecord + ended,
    nextLine,
    done: true,
    fault: fault(
      'OBJECT_GONE',
      { line: nextLine },
      `the object was removed with ${left} records of a chunk left`,
    ),
  };
  return (await checkpoint(run, end)) ? 'done' : 'lost';
}

/** Quarantines and counts the window's rows, and begins the next. False when another has taken the chunk over. */
async function checkpoint(
  run: Run,
  end: Omit<Progress, 'tally' | 'quarantineParts' | 'totals' | 'notes' | 'published'>,
): Promise<boolean> {
  const { work, handoff, chunk, progress, window } = run;
  const { quarantined: lines } = window;
  const parts = await writeParts({ work, handoff, chunk, progress, lines, endsChunk: end.done });
  const next = {
    ...end,
    tally: addTallies(progress.tally, window.tally),
    quarantineParts: parts,
    totals: sumTotals([progress.totals, window.totals]),
    notes: addNotes(progress.notes ?? noNotes, window.notes),
    // A chunk that an older release began would claim a part.
    published: progress.published && addEventDigests(progress.published, window.published),
  };
  const step = { fencingToken: chunk.fencingToken, fromByte: progress.nextByte, progress: next };
  const ref = { handoffId: handoff.id, pass: chunk.pass, n: chunk.n };
  if (!(await work.ports.ledger.checkpoint(ref, step))) return false;
  run.progress = next;
  run.window = emptyWindow;
  return true;
}

/** The books of the rows since the last checkpoint. */
interface Window {
  readonly tally: Tally;
  readonly totals: Totals;
  readonly notes: Notes;
  readonly quarantined: readonly string[];
  readonly published: EventDigest;
}

const emptyWindow: Window = {
  tally: emptyTally,
  totals: {},
  notes: noNotes,
  quarantined: [],
  published: noEvents,
};

const grown = (
  { work: { lane }, seen, window: { tally, totals, notes, quarantined, published } }: Run,
  portion: Portion,
  ends: readonly RowEnd[],
): Window => ({
  tally: count(tally, ends),
  totals: sumTotals([totals, portion.totals]),
  notes: addNotes(notes, {
    repeatedKeys: notedRows(seen.repeatedIn(portion.rows)),
    unreadAmounts: unreadAmounts(lane.controlTotals, portion.rows),
    correctedBefore: notedRows(correctedBefore(ends)),
  }),
  quarantined: [...quarantined, ...linesOf(ends)],
  published: addEventDigests(published, digestOfEvents(ends.flatMap(end => end.published))),
});

/** Lines of the corrections that say nothing new. */
const correctedBefore = (ends: readonly RowEnd[]): readonly number[] =>
  ends
    .filter(({ row, outcome }) => row.corrects !== undefined && outcome === 'duplicate')
    .map(({ row }) => row.at.line);

/** By column; none where all amounts could be read. */
function unreadAmounts(columns: readonly string[], rows: readonly Row[]): Notes['unreadAmounts'] {
  const unread = columns.map((column, c) => {
    const lines = rows.filter(({ amounts }) => amounts[c] === undefined).map(({ at }) => at.line);
    return [column, notedRows(lines)] as const;
  });
  return Object.fromEntries(unread.filter(([, noted]) => noted.rows > 0));
}

const linesOf = (ends: readonly RowEnd[]): string[] =>
  ends
    .filter(end => end.outcome === 'quarantined')
    .map(({ row, faults }) => quarantineLine({ ...row, faults }));

function count(tally: Tally, ends: readonly RowEnd[]): Tally {
  const counted = { ...tally };
  for (const { outcome } of ends) counted[outcome]++;
  return counted;
}
