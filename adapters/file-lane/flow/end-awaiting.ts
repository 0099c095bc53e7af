import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { needsSignatureBeside } from '../contract/file-security.ts';
import { handoffIdOf } from './handoff-id.ts';
import type { ObjectCreated } from './messages.ts';
import { notifiedIn } from './new-delivery.ts';
import type { Work } from './work.ts';

interface Complete {
  readonly notice: ObjectCreated;
  readonly object: ObjectRef;
  readonly begins: readonly ObjectRef[];
}

/** The wait of each of a file's objects is over: the hand-off of the whole file is opened. */
export async function endAwaiting(work: Work, { notice, object, begins }: Complete): Promise<void> {
  const { lane, ports } = work;
  const isAlone = lane.delivery.startsOn === 'data' && !needsSignatureBeside(lane.delivery.security);
  if (isAlone && notice.detail.object.key === object.key) return;
  const waited = [notifiedIn(notice), object, ...begins].map(one => handoffIdOf(lane.id, notice, [one]));
  for (const id of new Set(waited)) await ports.ledger.endAwaiting(id);
}
