import type { DynamoTable } from '#shared/aws/dynamo-table.ts';
import type { ReportedDrifts } from '../ports.ts';

/** Reported drifts in the ledger's table: `pk` is the key, so a role's `dynamodb:LeadingKeys` fences integrations from each other. */
export const dynamoReportedDrifts = (table: DynamoTable, now: () => number): ReportedDrifts => ({
  async has(key) {
    return (await table.get(itemKey(key))) !== undefined;
  },

  async add(key) {
    const reportedAt = new Date(now()).toISOString();
    await table.put({ ...itemKey(key), reportedAt }, { expression: 'attribute_not_exists(#pk)', values: {} });
  },
});

const itemKey = (key: string) => ({ pk: key, sk: 'ANNOUNCED' });
