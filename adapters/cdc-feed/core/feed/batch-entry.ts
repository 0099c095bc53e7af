import type { BatchBooks } from './books.ts';

/** What is kept of a batch, under the place of its archived bytes. */
export interface BatchEntry extends BatchBooks {
  readonly integration: string;
  /** Its object in the raw bucket. */
  readonly key: string;
  /** SHA-256 (hex) of the archived bytes. */
  readonly sha256: string;
  /** Epoch seconds. */
  readonly expiresAt: number;
}
