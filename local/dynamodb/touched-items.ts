import type { Item } from './item.ts';

/** An item that a request may change. */
export interface TouchedItem {
  readonly table: string;
  /** The key, or a whole item that holds it. */
  readonly item: Item;
}

interface WriteRequest {
  readonly PutRequest?: { readonly Item?: Item };
  readonly DeleteRequest?: { readonly Key?: Item };
}

type Touches = (input: Readonly<Record<string, unknown>>) => readonly TouchedItem[];

const one =
  (property: 'Item' | 'Key'): Touches =>
  input =>
    typeof input.TableName === 'string' && isItem(input[property])
      ? [{ table: input.TableName, item: input[property] }]
      : [];

const touches: Readonly<Record<string, Touches>> = {
  PutItem: one('Item'),
  UpdateItem: one('Key'),
  DeleteItem: one('Key'),
  BatchWriteItem: input =>
    Object.entries((input.RequestItems ?? {}) as Record<string, readonly WriteRequest[]>).flatMap(
      ([table, requests]) =>
        requests
          .map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key)
          .filter(isItem)
          .map(item => ({ table, item })),
    ),
};

/** What a request may change; nothing when it only reads, or is malformed and will be refused. */
export const touchedItems = (
  action: string,
  input: Readonly<Record<string, unknown>>,
): readonly TouchedItem[] => (Object.hasOwn(touches, action) ? touches[action]?.(input) : undefined) ?? [];

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null;
