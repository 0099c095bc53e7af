import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Dialect } from '../../contract/file-format.ts';
import { CanonicalRecord, UNUSUAL } from './canonical-record.ts';
import { parseRecords } from './csv-parse.ts';
import { LF } from './line-ends.ts';
import { QUOTED, type RecordBatch } from './record-batch.ts';
import { csvLine, type WriteDialect } from './write.ts';

/** Stands before bytes that are no fields. */
const noText = Buffer.from([0]);
const lineFeed = Buffer.from([LF]);

/**
 * The SHA-256 of a file's records, header and trailer: the same for any line ends, with or without a byte order mark, a last
 * line end, blank lines, comments, or quotes that no field needs. Takes the batches of one scan, in order.
 */
export class RecordsHash {
  readonly #hash = createHash('sha256');
  readonly #dialect: Pick<Dialect, 'delimiter' | 'quote' | 'escape'>;
  readonly #record: CanonicalRecord;
  #out = Buffer.alloc(0);

  constructor(dialect: Pick<Dialect, 'delimiter' | 'quote' | 'escape'>) {
    this.#dialect = dialect;
    this.#record = new CanonicalRecord(dialect);
  }

  push(batch: RecordBatch): void {
    const [from] = batch.starts;
    const to = batch.ends[batch.count - 1];
    if (from === undefined || to === undefined) return;
    if (isCanonical(batch)) this.#hash.update(batch.bytes.subarray(from, to)).update(lineFeed);
    else this.#pushEach(batch);
  }

  /** Hexadecimal. `trailer`: the line that is no record but belongs to the content. Called once. */
  digest(trailer?: Uint8Array): string {
    if (trailer) this.#hash.update(noText).update(trailer);
    return this.#hash.digest('hex');
  }

  /** Writes the records that their bytes tell, and has csv-parse read all others in one call. */
  #pushEach(batch: RecordBatch): void {
    const { bytes, starts, ends, flags, count } = batch;
    const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    if (this.#out.length < bytes.length + count) this.#out = Buffer.allocUnsafeSlow(bytes.length + count);
    const out = this.#out;
    const unusual: Unusual[] = [];
    let length = 0;
    for (let i = 0; i < count; i++) {
      const record = source.subarray(starts[i], ends[i]);
      const end = this.#write(record, flags[i] ?? 0, length);
      if (end === UNUSUAL)
        unusual.push({ record, after: length, isRead: flags[i] === QUOTED, bytes: sizeAt(batch, i) });
      else {
        length = end;
        out[length++] = LF;
      }
    }
    this.#update(out.subarray(0, length), unusual);
  }

  #write(record: Buffer, flag: number, at: number): number {
    if (flag === QUOTED) return this.#record.write(record, this.#out, at);
    return flag === 0 ? at + record.copy(this.#out, at) : UNUSUAL;
  }

  #update(written: Buffer, unusual: readonly Unusual[]): void {
    const texts = unusual.flatMap(({ record, isRead }) => (isRead ? [record.toString('utf8')] : []));
    const parsed = parseRecords(texts, this.#dialect).values();
    let from = 0;
    for (const each of unusual) {
      this.#hash.update(written.subarray(from, each.after));
      from = each.after;
      const fields = each.isRead ? parsed.next().value : undefined;
      this.#hash.update(fields ? canonical(fields, this.#dialect) : unreadable(each));
    }
    this.#hash.update(written.subarray(from));
  }
}

/** A record that its bytes alone do not tell. */
interface Unusual {
  readonly record: Buffer;
  /** How much is written before it. */
  readonly after: number;
  /** Whether a parser may make fields of it. */
  readonly isRead: boolean;
  readonly bytes: number;
}

/** Its bytes; of an overlong record only the first were kept, so its size counts, too. */
const unreadable = ({ record, bytes }: Unusual): Buffer =>
  Buffer.concat([noText, Buffer.from(String(bytes)), noText, record, lineFeed]);

/** As `CanonicalRecord` would write it, were it not for the quotes inside. */
const canonical = (fields: readonly string[], dialect: WriteDialect): string =>
  csvLine(fields, dialect).replace(/\r\n$/, '\n');

const sizeAt = ({ offsets, nexts }: RecordBatch, i: number): number => (nexts[i] ?? 0) - (offsets[i] ?? 0);

/** Whether the batch’s bytes are its records in canonical form: without quotes, each ended by one LF, nothing between them. */
function isCanonical({ bytes, starts, ends, flags, count }: RecordBatch): boolean {
  for (let i = 0; i < count; i++) {
    if (flags[i] !== 0) return false;
    const end = ends[i] ?? 0;
    if (i + 1 < count && (starts[i + 1] !== end + 1 || bytes[end] !== LF)) return false;
  }
  return true;
}
