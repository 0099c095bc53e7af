import type { Hindrance } from '#adapters/cdc-feed/core/feed/kept-change.ts';
import type { SecondEnd } from '#adapters/cdc-feed/core/feed/second-taking.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import type { Invoke } from '../../release/release-all.ts';
import { ask, type Read } from './ask.ts';
import { groupsOf } from './groups.ts';
import type { Quarantine } from './quarantine.ts';
import { type ChangePlace, readKept } from './survey-quarantine.ts';

export interface Taking {
  readonly quarantine: Quarantine;
  /** Calls the feed's function; undefined: nothing is changed. */
  readonly invoke: Invoke | undefined;
  /** Called before each invocation: throws when the right to deliver was lost. */
  readonly renew: () => Promise<void>;
  /** Given when an operator asks to end: the call in work is the last. */
  readonly signal: AbortSignal;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** `waiting`: nothing was to be done but to look; `gone`: somebody took it meanwhile; `left`: it was not come to. */
export type End = SecondEnd['end'] | Hindrance | 'waiting' | 'gone' | 'left';

export interface EndedChange {
  readonly place: ChangePlace;
  readonly end: End;
  /** Of what is put aside again, or stopped. */
  readonly code?: string | undefined;
  readonly detail?: string | undefined;
}

const callsAtOnce = 8;

/**
 * Takes changes again, call after call in the order given. What ended is kept under `taken/`; what is put aside again stays as the
 * function wrote it. Where the bus, a right or the function stops one, the calls behind it are not made: later changes of its key
 * must not overtake it. `tell` is told how many have ended.
 */
export async function takeAll(
  taking: Taking,
  changes: readonly ChangePlace[],
  tell: (ended: number) => void = () => {},
): Promise<EndedChange[]> {
  const ended: EndedChange[] = [];
  const free: ChangePlace[] = [];
  for (const place of changes) {
    if (place.hindrance) ended.push({ place, end: place.hindrance });
    else free.push(place);
  }
  if (!taking.invoke) return [...ended, ...free.map(place => ({ place, end: 'waiting' as const }))];
  for (const group of groupsOf(free)) {
    const isOver = taking.signal.aborted || ended.some(({ end }) => end === 'open');
    const ends = isOver ? group.map(place => ({ place, end: 'left' as const })) : await take(taking, group);
    ended.push(...ends);
    tell(ended.length);
  }
  return ended;
}

async function take(taking: Taking, group: readonly ChangePlace[]): Promise<EndedChange[]> {
  const read = await inParallel(group, callsAtOnce, async (place): Promise<Read> => {
    const text = await taking.quarantine.read(place.object);
    return { place, kept: text === undefined ? undefined : readKept(text) };
  });
  const there = read.filter(({ kept }) => kept);
  const gone = read.flatMap(({ place, kept }) => (kept ? [] : [{ place, end: 'gone' as const }]));
  if (there.length === 0) return gone;
  await taking.renew();
  const answers = await ask(taking.invoke!, there);
  const takenAt = new Date(taking.now()).toISOString();
  await inParallel(there, callsAtOnce, async ({ place: { object }, kept }) => {
    const { end, detail } = answers.get(object)!;
    if (end === 'quarantined' || end === 'open') return;
    const taken = { at: takenAt, end, ...(detail !== undefined && { detail }) };
    await taking.quarantine.moveAway(object, JSON.stringify({ ...kept, taken }), takenAt);
  });
  return [...there.map(({ place }) => ({ place, ...answers.get(place.object)! })), ...gone];
}
