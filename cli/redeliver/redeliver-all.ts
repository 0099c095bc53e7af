import type { BatchPlace } from './given-up.ts';
import type { Survey } from './survey.ts';
import { type Ended, type Redelivery, Walk } from './walk.ts';

export interface EndedBatch extends Ended {
  readonly place: BatchPlace;
}

/**
 * Delivers what was given up, one batch after the other in the order of their stream. An object is taken away only when all
 * in it has ended. A batch that stops holds back what must not overtake it; the rest goes on. `tell` is told of each that ended.
 */
export async function redeliverAll(
  redelivery: Redelivery,
  { batches, unreadable }: Survey,
  tell: (ended: readonly EndedBatch[]) => void = () => {},
): Promise<EndedBatch[]> {
  const walk = new Walk(redelivery, batches);
  for (const { object } of unreadable) walk.held.addUnreadable(object);
  const ended: EndedBatch[] = [];
  for (const place of batches) {
    ended.push({ place, ...(await walk.end(place)) });
    tell(ended);
  }
  return ended;
}
