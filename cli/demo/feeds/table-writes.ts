import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { isTable, tableOfArn } from '#adapters/cdc-feed/contract/dynamodb-table.ts';
import { SamplesProblem } from '../samples-problem.ts';
import type { FeedSample, SampleRecord } from './feed-samples.ts';

type Item = Record<string, AttributeValue>;

interface StreamRecord {
  readonly eventName: string;
  readonly dynamodb: { readonly Keys: Item; readonly NewImage?: Item };
  readonly eventSourceARN: string;
}

/** The write to the table that leads to such a record of its stream. */
export type TableWrite = { readonly put: Item } | { readonly remove: Item };

/** Undefined for a record that no write to this table leads to. */
export function writeOf({ data }: SampleRecord, table: string): TableWrite | undefined {
  const { eventName, dynamodb, eventSourceARN = '' } = (data ?? {}) as unknown as Partial<StreamRecord>;
  const named = tableOfArn(eventSourceARN);
  if (!dynamodb || named === undefined || !isTable(table, named)) return undefined;
  if (eventName === 'REMOVE') return { remove: dynamodb.Keys };
  const isPut = eventName === 'INSERT' || eventName === 'MODIFY';
  return isPut && dynamodb.NewImage ? { put: dynamodb.NewImage } : undefined;
}

/** The sample without the records that no write leads to, which are all expected to be quarantined. */
export function writable(sample: FeedSample, table: string): FeedSample {
  const numbers = sample.records.flatMap((record, n) => (writeOf(record, table) ? [n + 1] : []));
  const left = sample.faults.filter(({ record }) => numbers.includes(record));
  const out = sample.records.length - numbers.length;
  if (left.length + out !== sample.faults.length)
    throw new SamplesProblem(
      `sample ${sample.name} of table ${table}: it expects a record to be published that no write to the table leads to`,
    );
  return {
    ...sample,
    records: sample.records.filter((_, n) => numbers.includes(n + 1)),
    faults: left,
    tally: {
      ...sample.tally,
      received: sample.tally.received - out,
      quarantined: sample.tally.quarantined - out,
    },
  };
}
