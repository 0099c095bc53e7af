import type { Dialect } from '../../contract/file-format.ts';
import { CR, isLineEnd, LF } from './line-ends.ts';

/** The bytes given do not say where the record ends. */
export const NEEDS_MORE = -1;
/** The input ends inside quotes. */
export const IN_QUOTES = -2;
/** Text follows the closing quote of a field that spans lines: the quote that opened it was a stray one. */
export const STRAY = -3;

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

  constructor(dialect: Pick<Dialect, 'delimiter' | 'quote' | 'escape'>) {
    this.#delimiter = dialect.delimiter.charCodeAt(0);
    this.#quote = dialect.quote === false ? -1 : dialect.quote.charCodeAt(0);
    this.#escape = dialect.escape === dialect.quote ? -1 : dialect.escape.charCodeAt(0);
    for (const byte of [LF, CR]) this.#special[byte] = 3;
    if (this.#quote < 0) return;
    if (this.#escape >= 0) this.#special[this.#escape] = 2;
    this.#special[this.#quote] = 3;
  }

  /** Index of the line end after the record that starts at `from` (`until` at the input's end), or why there is none. */
  find(bytes: Uint8Array, from: number, until: number, final: boolean): number {
    const special = this.#special;
    const quote = this.#quote;
    this.quoted = false;
    this.lineEnds = 0;
    this.stoppedAt = until;
    let at = from;
    for (;;) {
      while (at < until && (special[bytes[at]!]! & 1) === 0) at++;
      if (at >= until) return final ? until : this.#stop(until, NEEDS_MORE);
      if (bytes[at] !== quote) return at;
      this.quoted = true;
      if (at !== from && bytes[at - 1] !== this.#delimiter) {
        at++;
        continue;
      }
      at = this.#close(bytes, at + 1, until, final);
      if (at < 0) return at;
    }
  }

  /** Index after the quote that closes the field whose text begins at `from`. */
  #close(bytes: Uint8Array, from: number, until: number, final: boolean): number {
    const special = this.#special;
    const lineEndsBefore = this.lineEnds;
    let at = from;
    while (at < until) {
      const byte = bytes[at]!;
      if (special[byte]! < 2) at++;
      else if (byte === this.#quote) {
        const closed = this.#afterQuote(bytes, at, until, final, this.lineEnds > lineEndsBefore);
        if (closed !== DOUBLED) return closed;
        at += 2;
      } else if (byte === this.#escape) at += isLineEnd(bytes[at + 1]) ? 1 : 2;
      else {
        if (byte === CR || bytes[at - 1] !== CR) this.lineEnds++;
        at++;
      }
    }
    return this.#stop(until, final ? IN_QUOTES : NEEDS_MORE);
  }

  /** Index after the quote at `at`, unless it does not close its field. */
  #afterQuote(bytes: Uint8Array, at: number, until: number, final: boolean, spansLines: boolean): number {
    if (at + 1 >= until) return final ? until : this.#stop(until, NEEDS_MORE);
    const next = bytes[at + 1]!;
    if (next === this.#quote && this.#escape < 0) return DOUBLED;
    const endsField = next === this.#delimiter || isLineEnd(next);
    return spansLines && !endsField ? this.#stop(at + 1, STRAY) : at + 1;
  }

  #stop(at: number, why: number): number {
    this.stoppedAt = at;
    return why;
  }
}
