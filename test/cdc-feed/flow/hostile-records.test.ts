import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { table } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { examiner } from '#adapters/cdc-feed/core/feed/examine.ts';
import type { RecordOrigin } from '#adapters/cdc-feed/core/feed/record-origin.ts';
import crm from '#integrations/crm-customers/contract.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { document } from '#shared/core/mapping/document.ts';
import { changeIn } from '../core/change/support.ts';
import { change, lena, payloadOf } from './debezium.ts';
import { columns, spec } from './feeds.ts';
import { FeedSimulator } from './simulator.ts';

const origin: RecordOrigin = {
  place: 'crm/shard/1',
  arrivedAt: '2026-11-01T10:00:00.000Z',
  rawRef: 's3://raw/1',
  rawHash: 'a'.repeat(64),
};

const withPreferences = (extra: string) =>
  payloadOf({ op: 'c', after: { ...lena, preferences: `{"newsletter":true,"lang":"de","x":${extra}}` } });

const examined = (payload: object) =>
  examiner(crm)({ data: Buffer.from(JSON.stringify(payload)) }, origin).result;

describe('one bad record never stops a feed', () => {
  test('whatever the contract’s own readers throw', async () => {
    const trusting = document({ form: 'x', read: ({ lang }) => (lang as string).toLowerCase() });
    const customers = spec.tables['public.customers']!;
    if (customers.kind !== 'table') throw new Error('the customers are a table');
    const feed = defineCdcFeed({
      ...spec,
      tables: {
        'public.customers': table({
          key: ['id'],
          columns: { id: columns.id, email: columns.email, preferences: { type: is.json(), read: trusting } },
          events: customers.events,
          map: customers.map as never,
          mapKey: customers.mapKey as never,
        }),
      },
    });
    const row = (id: number, preferences: string) => ({ id, email: `c${id}@example.com`, preferences });
    const simulator = new FeedSimulator(feed).put(
      change({ op: 'c', after: row(1, '{"lang":"DE"}'), lsn: 1 }),
      change({ op: 'c', after: row(2, '{"lang":7}'), lsn: 2 }),
      change({ op: 'c', after: row(3, '{"lang":"DE"}'), lsn: 3 }),
    );
    await simulator.run();
    expect(simulator.left).toBe(0);
    expect(simulator.tally()).toMatchObject({ published: 2, quarantined: 1 });
    expect(simulator.quarantined()).toMatchObject([
      { code: 'MAPPING_FAILED', column: 'preferences', detail: 'the column’s reader threw TypeError' },
    ]);
  });

  test.each([
    ['lists', 65, (depth: number) => '['.repeat(depth) + ']'.repeat(depth)],
    ['lists', 5_000, (depth: number) => '['.repeat(depth) + ']'.repeat(depth)],
    ['objects', 20_000, (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`],
  ])('%s in one another, %d deep', (_what, depth, nested) => {
    expect(examined(withPreferences(nested(depth)))).toMatchObject({
      kind: 'faulty',
      faults: [{ code: 'UNDECODABLE_CHANGE' }],
    });
  });

  test('documents as deep as allowed are read', () => {
    const depth = 60;
    expect(examined(withPreferences('['.repeat(depth) + ']'.repeat(depth)))).toMatchObject({
      kind: 'events',
    });
  });

  test('numbers that would fill pages stay as they were written', () => {
    const numbers = Array(200).fill('1e149999').join(',');
    const { after } = changeIn(crm.source, withPreferences(`[${numbers},1e400,1e401,-2.5e-400]`));
    const { x } = after!.preferences as { x: readonly unknown[] };
    expect(x.slice(0, 2)).toEqual(['1e149999', '1e149999']);
    expect(x.slice(-3)).toEqual([`1${'0'.repeat(400)}`, '1e401', `-0.${'0'.repeat(399)}25`]);
  });
});

test('a mapping that changes a document in place changes its own copy, not the one that it is compared with', () => {
  const customers = crm.tables['public.customers']!;
  if (customers.kind !== 'table') throw new Error('the customers are a table');
  const anything = document({ form: 'an object', read: found => found as { lang: string } });
  const feed = defineCdcFeed({
    ...spec,
    source: { kind: 'debezium', connector: 'postgresql', beforeImage: 'full' },
    tables: {
      'public.customers': table({
        key: ['id'],
        columns: {
          id: columns.id,
          email: columns.email,
          preferences: { type: is.json(), read: anything },
        },
        ignore: ['full_name', 'credit_limit', 'tier', 'updated_at'],
        events: customers.events as never,
        map: ((row: { id: string; email: string; preferences: { lang: string } }) => {
          row.preferences.lang += '!';
          return {
            customerId: row.id,
            email: row.email,
            fullName: row.preferences.lang,
            creditLimit: null,
            tier: 'standard',
          };
        }) as never,
        mapKey: customers.mapKey as never,
      }),
    },
  });
  const after = { ...lena, email: 'new@example.com' };
  const data = Buffer.from(JSON.stringify(payloadOf({ op: 'u', before: lena, after })));
  const { result } = examiner(feed)({ data }, origin);
  if (result.kind !== 'events') throw new Error(JSON.stringify(result));
  const detail = JSON.parse((result.events[0]!.entry as BusEntry).detail);
  expect([detail.changed, detail.data.fullName]).toEqual(['email', 'de!']);
});

test('an empty text is no decimal, least of all nought', () => {
  const faults = [{ code: 'UNDECODABLE_CHANGE', at: { column: 'credit_limit' } }];
  expect(examined(payloadOf({ op: 'c', after: { ...lena, credit_limit: '' } }))).toMatchObject({ faults });
});

test('a table that the contract does not name is told, with those it does', () => {
  expect(examined(payloadOf({ op: 'c', after: lena, table: 'clients' }))).toMatchObject({
    faults: [{ code: 'UNKNOWN_ENTITY', detail: 'public.clients; the contract names public.customers' }],
  });
});
