import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type * as z from 'zod';
import type { stockUpdated } from '#events/inventory/stock-updated.v1.ts';
import { type ConsumerPorts, consumerPorts } from '#shared/aws/consumer-ports.ts';
import { guardHandler } from '#shared/aws/guard-handler.ts';
import { applyWhenNewer } from '#shared/consumer/apply-when-newer.ts';
import { ReceivedEvents } from '#shared/consumer/received-events.ts';
import { takeMessages } from '#shared/consumer/take-messages.ts';

type Stock = z.infer<typeof stockUpdated.schema>;

/** What the table keeps of each article in each warehouse. */
export type StockLevel = Pick<Stock, 'sku' | 'warehouse' | 'quantity' | 'unit' | 'asOf'>;

/** An example of a consumer: a queue of stock events, published alone or in batches, becomes a table of the newest levels. */
export const stockLevels = (ports: ConsumerPorts<StockLevel> = consumerPorts(process.env)) =>
  guardHandler<SQSEvent, SQSBatchResponse>(ports.log, async ({ Records }) => {
    const received = new ReceivedEvents();
    const { batchItemFailures } = await takeMessages<Stock>(Records, {
      apply: received.noting(event => applyWhenNewer(ports.store, event, ({ data }) => levelOf(data))),
      sendAgain: bodies => ports.queue.send(bodies),
      onFailure: (error, event) => ports.log.error('event failed', { id: event?.id, error }),
    });
    await received.report(ports.reporting);
    return { batchItemFailures: [...batchItemFailures] };
  });

const levelOf = ({ sku, warehouse, quantity, unit, asOf }: Stock): StockLevel => ({
  ...{ sku, warehouse, quantity, unit, asOf },
});
