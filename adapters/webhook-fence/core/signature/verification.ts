import type { Refusal } from './refusal.ts';

export interface Verified {
  readonly verified: true;
  /** Which of the secrets given: a fence whose partner still uses the previous one shows it. */
  readonly secretIndex: number;
  /** The sender's name for the delivery, where its scheme has one and the request carries it. */
  readonly deliveryId: string | undefined;
  /** False: the id may have been changed by whoever saw the request; duplicates are then also known by `contentHash`. */
  readonly isDeliveryIdSigned: boolean;
  /** Epoch milliseconds, by the sender's clock. */
  readonly timestamp: number | undefined;
  /** SHA-256 (hex) of what was signed (of the body, where nothing is): the same for a replay whatever its headers. */
  readonly contentHash: string;
}

export type Verification = Verified | Refusal;
