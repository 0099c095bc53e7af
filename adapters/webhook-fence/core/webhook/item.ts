import type { Emission } from '#shared/contract/emission.ts';
import { type Fault, fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { idOf } from '#shared/core/identity/event-id.ts';
import type { Item, ItemEmission } from '../../contract/item-emission.ts';
import { instantOf } from './instant-of.ts';
import { stableText } from './stable-text.ts';

/** By what an item is known in other deliveries, and what must be the same there. */
export interface ItemIdentity {
  /** Hash of tenant, event type and the item's id. */
  readonly name: string;
  readonly payloadHash: string;
  /** Its place in its delivery: counts from 1, in the order in which the mapping gives the items. */
  readonly record: number;
}

/** The item that an emission is for; undefined if it is for the whole delivery. */
export const itemIn = (emission: Emission): Item | undefined =>
  'item' in emission ? (emission as ItemEmission).item : undefined;

/** A fault for what is no item, or for more items than are taken. */
export function wrongItemIn(emissions: readonly Emission[]): Fault | undefined {
  const count = emissions.filter(emission => itemIn(emission) !== undefined).length;
  if (count > limits.webhookItemsMax) return tooMany(count);
  return emissions.map(wrongItem).find(wrong => wrong !== undefined);
}

function wrongItem(emission: Emission, index: number): Fault | undefined {
  const item = itemIn(emission);
  if (!item) return undefined;
  const at = { record: index + 1 };
  if (!isId(item.id)) return fault('INVALID_PAYLOAD', at, noId);
  return item.happenedAt !== undefined && instantOf(item.happenedAt) === undefined
    ? fault('INVALID_PAYLOAD', at, 'the item’s happenedAt is no time')
    : undefined;
}

const isId = (id: unknown): boolean =>
  typeof id === 'string' && id !== '' && id.length <= limits.webhookIdCharactersMax;

const noId = `the item has no id of 1 to ${limits.webhookIdCharactersMax} characters`;

const tooMany = (count: number): Fault =>
  fault(
    'INVALID_PAYLOAD',
    {},
    `the delivery has ${count} items; at most ${limits.webhookItemsMax} are taken`,
    'Send smaller batches.',
  );

/** Of an emission whose data fits its event. */
export function itemOf(emission: Emission, index: number, tenant: string): ItemIdentity | undefined {
  const item = itemIn(emission);
  if (!item) return undefined;
  const { id, happenedAt = null } = item;
  return {
    name: idOf(tenant, emission.event.type, id),
    payloadHash: idOf(stableText([emission.data, happenedAt])),
    record: index + 1,
  };
}

/** The events with each item once; a fault for an item that comes with two contents. */
export function itemsOnce<E extends { readonly item: ItemIdentity | undefined }>(
  events: readonly E[],
): readonly E[] | Fault {
  const seen = new Map<string, string>();
  const once: E[] = [];
  for (const event of events) {
    const { item } = event;
    const known = item && seen.get(item.name);
    if (item && known !== undefined && known !== item.payloadHash) return itemConflict(item);
    if (known !== undefined) continue;
    if (item) seen.set(item.name, item.payloadHash);
    once.push(event);
  }
  return once;
}

export const itemConflict = ({ record }: ItemIdentity): Fault =>
  fault(
    'DUPLICATE_CONFLICT',
    { record },
    'the item came before with other content',
    'Send the new content as an item with a new id.',
  );
