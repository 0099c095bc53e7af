import { Buffer } from 'node:buffer';
import { isBlank } from '#shared/core/mapping/define-field.ts';
import type { Dialect } from '../../contract/file-format.ts';
import { CR, LF } from './line-ends.ts';
import { type QuotedSplitter, quotedSplitter } from './quoted-record.ts';

/**
 * Tells rows of nothing but empty cells, such as `;;;` or `"";""`. Spreadsheets write them below their data; they are no
 * records. A single quoted field is one, empty or not: that is how a file of one column writes an empty value.
 */
export class BlankRecords {
  /** Bytes that such a row may hold. */
  readonly #allowed = new Uint8Array(256);
  readonly #split: QuotedSplitter;

  constructor(dialect: Pick<Dialect, 'delimiter' | 'quote' | 'escape'>) {
    this.#split = quotedSplitter(dialect);
    for (const mark of [dialect.delimiter, dialect.quote || ' ', ' ', '\t'])
      this.#allowed[mark.charCodeAt(0)] = 1;
    for (const byte of [CR, LF]) this.#allowed[byte] = 1;
  }

  /** Most rows are told by their first byte. Takes positions, not an object: it is called once for each record. */
  isBlank(bytes: Uint8Array, start: number, end: number, quoted: boolean): boolean {
    for (let at = start; at < end; at++) if (this.#allowed[bytes[at]!] === 0) return false;
    if (!quoted) return true;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
    const fields = this.#split(text) ?? [];
    return fields.length > 1 && fields.every(isBlank);
  }
}
