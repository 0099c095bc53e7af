import type { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { limits } from '#shared/contract/limits.ts';
import type { DayCounts } from '../core/proof/day-counts.ts';
import type { Proof } from '../core/proof/proof.ts';
import type { DayReceipts } from '../core/proof/received.ts';
import type { Standing } from '../core/proof/standing.ts';
import type { Decisions, Proofs, Standings } from '../ports.ts';

const sk = 'proof';

const keyOf = (unit: string) => ({ pk: `proof#${unit}`, sk });

const proofEnd = (now: number): number => Math.floor(now / 1_000) + limits.proofDays * limits.secondsADay;

/** In the table of the operators, an item for each unit. `now`: epoch milliseconds. */
export const dynamoProofs = (table: DynamoTable, now: () => number): Proofs => ({
  async find(unit) {
    const item = await table.get(keyOf(unit));
    if (!item) return undefined;
    const { state, at, claimed, onBus, missing } = item as unknown as Proof;
    return { unit, state, at, claimed, onBus, missing };
  },

  async keep(proof) {
    await table.put({ ...keyOf(proof.unit), ...proof, expiresAt: proofEnd(now()) });
  },
});

const decisionKey = (unit: string) => ({ pk: `decision#${unit}`, sk });

/** Apart from proofs: who decides can write no proof. */
export const dynamoDecisions = (table: DynamoTable, now: () => number): Decisions => ({
  async mayDiffer(unit) {
    return (await table.get(decisionKey(unit))) !== undefined;
  },

  async allow(unit) {
    await table.put({ ...decisionKey(unit), expiresAt: proofEnd(now()) });
  },
});

const standingKey = (integration: string) => ({ pk: `proof#${integration}`, sk: 'standing' });

const dayKey = (integration: string, day: string) => ({ pk: `proof#${integration}`, sk: `day#${day}` });

const receiptsKey = (integration: string, day: string) => ({
  pk: `proof#${integration}`,
  sk: `receipts#${day}`,
});

/** An item for each integration, as text: it is read and written whole. And two for each day of it. */
export const dynamoStandings = (table: DynamoTable, now: () => number): Standings => ({
  async find(integration) {
    const item = await table.get(standingKey(integration));
    return (
      item && { standing: JSON.parse(String(item.standing)) as Standing, revision: Number(item.revision) }
    );
  },

  keep(integration, standing, over) {
    const revision = (over?.revision ?? 0) + 1;
    return table.put(
      { ...standingKey(integration), standing: JSON.stringify(standing), revision },
      over
        ? { expression: '#revision = :revision', values: { revision: over.revision } }
        : { expression: 'attribute_not_exists(#pk)' },
    );
  },

  async day(integration, day) {
    return (await table.get(dayKey(integration, day)))?.counts as DayCounts | undefined;
  },

  async keepDay(integration, day, counts) {
    await table.put({ ...dayKey(integration, day), counts, expiresAt: proofEnd(now()) });
  },

  async receipts(integration, day) {
    return (await table.get(receiptsKey(integration, day)))?.receipts as DayReceipts | undefined;
  },

  async keepReceipts(integration, day, receipts) {
    await table.put({ ...receiptsKey(integration, day), receipts, expiresAt: proofEnd(now()) });
  },
});
