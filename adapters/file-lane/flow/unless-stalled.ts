type Pieces = AsyncIterable<Uint8Array>;

/**
 * The pieces that `open` makes of `source`, with a guard against a deadlock inside `open`. It is stalled when the caller waits
 * for a piece, and for `milliseconds` it gives none and asks the source for none. OpenPGP.js does that with some messages that
 * were changed on their way.
 */
export async function* unlessStalled(
  source: Pieces,
  open: (source: Pieces) => AsyncGenerator<Uint8Array>,
  { milliseconds, fault }: { readonly milliseconds: number; readonly fault: () => Error },
): AsyncGenerator<Uint8Array> {
  const watch = new StallWatch(source, milliseconds);
  const pieces = open(watch);
  let stalled = false;
  try {
    for (;;) {
      const next = await watch.awaiting(pieces.next());
      stalled = next === 'stalled';
      if (next === 'stalled') throw fault();
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // A stalled generator cannot be ended either.
    if (stalled) await watch.close();
    else await pieces.return(undefined);
  }
}

/** Passes the source's pieces on. Its timer runs while a piece of `open` is awaited and none is asked of the source. */
class StallWatch implements AsyncIterable<Uint8Array> {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly #milliseconds: number;
  #timer: NodeJS.Timeout | undefined;
  #stall: (() => void) | undefined;
  #isAsking = false;

  constructor(source: Pieces, milliseconds: number) {
    this.#source = source[Symbol.asyncIterator]();
    this.#milliseconds = milliseconds;
  }

  async awaiting<T>(next: Promise<T>): Promise<T | 'stalled'> {
    const stalled = new Promise<'stalled'>(resolve => {
      this.#stall = () => resolve('stalled');
    });
    this.#run();
    try {
      return await Promise.race([next, stalled]);
    } finally {
      this.#stall = undefined;
      this.#run();
    }
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (let next = await this.#ask(); !next.done; next = await this.#ask()) yield next.value;
    } finally {
      await this.close();
    }
  }

  async #ask(): Promise<IteratorResult<Uint8Array>> {
    this.#isAsking = true;
    this.#run();
    try {
      return await this.#source.next();
    } finally {
      this.#isAsking = false;
      this.#run();
    }
  }

  #run(): void {
    clearTimeout(this.#timer);
    if (this.#stall && !this.#isAsking) this.#timer = setTimeout(this.#stall, this.#milliseconds);
  }
}
