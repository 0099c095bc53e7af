import type * as z from 'zod';
import type { EventContract } from './define-event.ts';

/** One event that a row becomes. */
export interface Emission<E extends EventContract = EventContract> {
  readonly event: E;
  readonly data: z.infer<E['schema']>;
}

/** Pairs an event with its data; the data is checked against the schema before it is published. */
export const emit = <E extends EventContract>(event: E, data: z.infer<E['schema']>): Emission<E> => ({
  event,
  data,
});
