import type { Condition } from './dynamo-expression.ts';
import type { DynamoTable, Item, Key } from './dynamo-table.ts';

/**
 * Puts a claim unless another holds it; undefined when it is now ours, else the claim that stands. A claim released
 * between the refused put and the read is put again. `takeOver`: when it is taken from another.
 */
export async function claimOrHolder(
  table: DynamoTable,
  key: Key,
  claim: Item & { readonly owner: string },
  takeOver?: Condition,
): Promise<Item | undefined> {
  const free = ['attribute_not_exists(#pk)', '#owner = :owner', ...(takeOver ? [takeOver.expression] : [])];
  const when = { expression: free.join(' OR '), values: { owner: claim.owner, ...takeOver?.values } };
  for (;;) {
    const mine = await table.put({ ...key, ...claim }, when);
    if (mine) return undefined;
    const held = await table.get(key);
    if (held) return held;
  }
}

export const releaseClaim = (table: DynamoTable, key: Key, owner: string): Promise<boolean> =>
  table.delete(key, { expression: '#owner = :owner', values: { owner } });
