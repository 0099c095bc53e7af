import type { Delivery } from '../core/webhook/delivery.ts';
import type { Payload } from '../core/webhook/payload.ts';

/** A verified delivery with its name, its payload read as far as possible. */
export interface NamedDelivery {
  readonly delivery: Delivery;
  readonly payload: Payload;
  /** Empty when the delivery speaks for no known tenant. */
  readonly tenant: string;
}
