import type { DynamoTable, Item } from '#shared/aws/dynamo-table.ts';
import type { BatchEntry } from '../core/feed/batch-entry.ts';
import type { KeptBooks } from '../ports.ts';

export const batchSort = 'BATCH';

/** Books of batches in the ledger's table, one item each. */
export const dynamoBooks = (table: DynamoTable): KeptBooks => ({
  async keep({ key, integration, ...books }) {
    await table.put({ pk: `${integration}#${key}`, sk: batchSort, ...books });
  },
});

/** An older release kept no digest. */
export type KeptBatch = Omit<BatchEntry, 'published'> & Partial<Pick<BatchEntry, 'published'>>;

/** As an item holds them. */
export function batchOf({ pk, sha256, received, tally, again, published, expiresAt }: Item): KeptBatch {
  const text = String(pk);
  const at = text.indexOf('#');
  const books = { sha256, received, tally, again, published, expiresAt } as Omit<
    KeptBatch,
    'integration' | 'key'
  >;
  return { integration: text.slice(0, at), key: text.slice(at + 1), ...books };
}
