import { Buffer } from 'node:buffer';
import type { Dialect } from '../../contract/file-format.ts';
import { ByteSeeker } from './byte-seeker.ts';
import { CR, isLineEnd, LF } from './line-ends.ts';

/** The bytes given do not say where the record ends. */
export const NEEDS_MORE = -1;
/** The input ends inside quotes. */
const IN_QUOTES = -2;
/** Text follows the closing quote of a field that spans lines: the quote that opened it was a stray one. */
const STRAY = -3;

const DOUBLED = -4;

/** Finds where a record ends, by quotes alone. Reused for all records of a scan: what it found besides is in its fields. */
export class RecordEnd {
  /** Whether a quote was seen. */
  quoted = false;
  /** Line ends inside quotes. */
  lineEnds = 0;
  /** How far it read to tell. */
  stoppedAt = 0;

  readonly #delimiter: number;
  readonly #quote: number;
  /** -1 when a quote is escaped by doubling it. */
  readonly #escape: number;
  /** Bit 1: bytes to look at outside quotes. Bit 2: inside. */
  readonly #special = new Uint8Array(256);
  readonly #nextLf = new ByteSeeker(LF);
  readonly #nextCr = new ByteSeeker(CR);
  readonly #nextQuote: ByteSeeker;
  #bytes: Uint8Array = new Uint8Array();
  /** Of the record at hand: where to stop, and whether the input ends there. */
  #until = 0;
  #final = false;

  constructor(dialect: Pick<Dialect, 'delimiter' | 'quote' | 'escape'>) {
    this.#delimiter = dialect.delimiter.charCodeAt(0);
    this.#quote = dialect.quote === false ? -1 : dialect.quote.charCodeAt(0);
    this.#escape = dialect.escape === dialect.quote ? -1 : dialect.escape.charCodeAt(0);
    this.#nextQuote = new ByteSeeker(this.#quote);
    for (const byte of [LF, CR]) this.#special[byte] = 3;
    if (this.#quote < 0) return;
    if (this.#escape >= 0) this.#special[this.#escape] = 2;
    this.#special[this.#quote] = 3;
  }

  /** Sets the bytes that are looked through. */
  over(bytes: Uint8Array): void {
    this.#bytes = bytes;
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    for (const seeker of [this.#nextLf, this.#nextCr, this.#nextQuote]) seeker.over(buffer);
  }

  /** Index of the line end after the record that starts at `from` (`until` at the input's end), or why there is none. */
  find(from: number, until: number, final: boolean): number {
    this.quoted = false;
    this.lineEnds = 0;
    this.stoppedAt = until;
    const end = Math.min(this.#nextLf.next(from), this.#nextCr.next(from), until);
    const quote = this.#nextQuote.next(from);
    if (quote >= end) return end < until || final ? end : NEEDS_MORE;
    this.#until = until;
    this.#final = final;
    return this.#findQuoted(from, quote);
  }

  /** The same for a record whose first quote is at `quote`. */
  #findQuoted(from: number, quote: number): number {
    const bytes = this.#bytes;
    const until = this.#until;
    const special = this.#special;
    this.quoted = true;
    let at = quote;
    while (at < until) {
      const byte = bytes[at]!;
      if ((special[byte]! & 1) === 0) at++;
      else if (byte !== this.#quote) return at;
      else if (at !== from && bytes[at - 1] !== this.#delimiter) at++;
      else {
        at = this.#close(at + 1);
        if (at < 0) return at;
      }
    }
    return this.#final ? until : NEEDS_MORE;
  }

  /** Index after the quote that closes the field whose text begins at `from`. */
  #close(from: number): number {
    const bytes = this.#bytes;
    const until = this.#until;
    const special = this.#special;
    const lineEndsBefore = this.lineEnds;
    let at = from;
    while (at < until) {
      const byte = bytes[at]!;
      if (special[byte]! < 2) at++;
      else if (byte === this.#quote) {
        const closed = this.#afterQuote(at, this.lineEnds > lineEndsBefore);
        if (closed !== DOUBLED) return closed;
        at += 2;
      } else if (byte === this.#escape) at += isLineEnd(bytes[at + 1]) ? 1 : 2;
      else {
        if (byte === CR || bytes[at - 1] !== CR) this.lineEnds++;
        at++;
      }
    }
    return this.#stop(until, this.#final ? IN_QUOTES : NEEDS_MORE);
  }

  /** Index after the quote at `at`, unless it does not close its field. */
  #afterQuote(at: number, spansLines: boolean): number {
    const until = this.#until;
    if (at + 1 >= until) return this.#final ? until : this.#stop(until, NEEDS_MORE);
    const next = this.#bytes[at + 1];
    if (next === this.#quote && this.#escape < 0) return DOUBLED;
    const endsField = next === this.#delimiter || isLineEnd(next);
    return spansLines && !endsField ? this.#stop(at + 1, STRAY) : at + 1;
  }

  #stop(at: number, why: number): number {
    this.stoppedAt = at;
    return why;
  }
}
