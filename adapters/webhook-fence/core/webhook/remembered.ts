import type { Fault } from '#shared/contract/fault.ts';
import type { EventDigest } from '#shared/core/batch/event-digest.ts';

/** Status of a delivery. `accepted`: archived and answered, to be published when the bus accepts events again. */
export type DeliveryStatus = 'accepted' | 'published' | 'quarantined' | 'skipped';

/** The reason of a skip, or what is said of a fault. */
export type WhyNotPublished = { readonly reason: string } | Pick<Fault, 'code' | 'at' | 'detail' | 'remedy'>;

/** What is remembered of a delivery under its name, for as long as repeats are recognised. */
export interface Remembered {
  readonly status: DeliveryStatus;
  readonly tenant: string;
  /**
   * What is told to every repeat, byte for byte, where the contract has no text of its own. A quarantined delivery is processed again
   * instead.
   */
  readonly answer: { readonly body: string };
  /** Why it was not published, as it is now: the answer may tell only that it was accepted. */
  readonly why?: WhyNotPublished;
  /** Its object in the raw bucket; an older release remembered none. */
  readonly archive?: string;
  /** Of its events, those that the bus accepted. Undefined where it accepted none. */
  readonly published?: EventDigest;
  /** Quarantined, though some of its events are published. */
  readonly inPart?: true;
  /** Quarantined because the bus refused its events. That is not the sender's fault: it is answered as accepted. */
  readonly refusedByBus?: true;
}

/** Whether another payload can still come under the name: nothing was published of the first one. */
export const leavesNameFree = ({ status, inPart }: Remembered): boolean =>
  status === 'quarantined' && !inPart;
