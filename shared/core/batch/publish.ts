import { itemAt } from '../../contract/item-at.ts';
import { limits } from '../../contract/limits.ts';
import { backoffMilliseconds } from './backoff.ts';
import type { BusAnswer, BusEntry } from './bus-entry.ts';
import { inParallel } from './in-parallel.ts';
import { pack } from './pack.ts';

/** What publishing needs of the world; a `Bus` and a `Clock` fit. */
interface Publisher {
  readonly bus: { put(entries: readonly BusEntry[]): Promise<readonly BusAnswer[]> };
  readonly clock: { sleep(milliseconds: number): Promise<void>; random(): number };
}

/**
 * Puts entries on the bus and gives the last answer to each, in order. Entries that were throttled or got no answer are
 * sent again, with the same ids, with backoff; after `attemptsMax` attempts, or at the first `denied`, their answer
 * stands and the caller stops.
 */
export async function publish(
  entries: readonly BusEntry[],
  { bus, clock }: Publisher,
  attemptsMax: number = limits.publishAttemptsMax,
): Promise<readonly BusAnswer[]> {
  const answers = await inParallel(pack(entries), limits.callsInFlightMax, batch =>
    putUntilAnswered(batch, { bus, clock }, attemptsMax),
  );
  return answers.flat();
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
