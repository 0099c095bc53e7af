import { itemAt } from '../../contract/item-at.ts';
import { limits } from '../../contract/limits.ts';
import { backoffMilliseconds } from './backoff.ts';
import type { BusAnswer, BusEntry, BusEvent } from './bus-entry.ts';
import { type FilledEntry, fillEntries } from './fill-entries.ts';
import { inParallel } from './in-parallel.ts';
import { pack } from './pack.ts';

/** What publishing needs of the world; a `Bus` and a `Clock` fit. */
interface Publisher {
  readonly bus: { put(entries: readonly BusEntry[]): Promise<readonly BusAnswer[]> };
  readonly clock: { sleep(milliseconds: number): Promise<void>; random(): number };
}

/**
 * Puts events on the bus and gives the last answer to each, in order. Entries that were throttled or got no answer are
 * sent again, with the same ids, with backoff; after `attemptsMax` attempts, or at the first `denied`, their answer
 * stands and the caller stops.
 */
export async function publish(
  events: readonly BusEvent[],
  publisher: Publisher,
  attemptsMax: number = limits.publishAttemptsMax,
): Promise<readonly BusAnswer[]> {
  const answers = new Array<BusAnswer>(events.length);
  let entries = fillEntries(events);
  while (entries.length > 0) {
    const refused: FilledEntry[] = [];
    for (const [entry, answer] of await putAll(entries, publisher, attemptsMax)) {
      for (const index of entry.events) answers[index] = answer;
      if (isRefusedForOne(entry, answer)) refused.push(entry);
    }
    entries = refused.flatMap(entry => halvesOf(entry, events));
  }
  return answers;
}

/** Whether an entry was refused because of one of its events: the bus may take the others. */
export const isRefusedForOne = ({ events }: FilledEntry, { kind }: BusAnswer): boolean =>
  kind === 'refused' && events.length > 1;

function halvesOf(entry: FilledEntry, events: readonly BusEvent[]): FilledEntry[] {
  const own = entry.events.map(index => itemAt(events, index, 'event'));
  return fillEntries(own, { eventsMax: Math.ceil(own.length / 2) }).map(half => ({
    ...half,
    events: half.events.map(index => itemAt(entry.events, index, 'place')),
  }));
}

async function putAll(
  entries: readonly FilledEntry[],
  publisher: Publisher,
  attemptsMax: number,
): Promise<readonly (readonly [FilledEntry, BusAnswer])[]> {
  const answered = await inParallel(pack(entries), limits.callsInFlightMax, async call => {
    const answers = await putUntilAnswered(call, publisher, attemptsMax);
    return call.map((entry, i) => [entry, itemAt(answers, i, 'answer')] as const);
  });
  return answered.flat();
}

async function putUntilAnswered(
  batch: readonly BusEntry[],
  { bus, clock }: Publisher,
  attemptsMax: number,
): Promise<readonly BusAnswer[]> {
  const answers = [...(await bus.put(batch))];
  for (let attempt = 1; attempt < attemptsMax; attempt++) {
    const open = unansweredIn(answers);
    if (open.length === 0) break;
    await clock.sleep(backoffMilliseconds(attempt, clock.random()));
    const given = await bus.put(open.map(index => itemAt(batch, index, 'entry')));
    for (const [i, index] of open.entries()) answers[index] = itemAt(given, i, 'answer');
  }
  return answers;
}

const none: readonly number[] = [];

/** Indexes of the entries worth sending again; none once our rights were denied. */
function unansweredIn(answers: readonly BusAnswer[]): readonly number[] {
  if (answers.every(isAccepted) || answers.some(({ kind }) => kind === 'denied')) return none;
  return answers.flatMap(({ kind }, index) => (kind === 'throttled' || kind === 'unknown' ? [index] : none));
}

const isAccepted = ({ kind }: BusAnswer): boolean => kind === 'accepted';
