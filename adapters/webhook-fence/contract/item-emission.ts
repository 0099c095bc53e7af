import type * as z from 'zod';
import type { EventContract } from '#shared/contract/define-event.ts';
import { type Emission, emit } from '#shared/contract/emission.ts';

/** One of several items of a delivery. */
export interface Item {
  /** Its own id, such as SendGrid's `sg_event_id`: the same wherever the item comes. */
  readonly id: string;
  /**
   * When it happened: epoch seconds or milliseconds, or ISO 8601 text. Orders the events of one aggregate. Default: as for the delivery;
   * two items of one delivery are then of the same age, and consumers keep only one of one aggregate.
   */
  readonly happenedAt?: number | string;
}

export interface ItemEmission<E extends EventContract = EventContract> extends Emission<E> {
  readonly item: Item;
}

/**
 * As `emit`, for one item of a batch. The event's id is made of the item's id and not of the delivery's name, so the item is one event
 * although it comes again in another batch. The same item with other data is a conflict. One item makes at most one event of a
 * type.
 */
export const emitItem = <E extends EventContract>(
  event: E,
  data: z.infer<E['schema']>,
  item: Item,
): ItemEmission<E> => ({ ...emit(event, data), item });
