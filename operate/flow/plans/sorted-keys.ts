import { limits } from '#shared/contract/limits.ts';
import type { Objects, Store, StoredObject } from '../../object-ports.ts';

export interface AskedKeys {
  readonly store: Store;
  readonly prefix: string;
  readonly isAsked: (object: StoredObject) => boolean;
  readonly compare: (one: string, other: string) => number;
  /** The key from which on they are asked for. */
  readonly after: string | undefined;
}

/**
 * Objects of a bucket in an order of their own, whatever the order of their keys. Only so many are in memory at once, and the
 * bucket is listed again for the next ones.
 */
export async function* sortedKeys(objects: Objects, asked: AskedKeys): AsyncGenerator<StoredObject> {
  for (let { after } = asked; ; ) {
    const first = await firstAfter(objects, { ...asked, after });
    yield* first;
    after = first.at(-1)?.key;
    if (first.length < limits.planKeysAtOnce) return;
  }
}

async function firstAfter(objects: Objects, asked: AskedKeys): Promise<readonly StoredObject[]> {
  const { isAsked, compare, after } = asked;
  const inOrder = (one: StoredObject, other: StoredObject) => compare(one.key, other.key);
  let first: StoredObject[] = [];
  for await (const object of listed(objects, asked)) {
    if (!isAsked(object) || (after !== undefined && compare(object.key, after) <= 0)) continue;
    first.push(object);
    if (first.length === 2 * limits.planKeysAtOnce)
      first = first.sort(inOrder).slice(0, limits.planKeysAtOnce);
  }
  return first.sort(inOrder).slice(0, limits.planKeysAtOnce);
}

async function* listed(
  objects: Objects,
  { store, prefix }: Pick<AskedKeys, 'store' | 'prefix'>,
): AsyncGenerator<StoredObject> {
  for (let after: string | undefined; ; ) {
    const page = await objects.list(store, { prefix, after, limit: limits.keysAListing });
    if (page === 'missing') throw new Error('there is no such bucket: its stack is not deployed');
    yield* page;
    after = page.at(-1)?.key;
    if (page.length < limits.keysAListing) return;
  }
}
