import type { CdcFeedSpec } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { payloadOf } from './debezium.ts';
import { spec } from './feeds.ts';
import { FeedSimulator, type SimulatorOptions } from './simulator.ts';

const row = (id: number, more: object = {}) => ({
  region: 'eu',
  id,
  email: 'ada@example.com',
  visits: 3,
  ...more,
});
const created = (id: number, more: object = {}) => ({
  partitionKey: '{}',
  data: payloadOf({ op: 'c', after: row(id, more), lsn: id }),
});
const without = (column: string) => ({ [column]: undefined });
const feedOf = (contract: Partial<CdcFeedSpec> = {}, options: SimulatorOptions = {}) =>
  new FeedSimulator(defineCdcFeed({ ...spec, ...contract }), options);
const drifts = (feed: FeedSimulator) =>
  feed.events().filter(({ type }) => type === 'edge.schema.drift-detected.v1');

describe('a table that changes its shape', () => {
  it('is reported once for each new shape, and the rows go on', async () => {
    const feed = feedOf({}, { batchRecords: 2 });
    feed.put(
      created(1),
      created(2, { phone: '1' }),
      created(3, { phone: '2' }),
      created(4, { phone: '3', fax: '4' }),
      created(5, { phone: '5' }),
    );
    await feed.run();
    expect(feed.facts()).toHaveLength(5);
    expect(drifts(feed).map(({ data }) => data.unknownColumns)).toEqual([['phone'], ['fax', 'phone']]);
    expect(drifts(feed)[0]!.data).toMatchObject({
      integration: 'test-feed',
      entity: 'public.customers',
      policy: 'continue',
      firstSeen: expect.stringContaining(feed.sequenceNumbers[1]!),
    });
    expect(feed.lines('schema drift')).toHaveLength(2);
  });

  it('has its rows quarantined where the contract says so, and is reported all the same', async () => {
    const feed = await feedOf({ drift: 'quarantine' })
      .put(created(1), created(2, { phone: '1' }))
      .run();
    expect(feed.facts()).toHaveLength(1);
    expect(feed.quarantined()).toMatchObject([
      { code: 'SCHEMA_DRIFT', detail: expect.stringContaining('unknown: phone') },
    ]);
    expect(drifts(feed)).toHaveLength(1);
  });

  it('by losing a column is reported; the row stands or falls with what the contract needs', async () => {
    const feed = await feedOf()
      .put(created(1, without('visits')))
      .run();
    expect(drifts(feed)[0]!.data).toMatchObject({ vanishedColumns: ['visits'] });
    expect(feed.quarantined()).toMatchObject([{ code: 'MISSING_VALUE', column: 'visits' }]);
  });

  it('by changing a type is reported', async () => {
    const feed = await feedOf()
      .put(created(1, { visits: 'many' }))
      .run();
    expect(drifts(feed)[0]!.data).toMatchObject({ changedColumns: ['visits'] });
    expect(feed.quarantined()).toHaveLength(1);
  });

  it('is reported after a crash that came before it was remembered, under the same id', async () => {
    const feed = feedOf().put(created(1, { phone: '1' }));
    feed.ports.reportedDrifts.add = async () => {
      throw new Error('the table is gone');
    };
    await feed.run();
    expect(drifts(feed).length).toBeGreaterThan(1);
    expect(new Set(drifts(feed).map(({ id }) => id)).size).toBe(1);
  });

  it('is reported in an event that fits the bus, however long or many its columns’ names', async () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`extra_${n}`, n]));
    const feed = await feedOf()
      .put(
        created(1, { ['x'.repeat(1_040_000)]: 1 }),
        created(2, many),
        created(3, { ['😀'.repeat(129)]: 1 }),
      )
      .run();
    expect(feed.facts()).toHaveLength(3);
    const [long, list, halved] = drifts(feed)
      .sort((a, b) => (a.sequence! < b.sequence! ? -1 : 1))
      .map(({ data }) => data.unknownColumns as string[]);
    expect(long).toEqual([`${'x'.repeat(128)}…`]);
    expect(list).toHaveLength(101);
    expect(list!.at(-1)).toBe('… and 4900 more');
    expect(halved).toEqual([`${'😀'.repeat(128)}…`]);
    for (const { fields } of feed.lines('schema drift'))
      expect(JSON.stringify(fields).length).toBeLessThan(10_000);
  });

  it('does not stop its feed when the bus will never take the event, and is in the log once', async () => {
    const feed = feedOf({}, { batchRecords: 1 });
    feed.put(created(1, { phone: '1' }), created(2, { phone: '2' }));
    feed.ports.bus.answer = entry =>
      entry.source === 'edge' ? { kind: 'refused', reason: 'MalformedDetail' } : { kind: 'accepted' };
    await feed.run();
    expect(feed.left).toBe(0);
    expect(feed.lines('schema drift').map(({ fields }) => fields)).toEqual([
      expect.objectContaining({ unknown: ['phone'], refused: 'MalformedDetail' }),
    ]);
  });

  it('names a missing right as what stopped the batch', async () => {
    const feed = feedOf({}, { failuresMax: 0 }).put(created(1, { phone: '1' }));
    feed.ports.bus.answer = entry =>
      entry.source === 'edge' ? { kind: 'denied', reason: 'AccessDeniedException' } : { kind: 'accepted' };
    await feed.run();
    expect(feed.answers).toEqual([expect.stringContaining('thrown: AccessDenied')]);
    expect(feed.lines('batch stopped')[0]!.fields).toMatchObject({ code: 'ACCESS_DENIED' });
  });

  it('is not reported any more when time is short, and goes on with the shapes that are left', async () => {
    const feed = feedOf({ batch: { records: 200 } }, { failuresMax: 40, invocationMilliseconds: 11_000 });
    feed.put(...Array.from({ length: 60 }, (_, n) => created(n + 1, { [`extra_${n}`]: 1 })));
    feed.ports.bus.answer = entry => {
      if (entry.source === 'edge') feed.ports.clock.advance(200);
      return { kind: 'accepted' };
    };
    await feed.run();
    expect(feed.left).toBe(0);
    expect(feed.answers.filter(answer => answer?.includes('BatchStopped')).length).toBeGreaterThan(1);
    expect(feed.ports.reportedDrifts.keys.size).toBe(60);
    expect(drifts(feed)).toHaveLength(60);
  });

  it('keeps the batch on its stream when it cannot be reported', async () => {
    const feed = feedOf({}, { failuresMax: 0 }).put(created(1, { phone: '1' }));
    feed.ports.bus.answer = entry =>
      entry.source === 'edge' ? { kind: 'throttled', reason: 'slow' } : { kind: 'accepted' };
    await feed.run();
    expect(feed.answers).toEqual([expect.stringContaining('thrown: BatchStopped')]);
    expect(feed.ports.reportedDrifts.keys.size).toBe(0);
  });
});
