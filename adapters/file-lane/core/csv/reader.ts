import { type Fault, fault } from '#shared/contract/fault.ts';
import { itemAt } from '#shared/contract/item-at.ts';
import type { Dialect } from '../../contract/file-format.ts';
import { type BatchText, batchText } from './batch-text.ts';
import { parseRecords } from './csv-parse.ts';
import { type QuotedSplitter, quotedSplitter } from './quoted-record.ts';
import { QUOTED, type RecordBatch, TOO_LONG, UNCLOSED } from './record-batch.ts';
import {
  misplacedQuote,
  type RecordRefusal,
  refusedAsUtf8,
  refusedByScanner,
  refusedByText,
  refusedByWidth,
} from './record-refusal.ts';

/** A record's fields as text, or why it has none. */
export type ReadRecord = readonly string[] | Fault;

export const isFields = (read: ReadRecord | RecordRefusal): read is readonly string[] => Array.isArray(read);

/**
 * Splits the records that a scanner found into fields. Records without a quote are split at the delimiter, plainly quoted
 * ones by our own splitter, all others by csv-parse.
 */
export class RecordReader {
  readonly #dialect: Dialect;
  readonly #width: number | undefined;
  readonly #splitQuoted: QuotedSplitter;
  readonly #isSingleByte: boolean;

  /** `width`: the fields that every record must have; without it any number. */
  constructor(dialect: Dialect, width?: number) {
    this.#dialect = dialect;
    this.#width = width;
    this.#splitQuoted = quotedSplitter(dialect);
    this.#isSingleByte = dialect.encoding === 'latin1' || dialect.encoding === 'windows-1252';
  }

  /** One answer for each record of the batch, in order. `firstRecord` numbers the first of them in the faults' places. */
  read(batch: RecordBatch, firstRecord?: number): readonly ReadRecord[] {
    const text = batchText(batch);
    const reads: ReadRecord[] = [];
    const unusual: number[] = [];
    const faultAt = (i: number, { code, detail }: RecordRefusal) => {
      const numbered = firstRecord === undefined ? {} : { record: firstRecord + i };
      const byteOffset = itemAt(batch.offsets, i, 'offset');
      return fault(code, { line: itemAt(batch.lines, i, 'line'), ...numbered, byteOffset }, detail);
    };
    for (let i = 0; i < batch.count; i++) {
      const flags = batch.flags[i] ?? 0;
      const refusal = this.#refusal(text, i, flags);
      const fields = refusal ? undefined : this.#split(text.record(i), flags);
      if (!refusal && !fields) unusual.push(i);
      const checked = refusal ?? this.#checked(fields);
      reads.push(isFields(checked) ? checked : faultAt(i, checked));
    }
    if (unusual.length === 0) return reads;
    const parsed = parseRecords(unusual.map(text.record), this.#dialect);
    unusual.forEach((i, n) => {
      const checked = this.#checked(parsed[n]);
      reads[i] = isFields(checked) ? checked : faultAt(i, checked);
    });
    return reads;
  }

  #refusal(text: BatchText, i: number, flags: number): RecordRefusal | undefined {
    if ((flags & (TOO_LONG | UNCLOSED)) !== 0) return refusedByScanner(flags);
    if (text.clean && (text.ascii || !this.#isSingleByte)) return undefined;
    const record = text.record(i);
    return refusedByText(record) ?? (this.#isSingleByte ? refusedAsUtf8(record) : undefined);
  }

  #split(record: string, flags: number): readonly string[] | undefined {
    return (flags & QUOTED) === 0 ? record.split(this.#dialect.delimiter) : this.#splitQuoted(record);
  }

  /** The fields, unless there are none or not as many as there must be. */
  #checked(fields: readonly string[] | undefined): readonly string[] | RecordRefusal {
    if (!fields) return misplacedQuote;
    return refusedByWidth(fields.length, this.#width) ?? withoutNulls(fields, this.#dialect.nullMarker);
  }
}

const withoutNulls = (fields: readonly string[], marker: string | undefined): readonly string[] =>
  marker !== undefined && fields.includes(marker)
    ? fields.map(field => (field === marker ? '' : field))
    : fields;
