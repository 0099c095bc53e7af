import { Buffer, isAscii, isUtf8 } from 'node:buffer';
import type { RecordBatch } from './record-batch.ts';

/** The text of each record of a batch. */
export interface BatchText {
  /** No NUL, no byte outside UTF-8 and no replacement character in the whole batch. */
  readonly clean: boolean;
  readonly ascii: boolean;
  record(i: number): string;
}

const replacement = Buffer.from('\uFFFD');

/** Decodes ASCII at once, other text record by record. Bytes that are not UTF-8 become U+FFFD. */
export function batchText(batch: RecordBatch): BatchText {
  const { starts, ends, count } = batch;
  const [from = 0] = starts;
  const to = ends[count - 1] ?? from;
  const { buffer, byteOffset } = batch.bytes;
  const all = Buffer.from(buffer, byteOffset, to);
  const bytes = all.subarray(from);
  const clean = !bytes.includes(0);
  if (isAscii(bytes)) {
    const text = all.toString('latin1');
    return { clean, ascii: true, record: i => text.slice(starts[i], ends[i]) };
  }
  return {
    ascii: false,
    clean: clean && isUtf8(bytes) && !bytes.includes(replacement),
    record: i => all.toString('utf8', starts[i], ends[i]),
  };
}
