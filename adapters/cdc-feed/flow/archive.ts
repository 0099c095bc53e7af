import { hash } from 'node:crypto';
import { indexOf } from '../core/feed/batch-index.ts';
import type { RecordOrigin } from '../core/feed/record-origin.ts';
import { placeOf, type StreamBatch, type StreamRecord } from '../core/feed/stream-batch.ts';
import type { CdcFeedPorts } from '../ports.ts';
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
  /** Of its records. */
  readonly bytes: number;
  readonly records: readonly ArchivedRecord[];
}

/**
 * Stores a batch's bytes before anything is made of them: one object, records one after another with a line end behind each, and
 * their index. Gives each record with its origin, which names the range of its bytes in the object.
 */
export async function archive({ feed, ports }: Work, batch: StreamBatch): Promise<ArchivedBatch> {
  const key = rawKey(feed, batch);
  const records = batch.records.flatMap(({ record }) => [record.data, lineEnd]);
  const bytes = Buffer.concat([...records, Buffer.from(indexOf(batch))]);
  await ports.files.write('raw', key, bytes, 'application/octet-stream');
  const sha256 = hash('sha256', bytes, 'hex');
  return { key, sha256, bytes: lengthOf(records), records: archivedRecords(ports, key, batch) };
}

const lengthOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, { length }) => sum + length, 0);

/** The records of a batch that is in the raw bucket. */
export function archivedRecords(
  { files }: Pick<CdcFeedPorts, 'files'>,
  key: string,
  batch: StreamBatch,
): readonly ArchivedRecord[] {
  // Without its version: a batch that comes again writes the same bytes under the same key, and old versions are not kept.
  const uri = files.uri({ bucket: 'raw', key });
  let next = 0;
  return batch.records.map(record => {
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
}
