import type { EventDigest } from '#shared/core/batch/event-digest.ts';
import type { BatchBooks } from './books.ts';

/** The events of a batch's finished records that the bus accepted, and what makes the same events again. */
export interface PublishedRecords extends EventDigest {
  /** The finished records end before this byte of the archived bytes. */
  readonly bytes: number;
  /** Of them, those that were quarantined, as ranges of their places in the batch: `3-7,12`. */
  readonly except: string;
}

/** What is kept of a batch, under the place of its archived bytes. */
export interface BatchEntry extends BatchBooks {
  readonly integration: string;
  /** Its object in the raw bucket. */
  readonly key: string;
  /** SHA-256 (hex) of the archived bytes. */
  readonly sha256: string;
  readonly published: PublishedRecords;
  /** Epoch seconds. */
  readonly expiresAt: number;
}
