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
