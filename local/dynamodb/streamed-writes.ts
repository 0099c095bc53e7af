import { type Item, partOf } from './item.ts';
import { OneAtATime } from './one-at-a-time.ts';
import type { TableStream } from './table-stream.ts';
import { touchedItems } from './touched-items.ts';

/** Reads an item by its key, consistently. */
export type ReadItem = (table: string, key: Item) => Promise<Item | undefined>;

/** `expires`: the items are deleted because their time is over. */
interface Write {
  readonly action: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly expires?: boolean;
}

interface Touched {
  readonly stream: TableStream;
  readonly key: Item;
}

/** Notes what writes change in tables that have a stream: reads each item before and after, with no other write between. */
export class StreamedWrites {
  readonly #streams: ReadonlyMap<string, TableStream>;
  readonly #read: ReadItem;
  readonly #turns = new OneAtATime();

  constructor(streams: readonly TableStream[], read: ReadItem) {
    this.#streams = new Map(streams.map(stream => [stream.spec.table, stream]));
    this.#read = read;
  }

  /** Whether a request may change an item whose table has a stream. */
  concerns(action: string, input: Readonly<Record<string, unknown>>): boolean {
    return this.#touched(action, input).length > 0;
  }

  async write<T>({ action, input, expires }: Write, carryOut: () => Promise<T>): Promise<T> {
    const touched = this.#touched(action, input);
    const turns = touched.map(({ stream, key }) => `${stream.spec.table} ${JSON.stringify(key)}`);
    return this.#turns.run(turns, async () => {
      const before = await this.#readAll(touched);
      const answer = await carryOut();
      const after = await this.#readAll(touched);
      for (const [n, { stream }] of touched.entries())
        stream.note({ before: before[n], after: after[n], ...(expires && { expired: true }) });
      return answer;
    });
  }

  /** A put that succeeds only where no item is: its images are known, so that nothing is read. */
  async insert<T>(input: Readonly<Record<string, unknown>>, carryOut: () => Promise<T>): Promise<T> {
    const [touched] = this.#touched('PutItem', input);
    if (!touched) return carryOut();
    const { stream, key } = touched;
    return this.#turns.run([`${stream.spec.table} ${JSON.stringify(key)}`], async () => {
      const answer = await carryOut();
      stream.note({ before: undefined, after: input.Item as Item });
      return answer;
    });
  }

  #touched(action: string, input: Readonly<Record<string, unknown>>): readonly Touched[] {
    return touchedItems(action, input).flatMap(({ table, item }) => {
      const stream = this.#streams.get(table);
      const key = stream && keyOf(item, stream.spec.keys);
      return stream && key ? [{ stream, key }] : [];
    });
  }

  #readAll(touched: readonly Touched[]): Promise<(Item | undefined)[]> {
    return Promise.all(touched.map(({ stream, key }) => this.#read(stream.spec.table, key)));
  }
}

/** Undefined when a part is missing: such a write is refused anyway. */
function keyOf(item: Item, names: readonly string[]): Item | undefined {
  if (names.some(name => item[name] === undefined)) return undefined;
  return partOf(item, names);
}
