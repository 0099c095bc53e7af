/** Where a delivery is. `accepted`: kept and answered, to be published as soon as the bus takes events again. */
export type DeliveryStatus = 'accepted' | 'published' | 'quarantined' | 'skipped';

/** What is remembered of a delivery under its name, for as long as repeats are recognised. */
export interface Remembered {
  readonly status: DeliveryStatus;
  readonly tenant: string;
  /** What every repeat is answered, byte for byte; a quarantined delivery is tried again instead. */
  readonly answer: { readonly statusCode: number; readonly body: string };
  /** Quarantined, though some of its events are published. */
  readonly inPart?: true;
}

/** Whether another payload may still come under the name: nothing was made of the one that had it. */
export const leavesNameFree = ({ status, inPart }: Remembered): boolean =>
  status === 'quarantined' && !inPart;
