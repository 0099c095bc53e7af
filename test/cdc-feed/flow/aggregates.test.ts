import erpStock from '#integrations/erp-stock/contract.ts';
import { applyWhenNewer } from '#shared/consumer/apply-when-newer.ts';
import { MemoryVersionStore } from '#shared/consumer/memory-version-store.ts';
import type { SequencedEvent } from '#shared/consumer/sequenced-event.ts';
import { type FeedEventDetail, FeedSimulator } from './simulator.ts';
import type { PutRecord } from './stream-events.ts';

const counted = (ITEM_NO: string, WAREHOUSE: string, QTY: number): PutRecord => ({
  partitionKey: `${ITEM_NO} ${WAREHOUSE}`,
  data: {
    data: {
      ...{ ITEM_NO, WAREHOUSE, QTY, DESCRIPTION: 'Shackle', UOM: 'EA', PRICE: 1 },
      ...{ COUNTED_AT: '2026-11-02T08:15:00Z', LAST_USER: 'u' },
    },
    metadata: {
      timestamp: `2026-11-02T08:15:00.00000${QTY}Z`,
      ...{ 'record-type': 'data', operation: 'insert', 'schema-name': 'ERP', 'table-name': 'STOCK' },
    },
  },
});

const quantityIn = (event: FeedEventDetail): unknown => event.data.quantity;

test('rows whose keys hold what joins an id are aggregates of their own to consumers', async () => {
  const feed = await new FeedSimulator(erpStock).put(counted('A', '1/X', 5), counted('A/1', 'X', 7)).run();
  expect(feed.facts().map(({ subject, aggregateid }) => [subject, aggregateid])).toEqual([
    ['A/1%2FX', 'A/1%2FX'],
    ['A%2F1/X', 'A%2F1/X'],
  ]);
  const stock = new MemoryVersionStore<unknown>();
  for (const event of feed.facts() as (FeedEventDetail & SequencedEvent)[])
    await applyWhenNewer(stock, event, quantityIn);
  expect([...stock.states().values()]).toEqual(['5.000', '7.000']);
});
