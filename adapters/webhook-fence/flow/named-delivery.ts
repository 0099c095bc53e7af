import type { Delivery } from '../core/webhook/delivery.ts';
import type { Payload } from '../core/webhook/payload.ts';

/** A genuine delivery with its name, read as far as it can be. */
export interface Named {
  readonly delivery: Delivery;
  readonly payload: Payload;
  readonly tenant: string;
}
