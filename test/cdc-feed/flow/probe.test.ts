import type { CdcFeed, CdcFeedSource } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import type { Captured, ProbeValue } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { feedFaults } from '#adapters/cdc-feed/derive/feed-faults.ts';
import { renderSourceGuide } from '#adapters/cdc-feed/derive/source-guide.ts';
import { text } from '#shared/core/mapping/text.ts';
import { customers, spec } from './feeds.ts';
import { FeedSimulator } from './simulator.ts';
import type { PutRecord } from './stream-events.ts';
import { thingFeed } from './thing-feeds.ts';

const source: CdcFeedSource = { kind: 'debezium', connector: 'postgresql' };
const probe = {
  id: 0,
  price: '1234.5678',
  at: '2026-01-02T03:04:05.678901Z',
  on: '2026-01-02',
  raw: 'AAEC/w==',
};

/** A table whose values a connector can write in several ways. */
function priced(more: object = {}): CdcFeed {
  const things = thingFeed(source, 'd.t').tables['d.t'];
  const read = text({ max: 100 });
  const columns = {
    id: { type: is.integer(), read },
    v: { type: is.text(), read },
    price: { type: is.decimal({ scale: 4 }), read },
    at: { type: is.timestamp('micros'), read },
    on: { type: is.date(), read },
    raw: { type: is.bytes(), read },
  };
  return defineCdcFeed({
    ...spec,
    source,
    tables: { 'd.t': { ...things, columns, probe, ...more } as Captured },
  });
}

/** The probe row as Debezium writes it by default. */
const row = { id: 0, v: 'probe', price: 'ALxhTg==', at: 1_767_323_045_678_901, on: 20_455, raw: 'AAEC/w==' };
const change = (more: object, op = 'u'): PutRecord => {
  const image = { ...row, ...more };
  const images = op === 'd' ? { before: image, after: null } : { before: null, after: image };
  return {
    partitionKey: '{}',
    data: {
      ...{ ...images, op, ts_ms: 1 },
      source: { ...{ schema: 'd', table: 't', lsn: 100, ts_ms: 1_767_225_600_000, snapshot: 'false' } },
    },
  };
};
const run = (feed: CdcFeed, ...records: PutRecord[]) => new FeedSimulator(feed).put(...records).run();

describe('a probe row', () => {
  it.each(['c', 'u', 'r', 'd'])('that is read as the contract says is skipped: %s', async op => {
    const simulator = await run(priced(), change({}, op));
    expect(simulator.quarantined()).toEqual([]);
    expect(simulator.tally()).toMatchObject({ skipped: 1, published: 0 });
  });

  it.each<[string, object, string]>([
    ['another scale of the column', { price: 'B1vNDA==' }, 'price'],
    ['milliseconds for microseconds', { at: 1_767_323_045_678 }, 'at'],
    ['a time zone', { at: 1_767_326_645_678_901 }, 'at'],
    ['several', { price: 'B1vNDA==', on: 20_454 }, 'price, on'],
    ['other bytes', { raw: 'deadbeef' }, 'raw'],
    ['a null', { on: null }, 'on'],
  ])('that is read otherwise is quarantined, and its columns are named: %s', async (_, more, columns) => {
    const simulator = await run(priced(), change(more));
    expect(simulator.quarantined()).toMatchObject([
      { code: 'SETTINGS_DIFFER', detail: `read as other values: ${columns}` },
    ]);
    expect(simulator.facts()).toEqual([]);
  });

  it('is told from every other row', async () => {
    const simulator = await run(priced(), change({ id: 1, price: 'B1vNDA==' }));
    expect(simulator.tally()).toMatchObject({ published: 1 });
  });

  it('stands in the guide for the database, and its fault in the runbook', () => {
    expect(renderSourceGuide(priced())).toMatch(/### Probe row[\s\S]+`price` \| `1234.5678`/);
    expect(feedFaults(priced()).map(({ code }) => code)).toContain('SETTINGS_DIFFER');
    expect(feedFaults(defineCdcFeed(spec)).map(({ code }) => code)).not.toContain('SETTINGS_DIFFER');
  });

  it.each<[string, Record<string, ProbeValue>, string]>([
    ['without the key', { price: '1' }, 'probe must name the key column "id"'],
    ['of the key alone', { id: 0 }, 'probe must name a column besides the key'],
    ['with an unknown column', { id: 0, prise: '1' }, 'unknown option "prise"; did you mean "price"'],
  ])('is refused %s', (_, given, message) => {
    expect(() => priced({ probe: given })).toThrow(message);
  });

  it('is needed by no table', () => {
    expect(customers.kind === 'table' && customers.probe).toBeUndefined();
  });
});
