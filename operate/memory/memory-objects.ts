import type { ObjectRange } from '../object-ports.ts';
import type { Objects, Store, StoredObject } from '../ports.ts';

const nameOf = (store: Store): string =>
  typeof store === 'string' ? store : `undelivered/${store.undeliveredOf}`;

const dawn = new Date(0).toISOString();

export class MemoryObjects implements Objects {
  readonly #modified = new Map<string, string>();
  readonly #stores = new Map<string, Map<string, Uint8Array>>();

  /** Creates the bucket where there is none. */
  put(store: Store, key: string, content: Uint8Array | string, modifiedAt = dawn): void {
    this.#modified.set(key, modifiedAt);
    const name = nameOf(store);
    const objects = this.#stores.get(name) ?? new Map();
    this.#stores.set(name, objects.set(key, Buffer.from(content)));
  }

  delete(store: Store, key: string): void {
    this.#stores.get(nameOf(store))?.delete(key);
  }

  async list(
    store: Store,
    {
      prefix,
      after = '',
      limit,
    }: { readonly prefix: string; readonly after?: string | undefined; readonly limit: number },
  ): Promise<readonly StoredObject[] | 'missing'> {
    const objects = this.#stores.get(nameOf(store));
    if (!objects) return 'missing';
    return [...objects]
      .filter(([key]) => key.startsWith(prefix) && key > after)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, limit)
      .map(([key, content]) => ({ key, bytes: content.length, modifiedAt: this.#modified.get(key) ?? dawn }));
  }

  async read(store: Store, key: string, { start, end }: ObjectRange): Promise<Uint8Array | undefined> {
    return this.#stores.get(nameOf(store))?.get(key)?.subarray(start, end);
  }
}
