import type { DynamoTable } from '#shared/aws/dynamo-table.ts';
import type { Run } from '../core/reconcile/run.ts';
import type { Marks, Reconciliations } from '../reconcile-ports.ts';

const runKey = { pk: 'reconciliation#run', sk: 'latest' };
const marksKey = (integration: string) => ({ pk: `reconciliation#${integration}`, sk: 'marks' });

/** In the table of the operators: one item for the run, and one for each integration. Neither grows. */
export const dynamoReconciliations = (table: DynamoTable): Reconciliations => ({
  async begin({ startedAt, now, until }) {
    const item = await table.update(runKey, {
      set: { startedAt, leaseUntil: until },
      when: {
        expression: 'attribute_not_exists(#pk) OR #leaseUntil <= :now OR #startedAt = :startedAt',
        values: { now, startedAt },
      },
    });
    return item !== undefined;
  },

  async keep(run) {
    await table.update(runKey, {
      set: { run, leaseUntil: 0 },
      when: { expression: '#startedAt = :startedAt', values: { startedAt: run.startedAt } },
    });
  },

  async last() {
    return (await table.get(runKey))?.run as Run | undefined;
  },

  async marks(integration) {
    return ((await table.get(marksKey(integration)))?.marks ?? {}) as Marks;
  },

  async keepMarks(integration, marks) {
    await table.put({ ...marksKey(integration), marks });
  },
});
