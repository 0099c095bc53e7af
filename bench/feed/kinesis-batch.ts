import type { KinesisStreamEvent } from 'aws-lambda';
import crmCustomers from '#integrations/crm-customers/contract.ts';
import { eventOf } from '#test/cdc-feed/flow/stream-events.ts';
import { forms } from './records.ts';

/** As many as the feed's mapping brings at once. */
export const batchRecords = crmCustomers.batch.records;

/** The n-th batch of changes, each of another customer, as Lambda hands it over. */
export function kinesisEvent(n: number): KinesisStreamEvent {
  const records = Array.from({ length: batchRecords }, (_, i) => ({
    ...forms['Debezium without schema'].record(n * batchRecords + i),
    sequenceNumber: String(10n ** 30n + BigInt(n * batchRecords + i)),
    arrivedAtSeconds: 1_793_606_400,
  }));
  return eventOf(crmCustomers, records) as KinesisStreamEvent;
}
