import { hash } from 'node:crypto';
import type { RecordOrigin } from '../core/feed/record-origin.ts';
import { placeOf, type StreamBatch, type StreamRecord } from '../core/feed/stream-batch.ts';
import { rawKey } from './places.ts';
import type { Work } from './work.ts';

const lineEnd = Buffer.from('\n');

/** A record of a batch whose bytes are in the raw bucket. */
export interface ArchivedRecord {
  readonly record: StreamRecord;
  readonly origin: RecordOrigin;
  /** Where its bytes begin in the object. */
  readonly byteStart: number;
}

export interface ArchivedBatch {
  /** Its object in the raw bucket. */
  readonly key: string;
  /** SHA-256 (hex) of its bytes. */
  readonly sha256: string;
  readonly bytes: number;
  readonly records: readonly ArchivedRecord[];
}

/**
 * Stores a batch's bytes before anything is made of them: one object, records one after another with a line end between them.
 * Gives each record with its origin, which names the range of its bytes in the object.
 */
export async function archive({ feed, ports }: Work, batch: StreamBatch): Promise<ArchivedBatch> {
  const bytes = Buffer.concat(batch.records.flatMap(({ record }) => [record.data, lineEnd]));
  const key = rawKey(feed, batch);
  await ports.files.write('raw', key, bytes, 'application/octet-stream');
  // Without its version: a batch that comes again writes the same bytes under the same key, and old versions are not kept.
  const uri = ports.files.uri({ bucket: 'raw', key });
  let next = 0;
  const records = batch.records.map(record => {
    const start = next;
    const { data } = record.record;
    next += data.length + lineEnd.length;
    const origin = {
      place: placeOf(batch, record),
      arrivedAt: record.arrivedAt,
      rawRef: `${uri}#bytes=${start}-${Math.max(start, start + data.length - 1)}`,
      rawHash: hash('sha256', data, 'hex'),
    };
    return { record, origin, byteStart: start };
  });
  return { key, sha256: hash('sha256', bytes, 'hex'), bytes: bytes.length, records };
}
