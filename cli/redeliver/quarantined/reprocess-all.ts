import type { ReprocessedChange } from '#adapters/cdc-feed/core/feed/reprocess-request.ts';
import type { Obstacle } from '#adapters/cdc-feed/core/feed/stored-change.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import type { Invoke } from '../invoke-function.ts';
import { groupsOf } from './groups.ts';
import type { Quarantine } from './quarantine.ts';
import { type PlacedChange, requestReprocessing } from './request-reprocessing.ts';
import { type ChangePlace, readStored } from './survey-quarantine.ts';

export interface Reprocessing {
  readonly quarantine: Quarantine;
  /** Invokes the feed's function; undefined: nothing is changed. */
  readonly invoke: Invoke | undefined;
  /** Called before each invocation. Throws when the lease was lost. */
  readonly renew: () => Promise<void>;
  /** Aborted when an operator interrupts the command: the invocation under way is the last. */
  readonly signal: AbortSignal;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** `waiting`: this is a preview; `gone`: somebody moved or deleted the object; `unreached`: the command stopped before it. */
export type End = ReprocessedChange['end'] | Obstacle | 'waiting' | 'gone' | 'unreached';

export interface EndedChange {
  readonly place: ChangePlace;
  readonly end: End;
  /** Of a change that is quarantined again, or open. */
  readonly code?: string | undefined;
  readonly detail?: string | undefined;
}

const callsAtOnce = 8;

/**
 * Reprocesses changes, one invocation after the other in the order given. A change that is finished moves to `taken/`; one that is
 * quarantined again stays as the function wrote it. Where the bus, a missing right or the function stops one, the invocations after
 * it are not made: later changes of its key must not overtake it. `onProgress` is given how many have ended.
 */
export async function reprocessAll(
  reprocessing: Reprocessing,
  changes: readonly ChangePlace[],
  onProgress: (ended: number) => void = () => {},
): Promise<EndedChange[]> {
  const ended: EndedChange[] = changes.flatMap(place =>
    place.obstacle ? [{ place, end: place.obstacle }] : [],
  );
  const possible = changes.filter(({ obstacle }) => !obstacle);
  const { invoke, signal } = reprocessing;
  if (!invoke) return [...ended, ...possible.map(endAs('waiting'))];
  for (const group of groupsOf(possible)) {
    const isOver = signal.aborted || ended.some(({ end }) => end === 'open');
    ended.push(
      ...(isOver ? group.map(endAs('unreached')) : await reprocessGroup(reprocessing, invoke, group)),
    );
    onProgress(ended.length);
  }
  return ended;
}

const endAs =
  (end: End) =>
  (place: ChangePlace): EndedChange => ({ place, end });

async function reprocessGroup(
  reprocessing: Reprocessing,
  invoke: Invoke,
  group: readonly ChangePlace[],
): Promise<EndedChange[]> {
  const { quarantine, renew, now } = reprocessing;
  const read = await inParallel(group, callsAtOnce, place => readChange(quarantine, place));
  const changes = read.filter(each => 'stored' in each);
  const gone = read.filter(each => 'end' in each);
  if (changes.length === 0) return gone;
  await renew();
  const answers = await requestReprocessing(invoke, changes);
  const at = new Date(now()).toISOString();
  const ended = changes.map((change): FinishedChange => {
    const { end, code, detail } = answers.get(change.place.object) ?? { end: 'open' };
    return { ...change, end, code, detail };
  });
  await inParallel(ended, callsAtOnce, each => moveFinished(quarantine, each, at));
  return [...ended.map(({ place, end, code, detail }) => ({ place, end, code, detail })), ...gone];
}

async function readChange(quarantine: Quarantine, place: ChangePlace): Promise<PlacedChange | EndedChange> {
  const text = await quarantine.read(place.object);
  return text === undefined ? { place, end: 'gone' } : { place, stored: readStored(text) };
}

type FinishedChange = PlacedChange & EndedChange;

/** `at`: ISO 8601 UTC. */
async function moveFinished(quarantine: Quarantine, change: FinishedChange, at: string): Promise<void> {
  const { place, stored, end, detail } = change;
  if (end === 'quarantined' || end === 'open') return;
  const taken = { at, end, ...(detail !== undefined && { detail }) };
  await quarantine.moveAway(place.object, JSON.stringify({ ...stored, taken }), at);
}
