import { limits } from '#shared/contract/limits.ts';
import { newDelivery } from '../new-delivery.ts';
import { type At, endWith, type Stage } from '../stage.ts';
import { pauseSeconds, waitedSeconds } from '../wait.ts';
import type { Work } from '../work.ts';

/** Another object is still to come. It is waited for, longer each time; after `dataWaitSeconds` this one is refused. */
export async function awaitMissing(work: Work, stage: At<'incomplete'>): Promise<Stage> {
  const { notice, object, missing, awaiting } = stage;
  const { lane, ports } = work;
  const left = limits.dataWaitSeconds - waitedSeconds(work, notice);
  if (left <= 0) return { at: 'opening', notice, object, begins: [object], next: { refusal: missing } };
  const seconds = Math.ceil(Math.min(pauseSeconds(work, notice), left));
  const nextRetryAt = new Date(ports.clock.now() + 1_000 * seconds).toISOString();
  await ports.ledger.await(newDelivery(lane, { notice, object, begins: [object] }), {
    awaiting,
    nextRetryAt,
  });
  return endWith({ kind: 'later', seconds });
}
