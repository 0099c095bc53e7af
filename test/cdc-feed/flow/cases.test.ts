import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { endOf, recordsOf, run, thingFeed, thingOutbox } from './thing-feeds.ts';

const postgresql = { kind: 'debezium', connector: 'postgresql' } as const;
const mysql = { kind: 'debezium', connector: 'mysql' } as const;
const mongodb = { kind: 'debezium', connector: 'mongodb' } as const;
const dms = { kind: 'dms' } as const;

describe('a repeat of DMS within a batch', () => {
  const records = recordsOf('dms-resume-repeat-within-batch');

  it.each([[[1, 3]], [[4]], [[1, 1, 1, 1]], [[2, 2]], [[3, 1]]])(
    'leaves a consumer at the newest change, in batches of %j',
    async sizes => {
      const feed = await run(thingFeed(dms, 'E.T'), records, sizes);
      expect(feed.quarantined()).toEqual([]);
      expect(await endOf(feed.facts())).toEqual({ 1: 'y' });
      expect(await endOf(feed.facts().toReversed())).toEqual({ 1: 'y' });
    },
  );

  it('is one event where no other change lies between', async () => {
    const [x] = records;
    const feed = await run(thingFeed(dms, 'E.T'), [x!, x!]);
    expect(feed.tally()).toMatchObject({ received: 2, published: 1, duplicate: 1 });
  });
});

const sequencesOf = (events: readonly { readonly [name: string]: unknown }[]) =>
  events.map(({ sequence }) => String(sequence));

describe('changes that stand at one position of the log', () => {
  it.each([[[3]], [[1, 1, 1]], [[2, 1]]])(
    'of a compressed transaction of MySQL are all published, in their order, in batches of %j',
    async sizes => {
      const feed = await run(
        thingFeed(mysql, 'shop.t'),
        recordsOf('mysql-compressed-transaction-one-batch'),
        sizes,
      );
      expect(feed.tally()).toMatchObject({ published: 3, quarantined: 0 });
      expect(feed.facts().map(({ data }) => data.v)).toEqual(['one', 'two', 'three']);
      expect(sequencesOf(feed.facts())).toEqual([...new Set(sequencesOf(feed.facts()))].sort());
      expect(await endOf(feed.facts().toReversed())).toEqual({ 1: 'three' });
    },
  );

  it.each([[[3]], [[1, 1, 1]]])(
    'as rows of an outbox written by COPY keep their order, in batches of %j',
    async sizes => {
      const feed = await run(
        thingOutbox(postgresql, 'public.outbox'),
        recordsOf('outbox-rows-by-copy'),
        sizes,
      );
      expect(feed.tally()).toMatchObject({ published: 3, quarantined: 0 });
      expect(sequencesOf(feed.facts())).toEqual([...new Set(sequencesOf(feed.facts()))].sort());
      expect(await endOf(feed.facts().toReversed())).toEqual({ 1: 's3' });
    },
  );
});

describe('binary UUIDs of MongoDB', () => {
  it.each([is.text(), is.uuid()])('are the text that names them, as keys of type $kind', async keyType => {
    const feed = await run(thingFeed(mongodb, 'd.t', { key: '_id', keyType }), recordsOf('mongodb-uuid-key'));
    expect(feed.quarantined()).toEqual([]);
    expect(await endOf(feed.facts())).toEqual({
      'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11': 'v0',
      'a28ebc31-9c0b-4ef8-bb6d-6bb9bd380a11': 'v1',
    });
  });
});

describe('fractions in JSON', () => {
  it('are numbers in the payload of an outbox', async () => {
    const feed = await run(
      thingOutbox(postgresql, 'public.outbox'),
      recordsOf('outbox-payload-with-fraction'),
    );
    expect(feed.quarantined()).toEqual([]);
    expect(feed.facts()).toMatchObject([{ data: { id: '1', weight: 12.5 } }]);
  });
});

describe('a clock of DMS that steps back', () => {
  it.each([[[2]], [[1, 1]]])(
    'loses no change where the log’s position is told, in batches of %j',
    async sizes => {
      const feed = await run(thingFeed(dms, 'E.T'), recordsOf('dms-clock-steps-back'), sizes);
      expect(feed.tally()).toMatchObject({ published: 2, quarantined: 0 });
      expect(await endOf(feed.facts())).toEqual({ 1: 'second' });
      expect(await endOf(feed.facts().toReversed())).toEqual({ 1: 'second' });
    },
  );
});

describe('a value of a rare type', () => {
  it('is a sparse vector with its dimensions, with and without the schema', async () => {
    const [withSchema] = recordsOf('sparsevec-with-schema');
    const { payload } = withSchema!.data as { readonly payload: unknown };
    for (const data of [withSchema!.data, payload]) {
      const feed = await run(thingFeed(postgresql, 'public.t', { v: is.json() }), [{ ...withSchema, data }]);
      expect(feed.quarantined()).toEqual([]);
      expect(feed.facts()).toMatchObject([
        { data: { id: '1', v: '{"dimensions":5,"vector":[[1,10],[3,30.5]]}' } },
      ]);
    }
  });

  it('is a NUMERIC without a scale, exactly', async () => {
    const feed = await run(
      thingFeed(postgresql, 'public.t', { v: is.decimal() }),
      recordsOf('unconstrained-numeric-without-schema'),
    );
    expect(feed.facts()).toMatchObject([{ data: { id: '1', v: '101.2345' } }]);
  });
});

describe('a read of an incremental snapshot', () => {
  it('is published, below a live change', async () => {
    const [read] = recordsOf('pg-incremental-snapshot-read');
    const { source, ...rest } = read!.data as { readonly source: object };
    const live = {
      ...{ ...rest, op: 'u', after: { id: 1, v: 'live' } },
      source: { ...source, snapshot: 'false', lsn: 1, txId: 5 },
    };
    const feed = await run(thingFeed(postgresql, 'public.t'), [{ ...read, data: live }, read!]);
    expect(feed.tally()).toMatchObject({ published: 2, quarantined: 0 });
    expect(await endOf(feed.facts())).toEqual({ 1: 'live' });
  });
});

describe('records that Debezium writes for itself are skipped', () => {
  it.each([
    ['rows of the signal table', thingFeed(postgresql, 'public.t'), 'signal-window-rows', 0],
    [
      'a schema change as a CloudEvent',
      thingFeed({ ...mysql, form: 'cloudevents' }, 'shop.t'),
      'cloudevents-schema-change',
      0,
    ],
    [
      'the tombstone behind a rewritten delete',
      thingFeed({ ...postgresql, form: 'flattened', flattenedDeletes: 'rewrite-with-tombstone' }, 'public.t'),
      'flattened-rewrite-with-tombstone',
      1,
    ],
  ])('%s', async (_what, feed, file, published) => {
    const simulator = await run(feed, recordsOf(file));
    expect(simulator.quarantined()).toEqual([]);
    expect(simulator.tally()).toMatchObject({ published, skipped: 1, quarantined: 0 });
  });
});

it.each([
  ['-838:59:59', is.time('micros'), -3_020_399_000_000],
  ['838:59:59', is.time('micros'), 3_020_399_000_000],
  ['+275760-09-13', is.date(), 100_000_000],
])('%s, at the end of its type’s range, is no drift', async (v, type, raw) => {
  const [record] = recordsOf('mysql-compressed-transaction-one-batch');
  const data = { ...(record!.data as object), after: { id: 1, v: raw } };
  const feed = await run(thingFeed(mysql, 'shop.t', { v: type }), [{ ...record, data }]);
  expect(feed.facts()).toMatchObject([{ data: { id: '1', v } }]);
  expect(feed.lines('schema drift')).toEqual([]);
});
