import type { CdcFeedSpec } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { type Captured, table } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { customerCreated } from '#events/customers/customer-created.v1.ts';
import { customerDeleted } from '#events/customers/customer-deleted.v1.ts';
import { customerUpdated } from '#events/customers/customer-updated.v1.ts';
import loyaltyMembers from '#integrations/loyalty-members/contract.ts';
import { Refusal } from '#shared/contract/field.ts';
import { type ChangeSpec, payloadOf } from './debezium.ts';
import { columns, customers, spec } from './feeds.ts';
import { FeedSimulator } from './simulator.ts';
import type { PutRecord } from './stream-events.ts';

const ada = { region: 'eu', id: 1, email: 'ada@example.com', visits: 3 };
const change = (told: ChangeSpec): PutRecord => ({ partitionKey: '{}', data: payloadOf(told) });
const run = (contract: Partial<CdcFeedSpec>, ...told: ChangeSpec[]) =>
  new FeedSimulator(defineCdcFeed({ ...spec, ...contract })).put(...told.map(change)).run();
const withTable = (more: object): Partial<CdcFeedSpec> => ({
  tables: { 'public.customers': { ...customers, ...more } as Captured },
});
const typesOf = (feed: FeedSimulator) => feed.facts().map(({ type }) => type);

describe('what the contract rules', () => {
  it.each([
    ['created', ['customers.customer.created.v1'], 1],
    ['updated', ['customers.customer.updated.v1'], 1],
    ['skip', [], 0],
  ] as const)('snapshot reads become: %s', async (snapshots, types, published) => {
    const feed = await run({ snapshots }, { op: 'r', after: ada, snapshot: 'true' });
    expect(typesOf(feed)).toEqual(types);
    expect(feed.tally()).toMatchObject({ published, skipped: 1 - published });
  });

  it.each([
    ['skip', { skipped: 1, quarantined: 0 }],
    ['quarantine', { skipped: 0, quarantined: 1 }],
  ] as const)('truncates become: %s', async (truncates, tally) => {
    const feed = await run({ truncates }, { op: 't' });
    expect(feed.tally()).toMatchObject(tally);
  });

  it('a kind of change without an event is skipped', async () => {
    const events = { created: { skip: 'a' }, updated: customerUpdated, deleted: { skip: 'b' } };
    const feed = await run(
      withTable({ events, mapKey: undefined }),
      { op: 'c', after: ada, lsn: 1 },
      { op: 'u', after: ada, lsn: 2 },
      { op: 'd', before: ada, lsn: 3 },
    );
    expect(typesOf(feed)).toEqual(['customers.customer.updated.v1']);
    expect(feed.tally()).toMatchObject({ skipped: 2 });
  });

  it('rows of some keys are skipped, and so are their deletes', async () => {
    const skip = [{ reason: 'test data', when: ({ region }: { region: string }) => region === 'test' }];
    const test = { ...ada, region: 'test' };
    const feed = await run(
      withTable({ skip }),
      { op: 'c', after: test, lsn: 1 },
      { op: 'd', before: test, lsn: 2 },
      { op: 'c', after: ada, lsn: 3 },
    );
    expect(feed.facts()).toHaveLength(1);
  });

  it('a tenant that the key names is held against those allowed', async () => {
    const tenant = { from: 'region', allowed: ['eu'] };
    const feed = await run(
      { tenant, ...withTable({ aggregatePerKey: undefined }) },
      { op: 'c', after: ada },
      { op: 'd', before: { ...ada, region: 'us' }, lsn: 2 },
    );
    expect(feed.facts().map(({ tenantid }) => tenantid)).toEqual(['eu']);
    expect(feed.quarantined()).toMatchObject([
      { code: 'TENANT_MISMATCH', class: 'SECURITY_CONFIGURATION_FAILURE', column: 'region' },
    ]);
  });

  it('items that expire are skipped where the contract says so', async () => {
    const { kind: _, direction: __, events: ___, ...rest } = loyaltyMembers;
    const feed = defineCdcFeed({
      ...(rest as unknown as CdcFeedSpec),
      source: { kind: 'dynamodb', form: 'streams' },
      snapshots: undefined,
      truncates: undefined,
      fallenPositions: undefined,
      expiries: 'skip',
    } as CdcFeedSpec);
    const expired = {
      eventName: 'REMOVE',
      userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
      dynamodb: { Keys: { memberId: { S: 'M-1' } } },
    };
    const simulator = await new FeedSimulator(feed).put({ data: expired }).run();
    expect(simulator.tally()).toMatchObject({ skipped: 1, published: 0 });
  });
});

describe('a mapping', () => {
  const mapped = (map: () => unknown) => run(withTable({ map }), { op: 'c', after: ada });

  it.each<[string, () => unknown, string]>([
    [
      'that throws',
      () => {
        throw new TypeError('no');
      },
      'MAPPING_FAILED',
    ],
    ['that refuses', () => new Refusal('OUT_OF_RANGE', 'too many', 'visits'), 'OUT_OF_RANGE'],
    ['that gives nothing', () => undefined, 'SCHEMA_VIOLATION'],
    [
      'that gives what the event does not have',
      () => ({ customerId: '1', colour: 'red' }),
      'SCHEMA_VIOLATION',
    ],
    [
      'that gives more than the bus takes',
      () => ({
        customerId: '1',
        email: 'a@b.de',
        fullName: 'x'.repeat(1_048_576),
        creditLimit: null,
        tier: 'gold',
      }),
      'EVENT_TOO_LARGE',
    ],
  ])('%s quarantines the change and no other', async (_, map, code) => {
    const feed = await mapped(map);
    expect(feed.quarantined().map(kept => kept.code)).toEqual([code]);
    expect(feed.left).toBe(0);
  });

  it('of a key that throws quarantines the delete', async () => {
    const mapKey = () => {
      throw new Error('no');
    };
    const feed = await run(withTable({ mapKey }), { op: 'd', before: ada });
    expect(feed.quarantined()).toMatchObject([{ code: 'MAPPING_FAILED' }]);
  });

  it('is given every fault of the row at once', async () => {
    const feed = await run({}, { op: 'c', after: { ...ada, email: 'none', visits: null } });
    expect(feed.quarantined()[0]).toMatchObject({
      code: 'WRONG_FORM',
      column: 'email',
      others: [{ code: 'MISSING_VALUE', at: { column: 'visits' } }],
    });
  });
});

describe('a row that moves to another key', () => {
  const moved = table({
    key: ['ID'],
    columns: { ID: columns.id, EMAIL: columns.email },
    events: { created: customerCreated, updated: customerUpdated, deleted: customerDeleted },
    map: row => ({
      customerId: row.ID,
      email: row.EMAIL,
      fullName: 'N',
      creditLimit: null,
      tier: 'gold' as const,
    }),
    mapKey: key => ({ customerId: key.ID }),
  });
  const feedOf = (source: CdcFeedSpec['source'], name: string) =>
    defineCdcFeed({ ...spec, source, tables: { [name]: moved } });
  const row = (id: number) => ({ ID: id, EMAIL: 'ada@example.com' });

  it('is deleted and created, whether the log tells it in two records or in one', async () => {
    const debezium = new FeedSimulator(feedOf({ kind: 'debezium', connector: 'postgresql' }, 'public.c'));
    debezium.put(
      change({ op: 'd', before: row(1), table: 'c', lsn: 5 }),
      { data: { base64: '' } },
      change({ op: 'c', after: row(2), table: 'c', lsn: 5 }),
    );
    const dms = new FeedSimulator(feedOf({ kind: 'dms', beforeImage: 'before' }, 'ERP.C'));
    const metadata = {
      timestamp: '2026-11-02T08:00:00Z',
      'record-type': 'data',
      operation: 'update',
      'schema-name': 'ERP',
      'table-name': 'C',
    };
    dms.put({ data: { data: row(2), before: row(1), metadata } });
    const told = (feed: FeedSimulator) =>
      feed.facts().map(({ type, subject, data }) => ({ type, subject, data }));
    await Promise.all([debezium.run(), dms.run()]);
    expect(told(dms)).toEqual(told(debezium));
    expect(told(dms).map(({ subject }) => subject)).toEqual(['1', '2']);
    expect(dms.tally()).toMatchObject({ received: 1, published: 1 });
  });
});

it('skips the tables that the contract names, and counts them', async () => {
  const feed = defineCdcFeed({ ...spec, skipTables: { 'public.audit_*': 'Audit rows are no facts.' } });
  const audit = change({ op: 'c', after: { id: 1 }, table: 'audit_2026' });
  const simulator = await new FeedSimulator(feed).put(audit).run();
  expect(simulator.tally()).toMatchObject({ received: 1, skipped: 1, quarantined: 0 });
});
