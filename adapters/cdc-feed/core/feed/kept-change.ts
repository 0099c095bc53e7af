import { hash } from 'node:crypto';
import * as z from 'zod';
import type { RecordOrigin } from './record-origin.ts';
import { placeOf, type StreamBatch, type StreamRecord } from './stream-batch.ts';

/**
 * A quarantined change as it is read back (see `QuarantinedChange`): what a second taking needs of it is checked, the rest is
 * kept as it is. Whole bytes must be those that were put aside.
 */
export const keptChange = z
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
    error: 'its bytes are not those that were put aside',
  });

/** By a look of our own: a record of zod's leaves out a header named `__proto__`. */
function isBase64ByName(given: unknown): boolean {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return false;
  return Object.values(given).every(value => z.base64().safeParse(value).success);
}

export type KeptChange = z.infer<typeof keptChange>;

/** Why a change is never taken again, whatever the contract says now. */
export type Hindrance =
  /** Its bytes were too long to be kept whole. */
  | 'cut'
  /** Another change stands at its place in the log: its event would have the id of the other's. */
  | 'conflict';

export function hindranceOf({ truncated, code }: KeptChange): Hindrance | undefined {
  if (truncated) return 'cut';
  return code === 'DUPLICATE_CONFLICT' ? 'conflict' : undefined;
}

/** What the feed was given when the change first came. */
export interface FirstGiven {
  readonly batch: StreamBatch;
  readonly record: StreamRecord;
  readonly origin: RecordOrigin;
}

/** The record with its place, time and archived bytes as they were; its batch is it alone. */
export function firstGiven(kept: KeptChange): FirstGiven {
  const { stream, shard, sequenceNumber, arrivedAt, rawRef, sha256, keyBase64 } = kept;
  const record: StreamRecord = {
    sequenceNumber,
    arrivedAt,
    record: {
      data: bytesOf(kept.rawBase64),
      ...(keyBase64 !== null && { key: bytesOf(keyBase64) }),
      headers: Object.fromEntries(
        Object.entries(kept.headersBase64).map(([name, value]) => [name, bytesOf(value)]),
      ),
      streamSequence: sequenceNumber,
    },
  };
  const batch: StreamBatch = { stream, shard, records: [record] };
  return { batch, record, origin: { place: placeOf(batch, record), arrivedAt, rawRef, rawHash: sha256 } };
}

const bytesOf = (base64: string): Uint8Array => Buffer.from(base64, 'base64');
