import { limits } from '../../contract/limits.ts';
import { backoffMilliseconds } from './backoff.ts';
import type { BusAnswer, BusEntry } from './bus-entry.ts';
import { inParallel } from './in-parallel.ts';
import { pack } from './pack.ts';

/** What publishing needs of the world; a `Bus` and a `Clock` fit. */
interface Publisher {
  put(entries: readonly BusEntry[]): Promise<readonly BusAnswer[]>;
}
interface Pause {
  sleep(milliseconds: number): Promise<void>;
  random(): number;
}

/**
 * Puts entries on the bus and gives the last answer to each, in order. Entries that were throttled or got no answer are
 * sent again, with the same ids, with backoff; after `publishAttemptsMax` attempts, or at the first `denied`, their
 * answer stands and the caller stops.
 */
export async function publish(
  entries: readonly BusEntry[],
  bus: Publisher,
  clock: Pause,
): Promise<readonly BusAnswer[]> {
  const answers = await inParallel(pack(entries), limits.callsInFlightMax, batch =>
    putUntilAnswered(batch, bus, clock),
  );
  return answers.flat();
}

async function putUntilAnswered(
  batch: readonly BusEntry[],
  bus: Publisher,
  clock: Pause,
): Promise<BusAnswer[]> {
  const answers: BusAnswer[] = new Array(batch.length);
  let open = batch.map((_, index) => index);
  for (let attempt = 1; ; attempt++) {
    const given = await bus.put(open.map(index => batch[index]!));
    for (const [i, index] of open.entries()) answers[index] = given[i]!;
    if (answers.some(answer => answer.kind === 'denied')) return answers;
    open = open.filter(index => isWorthRetrying(answers[index]!));
    if (open.length === 0 || attempt === limits.publishAttemptsMax) return answers;
    await clock.sleep(backoffMilliseconds(attempt, clock.random()));
  }
}

const isWorthRetrying = (answer: BusAnswer): boolean =>
  answer.kind === 'throttled' || answer.kind === 'unknown';
