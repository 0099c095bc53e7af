import fc from 'fast-check';

/** The bytes in pieces cut at the given places. */
export async function* inPieces(bytes: Uint8Array, cuts: readonly number[] = []): AsyncGenerator<Uint8Array> {
  const places = [...new Set(cuts.map(cut => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const to of [...places, bytes.length]) {
    yield bytes.subarray(from, to);
    from = to;
  }
}

export const anyCuts = fc.array(fc.nat({ max: 100_000 }), { maxLength: 12 });

export async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** A source that gives `bytes`, fails as I/O does when asked to, and tells whether it was closed. */
export class Source implements AsyncIterable<Uint8Array> {
  closed = false;
  given = 0;
  readonly #pieces: Iterable<Uint8Array>;
  readonly #failure: Error | undefined;

  constructor(pieces: Iterable<Uint8Array>, failure?: Error) {
    this.#pieces = pieces;
    this.#failure = failure;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (const piece of this.#pieces) {
        this.given += piece.length;
        yield piece;
      }
      if (this.#failure) throw this.#failure;
    } finally {
      this.closed = true;
    }
  }
}
