import { partOf } from './item.ts';
import type { Tables } from './tables.ts';

export interface ExpiringTable {
  readonly name: string;
  /** Attribute with epoch seconds. */
  readonly attribute: string;
  readonly keys: readonly string[];
}

/** Removes items past their time to live, as DynamoDB does in its own time. Returns how many. */
export async function removeExpired(
  tables: Tables,
  table: ExpiringTable,
  nowSeconds: number,
): Promise<number> {
  const filter = {
    FilterExpression: 'attribute_type(#ttl, :number) AND #ttl < :now',
    ExpressionAttributeNames: { '#ttl': table.attribute },
    ExpressionAttributeValues: { ':now': { N: String(nowSeconds) }, ':number': { S: 'N' } },
  };
  let removed = 0;
  for await (const item of tables.scan(table.name, filter)) {
    await tables.expire(table.name, partOf(item, table.keys));
    removed++;
  }
  return removed;
}
