import type { DynamoTable, Item, Key } from './dynamo-table.ts';

/**
 * Puts a claim unless another holds it; undefined when it is now ours, else the claim that stands. A claim released
 * between the refused put and the read is put again.
 */
export async function claimOrHolder(
  table: DynamoTable,
  key: Key,
  claim: Item & { readonly owner: string },
): Promise<Item | undefined> {
  for (;;) {
    const mine = await table.put(
      { ...key, ...claim },
      { expression: 'attribute_not_exists(#pk) OR #owner = :owner', values: { owner: claim.owner } },
    );
    if (mine) return undefined;
    const held = await table.get(key);
    if (held) return held;
  }
}

export const releaseClaim = (table: DynamoTable, key: Key, owner: string): Promise<boolean> =>
  table.delete(key, { expression: '#owner = :owner', values: { owner } });
