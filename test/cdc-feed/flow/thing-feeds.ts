import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { CdcFeed, CdcFeedSource, CdcFeedSpec } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { outbox, table } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { applyWhenNewer } from '#shared/consumer/apply-when-newer.ts';
import { MemoryVersionStore } from '#shared/consumer/memory-version-store.ts';
import { aggregateKey, type SequencedEvent } from '#shared/consumer/sequenced-event.ts';
import { defineEvent } from '#shared/contract/define-event.ts';
import { text } from '#shared/core/mapping/text.ts';
import { spec } from './feeds.ts';
import { type FeedEventDetail, FeedSimulator } from './simulator.ts';
import type { PutRecord } from './stream-events.ts';

const shared = {
  domain: 'things',
  aggregate: 'thing',
  version: 1,
  category: 'fact',
  owner: 'things',
  summary: 'A thing, known by its id, with one value.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 1 },
  aggregateId: ['id'],
} as const;
const thing = z.strictObject({ id: z.string(), v: z.string() });
const example = { id: '1', v: 'x' };
const created = defineEvent({ ...shared, name: 'created', schema: thing, example });
const updated = defineEvent({ ...shared, name: 'updated', schema: thing, example });
const deleted = defineEvent({
  ...shared,
  name: 'deleted',
  schema: z.strictObject({ id: z.string() }),
  example: { id: '1' },
});
const published = defineEvent({
  ...shared,
  name: 'published',
  schema: z.strictObject({ id: z.string(), v: z.string().optional(), weight: z.number().optional() }),
  example,
});

export interface ThingColumns {
  /** The key's column. Default `id`. */
  readonly key?: string;
  readonly keyType?: is.ColumnType;
  /** Characters that the key may have. Default 100. */
  readonly keyMax?: number;
  /** The type of `v`. Default text. */
  readonly v?: is.ColumnType;
}

/** A feed of one table with a key and `v`. */
export function thingFeed(source: CdcFeedSource, name: string, columns: ThingColumns = {}): CdcFeed {
  const { key = 'id', keyType = is.integer(), keyMax = 100, v = is.text() } = columns;
  return feedOf(source, {
    [name]: table({
      key: [key],
      columns: {
        [key]: { type: keyType, read: text({ max: keyMax }) },
        v: { type: v, read: text({ max: 200 }) },
      },
      events: { created, updated, deleted },
      map: row => ({ id: String(row[key]), v: String(row.v) }),
      mapKey: row => ({ id: String(row[key]) }),
    }),
  });
}

/** A feed of one outbox, whose events are of the type `E`. */
export const thingOutbox = (source: CdcFeedSource, name: string): CdcFeed =>
  feedOf(source, { [name]: outbox({ events: { E: published } }) });

function feedOf(source: CdcFeedSource, tables: CdcFeedSpec['tables']): CdcFeed {
  const [name = ''] = Object.keys(tables);
  const isOwnStream = source.kind === 'dynamodb' && source.form === 'streams';
  const stream = isOwnStream ? { kind: 'dynamodb' as const, table: name } : spec.stream;
  return defineCdcFeed({ ...spec, source, stream, tables });
}

/** The records of a file in `test/cdc-feed/cases`. */
export const recordsOf = (file: string): readonly PutRecord[] =>
  readFileSync(new URL(`../cases/${file}.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));

export type ThingEvent = FeedEventDetail & SequencedEvent;

/** Runs the records through the feed, in batches of the sizes given; what is left over comes in one. */
export async function run(
  feed: CdcFeed,
  records: readonly PutRecord[],
  sizes: readonly number[] = [],
): Promise<FeedSimulator> {
  let batch = 0;
  const simulator = new FeedSimulator(feed, { batchRecords: () => sizes[batch++] ?? records.length });
  return simulator.put(...records).run();
}

/** What a consumer that compares sequences ends with: `v` by id, of the things that exist. */
export async function endOf(events: readonly FeedEventDetail[]): Promise<Record<string, unknown>> {
  const store = new MemoryVersionStore<unknown>();
  for (const event of events as readonly ThingEvent[])
    await applyWhenNewer(store, event, ({ type, data }) => (type.includes('.deleted.') ? undefined : data.v));
  const ids = (events as readonly ThingEvent[]).map(event => [String(event.data.id), aggregateKey(event)]);
  return Object.fromEntries(
    ids.flatMap(([id = '', key = '']) => (store.states().has(key) ? [[id, store.state(key)]] : [])),
  );
}
