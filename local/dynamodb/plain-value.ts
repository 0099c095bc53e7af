import type { AttributeValue, Item } from './item.ts';

/** DynamoDB's JSON as plain JSON. */
export function plainValue(value: AttributeValue | undefined): unknown {
  if (value === undefined || 'NULL' in value) return null;
  if ('N' in value) return Number(value.N);
  if ('M' in value) return plainItem(value.M);
  return 'L' in value ? value.L.map(plainValue) : Object.values(value)[0];
}

export const plainItem = (item: Item): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)]));
