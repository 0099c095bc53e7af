import { Buffer } from 'node:buffer';

/** Where a byte comes next in an array; remembers its last answer, so that asking again from a bit further on is free. */
export class ByteSeeker {
  readonly #byte: number;
  #bytes: Buffer = Buffer.alloc(0);
  #askedFrom = 0;
  #found = -1;

  /** -1 for a byte that never comes. */
  constructor(byte: number) {
    this.#byte = byte;
  }

  over(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#found = -1;
  }

  /** The first index at or after `from`; Infinity when there is none. */
  next(from: number): number {
    if (from <= this.#found && from >= this.#askedFrom) return this.#found;
    const found = this.#byte < 0 ? -1 : this.#bytes.indexOf(this.#byte, from);
    this.#askedFrom = from;
    this.#found = found < 0 ? Number.POSITIVE_INFINITY : found;
    return this.#found;
  }
}
