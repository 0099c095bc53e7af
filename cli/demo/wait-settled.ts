import { setTimeout as sleep } from 'node:timers/promises';
import { type HandoffState, isSettled } from '#adapters/file-lane/core/outcome/handoff.ts';
import type { Cloud, HandoffLine } from './cloud.ts';
import { Unsettled } from './tell-problem.ts';

const pollMilliseconds = 100;

/** What is waited for. */
interface Wait {
  readonly key: string;
  /** Hand-offs that were there before the drop. */
  readonly known: ReadonlySet<string>;
  /** Is shown the hand-off until it is settled. */
  readonly see: (handoff: HandoffLine) => void;
  readonly patienceSeconds?: number;
}

/**
 * The newest hand-off of a key, once it is settled. @throws Unsettled after `patienceSeconds`.
 */
export async function waitSettled(
  cloud: Cloud,
  { key, known, see, patienceSeconds = 60 }: Wait,
): Promise<HandoffLine> {
  for (let waited = 0; waited < patienceSeconds * 1000; waited += pollMilliseconds) {
    const handoff = (await cloud.handoffs()).find(
      candidate => candidate.key === key && !known.has(candidate.id),
    );
    if (handoff) see(handoff);
    if (handoff && isSettled(handoff.state as HandoffState)) return handoff;
    await sleep(pollMilliseconds);
  }
  throw new Unsettled(`${key} was not settled within ${patienceSeconds} seconds; see .local/logs`);
}
