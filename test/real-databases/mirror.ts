import * as z from 'zod';
import type { CdcFeedSource } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { ColumnType } from '#adapters/cdc-feed/contract/cdc-source.ts';
import { table } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { applyWhenNewer } from '#shared/consumer/apply-when-newer.ts';
import { MemoryVersionStore } from '#shared/consumer/memory-version-store.ts';
import type { SequencedEvent } from '#shared/consumer/sequenced-event.ts';
import { defineEvent } from '#shared/contract/define-event.ts';
import type { Field } from '#shared/contract/field.ts';
import { spec } from '../cdc-feed/flow/feeds.ts';
import { type FeedEventDetail, FeedSimulator } from '../cdc-feed/flow/simulator.ts';
import type { PutRecord } from '../cdc-feed/flow/stream-events.ts';
import { asKinesis } from './as-kinesis.ts';
import type { Random } from './random.ts';

/** A table whose changes are followed: its key, and how each column's values are read. */
export interface FollowedTable {
  /** As the log names it. */
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, ColumnType>>;
}

/** A row in the product's canonical text; null and the empty text are one, as for every reader. */
export type MirrorRow = Readonly<Record<string, string>>;

const row = z.strictObject({ key: z.string(), row: z.record(z.string(), z.string()) });
const example = { key: '1', row: { id: '1' } };
const shared = {
  domain: 'mirror',
  aggregate: 'row',
  version: 1,
  category: 'fact',
  owner: 'test',
  summary: 'A row as it is.',
  sla: { publishedWithinSeconds: 60 },
  retention: { archiveDays: 1 },
  aggregateId: ['key'],
} as const;
const updated = defineEvent({ ...shared, name: 'updated', schema: row, example });
const deleted = defineEvent({
  ...shared,
  name: 'deleted',
  schema: z.strictObject({ key: z.string() }),
  example: { key: '1' },
});

const verbatim: Field<string> = { form: 'text', read: raw => raw };

function feedOf(source: CdcFeedSource, { name, key, columns }: FollowedTable) {
  const captured = Object.entries(columns).map(([column, type]) => [column, { type, read: verbatim }]);
  const keyOf = (found: Readonly<Record<string, unknown>>) =>
    JSON.stringify(key.map(column => found[column]));
  return defineCdcFeed({
    ...spec,
    source,
    tables: {
      [name]: table({
        key,
        columns: Object.fromEntries(captured),
        events: { created: updated, updated, deleted },
        map: found => ({ key: keyOf(found), row: { ...found } as Record<string, string> }),
        mapKey: found => ({ key: keyOf(found) }),
      }),
    },
  });
}

/** What became of the records, beside the rows. */
export interface Followed {
  readonly rows: readonly MirrorRow[];
  readonly published: number;
  readonly troubles: readonly string[];
}

/**
 * Puts the records on a stream in disorder, through the product's decoder and flow, and gives the rows that a consumer ends
 * with, which receives the events doubled and shuffled and applies them with the consumer kit.
 */
export async function follow(
  source: CdcFeedSource,
  followed: FollowedTable,
  records: readonly PutRecord[],
  random: Random,
): Promise<Followed> {
  const batchRecords = () => 1 + random.below(100);
  const feed = new FeedSimulator(feedOf(source, followed), { batchRecords });
  await feed.put(...asKinesis(records, random)).run();
  await feed.rewind().run();
  const events = feed.facts() as (FeedEventDetail & SequencedEvent)[];
  const store = new MemoryVersionStore<MirrorRow>();
  for (const event of random.shuffled([...events, ...events]))
    await applyWhenNewer(store, event, ({ type, data }) =>
      type.includes('.deleted.') ? undefined : (data.row as MirrorRow),
    );
  const troubles = [
    ...feed.quarantined().map(({ code, column, detail }) => `quarantined: ${code} ${column} ${detail}`),
    ...feed.lines('batch stopped').map(({ fields }) => `stopped: ${JSON.stringify(fields)}`),
    ...feed.lines('books unbalanced').map(({ fields }) => `unbalanced: ${JSON.stringify(fields)}`),
  ];
  return { rows: [...store.states().values()], published: events.length, troubles: [...new Set(troubles)] };
}
