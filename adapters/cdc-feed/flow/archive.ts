import { hash } from 'node:crypto';
import type { RecordOrigin } from '../core/feed/record-origin.ts';
import { placeOf, type StreamBatch } from '../core/feed/stream-batch.ts';
import { rawKey } from './places.ts';
import type { Work } from './work.ts';

const lineEnd = Buffer.from('\n');

/**
 * Keeps a batch's bytes, before anything is made of them: one object, records one after another with a line end between them.
 * Gives each record's origin, with the range of its bytes in the object.
 */
export async function archive({ feed, ports }: Work, batch: StreamBatch): Promise<RecordOrigin[]> {
  const pieces = batch.records.flatMap(({ record }) => [record.data, lineEnd]);
  const key = rawKey(feed, batch);
  await ports.files.write('raw', key, Buffer.concat(pieces), 'application/octet-stream');
  // Without its version: a batch that comes again writes the same bytes under the same key, and old versions are not kept.
  const uri = ports.files.uri({ bucket: 'raw', key });
  let next = 0;
  return batch.records.map(item => {
    const start = next;
    const { data } = item.record;
    next += data.length + lineEnd.length;
    return {
      place: placeOf(batch, item),
      arrivedAt: item.arrivedAt,
      rawRef: `${uri}#bytes=${start}-${Math.max(start, start + data.length - 1)}`,
      rawHash: hash('sha256', data, 'hex'),
    };
  });
}
