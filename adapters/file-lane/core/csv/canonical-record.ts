import type { Dialect } from '../../contract/file-format.ts';
import { CR, LF } from './line-ends.ts';

/** The record cannot be told by its bytes alone: its fields are left to csv-parse. */
export const UNUSUAL = -1;

/**
 * Writes a record that holds quotes in the one form that all its spellings share: fields are quoted only where they hold a
 * delimiter or a line end. A doubled or escaped quote, or one out of place, is unusual.
 */
export class CanonicalRecord {
  readonly #delimiter: number;
  readonly #quote: number;
  readonly #escape: number;

  constructor({ delimiter, quote, escape: escaping }: Pick<Dialect, 'delimiter' | 'quote' | 'escape'>) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#quote = quote === false ? -1 : quote.charCodeAt(0);
    this.#escape = escaping === quote ? -1 : escaping.charCodeAt(0);
  }

  /** Copies `source` into `out` from `at` on, at most as many bytes. Returns the index after them, or UNUSUAL. */
  write(source: Uint8Array, out: Uint8Array, at: number): number {
    const delimiter = this.#delimiter;
    let from = 0;
    let to = at;
    for (;;) {
      const end = source[from] === this.#quote ? this.#quotedEnd(source, from) : this.#plainEnd(source, from);
      if (end === UNUSUAL) return UNUSUAL;
      const isBare = source[from] === this.#quote && !this.#needsQuotes(source, from + 1, end - 1);
      to = copy(source, isBare ? from + 1 : from, isBare ? end - 1 : end, out, to);
      if (end === source.length) return to;
      out[to++] = delimiter;
      from = end + 1;
    }
  }

  #plainEnd(source: Uint8Array, from: number): number {
    let at = from;
    for (; at < source.length && source[at] !== this.#delimiter; at++)
      if (source[at] === this.#quote) return UNUSUAL;
    return at;
  }

  /** Index after the closing quote. */
  #quotedEnd(source: Uint8Array, from: number): number {
    let at = from + 1;
    for (; at < source.length && source[at] !== this.#quote; at++)
      if (source[at] === this.#escape) return UNUSUAL;
    const end = at + 1;
    return end <= source.length && (end === source.length || source[end] === this.#delimiter) ? end : UNUSUAL;
  }

  #needsQuotes(source: Uint8Array, from: number, end: number): boolean {
    for (let at = from; at < end; at++) {
      const byte = source[at];
      if (byte === this.#delimiter || byte === LF || byte === CR) return true;
    }
    return false;
  }
}

function copy(source: Uint8Array, from: number, end: number, out: Uint8Array, at: number): number {
  let to = at;
  for (let i = from; i < end; i++) out[to++] = source[i] ?? 0;
  return to;
}
