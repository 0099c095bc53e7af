import type { Survey } from './survey.ts';
import type { BatchPlace } from './undelivered-batch.ts';
import { type Ended, type Redelivery, Walk } from './walk.ts';

export interface EndedBatch extends Ended {
  readonly place: BatchPlace;
}

/**
 * Redelivers undelivered batches, one after the other in the order of their stream. An object is deleted only when all batches in
 * it have ended. A batch that stops blocks what must not overtake it; the others go on. `onProgress` is given those that ended.
 */
export async function redeliverAll(
  redelivery: Redelivery,
  { batches, unreadable }: Survey,
  onProgress: (ended: readonly EndedBatch[]) => void = () => {},
): Promise<EndedBatch[]> {
  const walk = new Walk(redelivery, batches);
  for (const { object } of unreadable) walk.blocked.addUnreadable(object);
  const ended: EndedBatch[] = [];
  for (const place of batches) {
    ended.push({ place, ...(await walk.redeliver(place)) });
    onProgress(ended);
  }
  return ended;
}
