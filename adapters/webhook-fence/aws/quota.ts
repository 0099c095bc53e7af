import type { DynamoTable } from '#shared/aws/dynamo-table.ts';
import type { Quota } from '../ports.ts';

/** One counter a window, forgotten when its window is over. */
export const dynamoQuota = (table: DynamoTable): Quota => ({
  async take({ name, seconds, max, now }) {
    const window = Math.floor(now / 1000 / seconds);
    const endsAt = (window + 1) * seconds;
    const counted = await table.update(
      { pk: `${name}#${window}` },
      {
        setOnce: { expiresAt: endsAt + 60 },
        add: { requests: 1 },
        when: { expression: 'attribute_not_exists(#pk) OR #requests < :max', values: { max } },
      },
    );
    return counted ? { kind: 'taken' } : { kind: 'exhausted', endsAt: endsAt * 1000 };
  },
});
