/** Where a delivery is. `accepted`: kept and answered, to be published as soon as the bus takes events again. */
export type DeliveryStatus = 'accepted' | 'published' | 'quarantined' | 'skipped';

/** What is remembered of a delivery under its name, for as long as repeats are recognised. */
export interface Remembered {
  readonly status: DeliveryStatus;
  readonly tenant: string;
  /** What every repeat is answered, byte for byte. */
  readonly answer: { readonly statusCode: number; readonly body: string };
}
