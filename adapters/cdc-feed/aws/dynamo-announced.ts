import type { DynamoTable } from '#shared/aws/dynamo-table.ts';
import type { Announced } from '../ports.ts';

/** Announcements in the ledger's table: `pk` is the key, so a role's `dynamodb:LeadingKeys` fences integrations from each other. */
export const dynamoAnnounced = (table: DynamoTable, now: () => number): Announced => ({
  async has(key) {
    return (await table.get(itemKey(key))) !== undefined;
  },

  async add(key) {
    const announcedAt = new Date(now()).toISOString();
    await table.put(
      { ...itemKey(key), announcedAt },
      { expression: 'attribute_not_exists(#pk)', values: {} },
    );
  },
});

const itemKey = (key: string) => ({ pk: key, sk: 'ANNOUNCED' });
