import type { Refusal } from './refusal.ts';

export interface Verified {
  readonly verified: true;
  /** Which of the secrets given: a fence whose partner still uses the previous one shows it. */
  readonly secretIndex: number;
  /** The sender's name for the delivery, where its scheme has one and the request carries it. */
  readonly deliveryId: string | undefined;
  /** Epoch milliseconds, by the sender's clock. */
  readonly timestamp: number | undefined;
  /** SHA-256 (hex) of the signed content (of the body, if nothing is signed): the same for every replay. */
  readonly contentHash: string;
}

export type Verification = Verified | Refusal;
