import type { Emission } from '#shared/contract/emission.ts';
import { type Fault, fault } from '#shared/contract/fault.ts';
import { limits } from '#shared/contract/limits.ts';
import { idOf } from '#shared/core/identity/event-id.ts';
import type { ItemEmission } from '../../contract/item-emission.ts';
import { stableText } from './stable-text.ts';

/** By what an item is known in other deliveries, and what must be the same there. */
export interface ItemIdentity {
  /** Hash of tenant, event type and the item's id. */
  readonly name: string;
  readonly payloadHash: string;
}

const isItem = (emission: Emission): emission is ItemEmission => 'item' in emission;

/** The item's own id; undefined for an emission of the whole delivery. */
export const itemIdOf = (emission: Emission): string | undefined =>
  isItem(emission) ? emission.item : undefined;

export function itemOf(emission: Emission, tenant: string): ItemIdentity | undefined {
  const id = itemIdOf(emission);
  return id === undefined
    ? undefined
    : { name: idOf(tenant, emission.event.type, id), payloadHash: idOf(stableText(emission.data)) };
}

/** The emissions with each item once; a fault for an id that is none, or that comes with two contents. */
export function withItemsOnce(emissions: readonly Emission[], tenant: string): readonly Emission[] | Fault {
  const seen = new Map<string, string>();
  const once: Emission[] = [];
  for (const [i, emission] of emissions.entries()) {
    const item = itemOf(emission, tenant);
    if (item && !isId(itemIdOf(emission))) return fault('INVALID_PAYLOAD', placeOf(i), noId);
    const known = item && seen.get(item.name);
    if (item && known !== undefined && known !== item.payloadHash) return itemConflict(i);
    if (known !== undefined) continue;
    if (item) seen.set(item.name, item.payloadHash);
    once.push(emission);
  }
  return seen.size > limits.webhookItemsMax ? tooMany(seen.size) : once;
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
