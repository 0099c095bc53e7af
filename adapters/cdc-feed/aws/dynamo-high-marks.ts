import type { DynamoTable } from '#shared/aws/dynamo-table.ts';
import type { HighMark } from '../core/feed/high-mark.ts';
import type { HighMarks } from '../ports.ts';

/** High marks in the ledger's table, one item each. */
export const dynamoHighMarks = (table: DynamoTable): HighMarks => ({
  async read(key) {
    const item = await table.get(itemKey(key));
    return item && { mark: JSON.parse(String(item.mark)) as HighMark, revision: Number(item.revision) };
  },

  store(key, mark, over) {
    const revision = (over?.revision ?? 0) + 1;
    return table.put(
      { ...itemKey(key), mark: JSON.stringify(mark), revision },
      over
        ? { expression: '#revision = :revision', values: { revision: over.revision } }
        : { expression: 'attribute_not_exists(#pk)' },
    );
  },
});

const itemKey = (key: string) => ({ pk: key, sk: 'HIGH_MARK' });
