/**
 * Gives every item of `source` to each of `count` readers. The source is read once, and its next item is asked for when every
 * reader has asked for it: nothing is buffered, and the slowest reader sets the pace.
 */
export class Tee<T> {
  readonly #source: AsyncIterator<T>;
  readonly #count: number;
  #asked = 0;
  #next = pending<T>();
  #failure: { readonly reason: unknown } | undefined;

  constructor(source: AsyncIterable<T>, count: number) {
    this.#source = source[Symbol.asyncIterator]();
    this.#count = count;
  }

  /** One of the `count` readers. */
  async *reader(): AsyncGenerator<T> {
    for (let next = await this.#ask(); !next.done; next = await this.#ask()) yield next.value;
  }

  /** A reader failed, so the others must not wait for it: they fail as well. */
  async fail(reason: unknown): Promise<void> {
    this.#failure ??= { reason };
    this.#next.reject(reason);
    await this.#source.return?.();
  }

  #ask(): Promise<IteratorResult<T>> {
    if (this.#failure) return Promise.reject(this.#failure.reason);
    const { promise, resolve, reject } = this.#next;
    this.#asked += 1;
    if (this.#asked === this.#count) {
      this.#asked = 0;
      this.#source.next().then(resolve, reject);
      this.#next = pending();
    }
    return promise;
  }
}

interface Pending<T> {
  readonly promise: Promise<IteratorResult<T>>;
  readonly resolve: (result: IteratorResult<T>) => void;
  readonly reject: (reason: unknown) => void;
}

function pending<T>(): Pending<T> {
  let settle: Omit<Pending<T>, 'promise'> | undefined;
  const promise = new Promise<IteratorResult<T>>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // Whoever waits for it is told; a reader that never came must not make it an unhandled rejection.
  promise.catch(() => undefined);
  return { promise, ...settle } as Pending<T>;
}
