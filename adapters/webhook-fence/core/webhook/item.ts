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
}

/** The item that an emission is for; undefined if it is for the whole delivery. */
export const itemIn = (emission: Emission): Item | undefined =>
  'item' in emission ? (emission as ItemEmission).item : undefined;

export function itemOf(emission: Emission, tenant: string): ItemIdentity | undefined {
  const item = itemIn(emission);
  if (!item) return undefined;
  const { id, happenedAt = null } = item;
  return {
    name: idOf(tenant, emission.event.type, id),
    payloadHash: idOf(stableText([emission.data, happenedAt])),
  };
}

/** The emissions with each item once; a fault for what is no item, or comes with two contents. */
export function withItemsOnce(emissions: readonly Emission[], tenant: string): readonly Emission[] | Fault {
  const seen = new Map<string, string>();
  const once: Emission[] = [];
  for (const [i, emission] of emissions.entries()) {
    const wrong = wrongItem(emission, i);
    if (wrong) return wrong;
    const item = itemOf(emission, tenant);
    const known = item && seen.get(item.name);
    if (item && known !== undefined && known !== item.payloadHash) return itemConflict(i);
    if (known !== undefined) continue;
    if (item) seen.set(item.name, item.payloadHash);
    once.push(emission);
  }
  return seen.size > limits.webhookItemsMax ? tooMany(seen.size) : once;
}

function wrongItem(emission: Emission, index: number): Fault | undefined {
  const item = itemIn(emission);
  if (!item) return undefined;
  if (!isId(item.id)) return fault('INVALID_PAYLOAD', placeOf(index), noId);
  return item.happenedAt !== undefined && instantOf(item.happenedAt) === undefined
    ? fault('INVALID_PAYLOAD', placeOf(index), 'the item’s happenedAt is no time')
    : undefined;
}

const isId = (id: unknown): boolean =>
  typeof id === 'string' && id !== '' && id.length <= limits.webhookIdCharactersMax;

/** Items count from 1, in the order in which the mapping gives them. */
const placeOf = (index: number) => ({ record: index + 1 });

const noId = `the item has no id of 1 to ${limits.webhookIdCharactersMax} characters`;

export const itemConflict = (index: number): Fault =>
  fault(
    'DUPLICATE_CONFLICT',
    placeOf(index),
    'the item came before with other content',
    'Send the new content as an item with a new id.',
  );

const tooMany = (count: number): Fault =>
  fault(
    'INVALID_PAYLOAD',
    {},
    `the delivery has ${count} items; at most ${limits.webhookItemsMax} are taken`,
    'Send smaller batches.',
  );
