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
  const from = count > 0 ? starts[0]! : 0;
  const to = count > 0 ? ends[count - 1]! : 0;
  const { buffer, byteOffset } = batch.bytes;
  const bytes = Buffer.from(buffer, byteOffset + from, to - from);
  const clean = !bytes.includes(0);
  if (isAscii(bytes)) {
    const text = bytes.toString('latin1');
    return { clean, ascii: true, record: i => text.slice(starts[i]! - from, ends[i]! - from) };
  }
  return {
    ascii: false,
    clean: clean && isUtf8(bytes) && !bytes.includes(replacement),
    record: i => bytes.toString('utf8', starts[i]! - from, ends[i]! - from),
  };
}
