import { hash } from 'node:crypto';
import * as z from 'zod';
import type { RecordOrigin } from './record-origin.ts';
import { placeOf, type StreamBatch, type StreamRecord } from './stream-batch.ts';

/**
 * A quarantined change as it is read back (see `QuarantinedChange`): what reprocessing needs of it is checked, the rest is kept as
 * it is. Bytes that are not truncated must be those that were quarantined.
 */
export const storedChange = z
  .looseObject({
    integration: z.string().min(1),
    stream: z.string().min(1),
    shard: z.string(),
    sequenceNumber: z.string().min(1),
    arrivedAt: z.iso.datetime(),
    epoch: z.int().min(0),
    code: z.string().min(1),
    rawRef: z.string().min(1),
    rawBase64: z.base64(),
    truncated: z.literal(true).optional(),
    sha256: z.hex(),
    keyBase64: z.base64().nullable(),
    headersBase64: z.custom<Readonly<Record<string, string>>>(isBase64ByName),
  })
  .refine(({ truncated, rawBase64, sha256 }) => truncated || hash('sha256', bytesOf(rawBase64)) === sha256, {
    error: 'its bytes are not those that were quarantined',
  });

/** Checked here, since zod's `record` leaves out a header named `__proto__`. */
function isBase64ByName(given: unknown): boolean {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return false;
  return Object.values(given).every(value => z.base64().safeParse(value).success);
}

export type StoredChange = z.infer<typeof storedChange>;

/** Why a change can never be reprocessed, whatever the contract says now. */
export type Obstacle =
  /** Its bytes were too long to be stored complete. */
  | 'truncated'
  /** Another change stands at its place in the log: its event would have the id of the other's. */
  | 'conflict';

export function obstacleTo({ truncated, code }: StoredChange): Obstacle | undefined {
  if (truncated) return 'truncated';
  return code === 'DUPLICATE_CONFLICT' ? 'conflict' : undefined;
}

/** What the feed was given when the change first came. */
export interface OriginalInput {
  readonly batch: StreamBatch;
  readonly record: StreamRecord;
  readonly origin: RecordOrigin;
}

/** The record with its place, time and archived bytes as they were; its batch is it alone. */
export function originalInput(stored: StoredChange): OriginalInput {
  const { stream, shard, sequenceNumber, arrivedAt, rawRef, sha256, keyBase64 } = stored;
  const record: StreamRecord = {
    sequenceNumber,
    arrivedAt,
    record: {
      data: bytesOf(stored.rawBase64),
      ...(keyBase64 !== null && { key: bytesOf(keyBase64) }),
      headers: Object.fromEntries(
        Object.entries(stored.headersBase64).map(([name, value]) => [name, bytesOf(value)]),
      ),
      streamSequence: sequenceNumber,
    },
  };
  const batch: StreamBatch = { stream, shard, received: 1, records: [record] };
  return { batch, record, origin: { place: placeOf(batch, record), arrivedAt, rawRef, rawHash: sha256 } };
}

const bytesOf = (base64: string): Uint8Array => Buffer.from(base64, 'base64');
