/** Work on the same keys is done one after the other, in the order asked. */
export class OneAtATime {
  readonly #last = new Map<string, Promise<unknown>>();

  async run<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    const before = [...new Set(keys)].map(key => this.#last.get(key));
    const done = Promise.allSettled(before).then(work);
    const settled = done.catch(() => undefined);
    for (const key of keys) this.#last.set(key, settled);
    try {
      return await done;
    } finally {
      for (const key of keys) if (this.#last.get(key) === settled) this.#last.delete(key);
    }
  }
}
