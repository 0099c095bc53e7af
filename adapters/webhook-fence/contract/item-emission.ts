import type * as z from 'zod';
import type { EventContract } from '#shared/contract/define-event.ts';
import { type Emission, emit } from '#shared/contract/emission.ts';

/** An emission for one item of a delivery that carries several. */
export interface ItemEmission<E extends EventContract = EventContract> extends Emission<E> {
  /** The item's own id. */
  readonly item: string;
}

/**
 * As `emit`, for one item of a batch. `id` is the item's own id, such as SendGrid's `sg_event_id`: the event's id is made of it and not
 * of the delivery's name, so the item is one event although it comes again in another batch. The same item with other data is
 * a conflict. One item makes at most one event of a type.
 */
export const emitItem = <E extends EventContract>(
  event: E,
  data: z.infer<E['schema']>,
  id: string,
): ItemEmission<E> => ({ ...emit(event, data), item: id });
