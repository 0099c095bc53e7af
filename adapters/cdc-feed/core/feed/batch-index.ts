import * as z from 'zod';
import type { StreamBatch, StreamRecord } from './stream-batch.ts';

/**
 * A batch in the raw bucket: the bytes of its records, each with a line end behind it, and then one line of JSON without one, the
 * index. It holds what the stream adds to the bytes of each record, such as position and time, so that the same events can be made again.
 */

const indexedRecord = z.object({
  sequenceNumber: z.string(),
  arrivedAt: z.string(),
  bytes: z.int().min(0),
  keyBase64: z.string().optional(),
  headersBase64: z.record(z.string(), z.string()).optional(),
});

const batchIndex = z.object({
  stream: z.string(),
  shard: z.string(),
  records: z.array(indexedRecord).min(1),
});

type IndexedRecord = z.infer<typeof indexedRecord>;

/** The index of a batch, as text. */
export const indexOf = ({ stream, shard, records }: StreamBatch): string =>
  JSON.stringify({ stream, shard, records: records.map(indexed) } satisfies z.infer<typeof batchIndex>);

const indexed = ({ sequenceNumber, arrivedAt, record }: StreamRecord): IndexedRecord => ({
  ...{ sequenceNumber, arrivedAt, bytes: record.data.length },
  ...(record.key && { keyBase64: base64(record.key) }),
  ...(record.headers && { headersBase64: inBase64(record.headers) }),
});

const inBase64 = (headers: Readonly<Record<string, Uint8Array>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, base64(value)]));

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** A batch as it came. Undefined where the object has no index, as those of an older release. */
export function batchIn(object: Uint8Array): StreamBatch | undefined {
  const index = batchIndex.safeParse(lastLine(object)).data;
  if (!index) return undefined;
  let next = 0;
  const [first, ...others] = index.records.map(each => {
    const data = object.subarray(next, next + each.bytes);
    next += each.bytes + 1;
    return recordOf(each, data);
  });
  if (!first) return undefined;
  const { stream, shard } = index;
  return { stream, shard, received: index.records.length, records: [first, ...others] };
}

function lastLine(object: Uint8Array): unknown {
  const text = Buffer.from(object.subarray(object.lastIndexOf(lineEnd) + 1)).toString('utf8');
  return text.startsWith('{') ? JSON.parse(text) : undefined;
}

const lineEnd = 10;

const recordOf = (
  { sequenceNumber, arrivedAt, keyBase64, headersBase64 }: IndexedRecord,
  data: Uint8Array,
): StreamRecord => ({
  sequenceNumber,
  arrivedAt,
  record: {
    data,
    streamSequence: sequenceNumber,
    ...(keyBase64 !== undefined && { key: Buffer.from(keyBase64, 'base64') }),
    ...(headersBase64 && {
      headers: Object.fromEntries(
        Object.entries(headersBase64).map(([name, value]) => [name, Buffer.from(value, 'base64')]),
      ),
    }),
  },
});
