import type { Fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { inParallel } from '#shared/core/batch/in-parallel.ts';
import type { WebhookFence } from '../contract/webhook-fence.ts';
import type { DecidedEvent } from '../core/webhook/decision.ts';
import type { Delivery } from '../core/webhook/delivery.ts';
import { type ItemIdentity, itemConflict } from '../core/webhook/item.ts';
import { leavesNameFree } from '../core/webhook/remembered.ts';
import { claimKey, type Holder } from './claim-key.ts';
import type { Work } from './work.ts';

export type ItemsEnd =
  /** `known`: items that were left out, because another delivery that was accepted has them with the same content. */
  | { readonly kind: 'claimed'; readonly entries: readonly BusEntry[]; readonly known: number }
  | { readonly kind: 'conflict'; readonly fault: Fault }
  /** How another delivery with one of the items ends is not known yet. */
  | { readonly kind: 'busy' };

/** Claims each item for the delivery. Gives what is to be published: every event but those of items that are published already. */
export async function claimItems(
  work: Work,
  delivery: Delivery,
  events: readonly DecidedEvent[],
): Promise<ItemsEnd> {
  const ends = await inParallel(events, limits.callsInFlightMax, async ({ item }) =>
    item ? await claimItem(work, delivery, item) : 'publish',
  );
  const conflict = events[ends.indexOf('conflict')]?.item;
  if (conflict) return { kind: 'conflict', fault: itemConflict(conflict) };
  if (ends.includes('busy')) return { kind: 'busy' };
  const entries = events.filter((_, i) => ends[i] === 'publish').map(({ entry }) => entry);
  return { kind: 'claimed', entries, known: events.length - entries.length };
}

/** Under which an item is claimed. */
export const itemKey = ({ id }: Pick<WebhookFence, 'id'>, { name }: ItemIdentity): string =>
  `${id}#item#${name}`;

type ItemEnd = 'publish' | 'known' | 'conflict' | 'busy';

async function claimItem(work: Work, delivery: Delivery, item: ItemIdentity): Promise<ItemEnd> {
  const { payloadHash } = item;
  const endOf = (holder: Holder) => itemEnd(holder, payloadHash);
  const key = itemKey(work.fence, item);
  const binds = (holder: Holder) => endOf(holder) !== 'publish';
  const holder = await claimKey(work, delivery, { key, payloadHash, binds });
  return holder === 'mine' ? 'publish' : endOf(holder);
}

/** Of an item that another delivery has. One that may have been published may be published again, under the same id, as it was. */
function itemEnd({ payloadHash, found }: Holder, own: string): ItemEnd {
  const { value, isAtWork, mayBePublished } = found;
  if (isAtWork) return 'busy';
  const isPublished = value !== undefined && !leavesNameFree(value);
  if (payloadHash !== own) return isPublished || mayBePublished ? 'conflict' : 'publish';
  return isPublished && !value.inPart ? 'known' : 'publish';
}
