/** Counts what is fed to a stream, and keeps what the source failed with apart from what the stream refuses. */
export class Intake implements AsyncIterable<Uint8Array> {
  bytes = 0;
  failure: { readonly reason: unknown } | undefined;
  readonly #source: AsyncIterable<Uint8Array>;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of this.#source) {
        this.bytes += piece.length;
        yield piece;
      }
    } catch (reason) {
      this.failure = { reason };
      throw reason;
    }
  }
}
