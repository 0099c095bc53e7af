import type { CdcFeed, CdcFeedSource } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { table } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { customerCreated } from '#events/customers/customer-created.v1.ts';
import { customerDeleted } from '#events/customers/customer-deleted.v1.ts';
import { customerUpdated } from '#events/customers/customer-updated.v1.ts';
import { columns, spec } from './feeds.ts';
import { type FeedEventDetail, FeedSimulator } from './simulator.ts';

const customers = table({
  key: ['id'],
  columns: { id: columns.id, email: columns.email },
  events: { created: customerCreated, updated: customerUpdated, deleted: customerDeleted },
  map: row => ({
    customerId: row.id,
    email: row.email,
    fullName: 'N',
    creditLimit: null,
    tier: 'gold' as const,
  }),
  mapKey: ({ id }) => ({ customerId: id }),
});

const feedOf = (source: CdcFeedSource): CdcFeed =>
  defineCdcFeed({ ...spec, source, tables: { 'public.customers': customers } });

const row = { id: 1, email: 'ada@example.com' };

/** The facts that two records make, each read in a batch of its own. */
async function factsOf(source: CdcFeedSource, first: object, second: object): Promise<FeedEventDetail[]> {
  const feed = new FeedSimulator(feedOf(source), { batchRecords: 1 });
  await feed.put({ data: first }, { data: second }).run();
  expect(feed.quarantined()).toEqual([]);
  expect(feed.facts()).toHaveLength(2);
  return feed.facts();
}

const idsOf = async (...told: Parameters<typeof factsOf>): Promise<number> =>
  new Set((await factsOf(...told)).map(({ id }) => id)).size;

const dms: CdcFeedSource = { kind: 'dms' };
const dmsRecord = (micros: string, more: object = {}) => ({
  data: row,
  metadata: {
    timestamp: `2026-11-02T08:15:00.${micros}Z`,
    ...{ 'record-type': 'data', operation: 'insert', 'schema-name': 'public', 'table-name': 'customers' },
    ...more,
  },
});
const details = {
  'transaction-id': 12884904901,
  'transaction-record-id': 3,
  'commit-timestamp': '2026-11-02T08:14:59.000000Z',
};

const kinesis: CdcFeedSource = { kind: 'dynamodb', form: 'kinesis' };
const item = (eventID: string | undefined, time = 1730535300123) => ({
  ...{ eventID, eventName: 'INSERT', tableName: 'public.customers', recordFormat: 'application/json' },
  dynamodb: {
    ...{ ApproximateCreationDateTime: time, Keys: { id: { N: '1' } } },
    NewImage: { id: { N: '1' }, email: { S: row.email } },
  },
});

type Connector = 'postgresql' | 'mysql' | 'mariadb';
const byLog = (connector: Connector): CdcFeedSource => ({ kind: 'debezium', connector, form: 'flattened' });
const byStream = (connector: Connector): CdcFeedSource => ({
  ...{ kind: 'debezium', connector, form: 'flattened', orderedBy: 'stream' },
});
const binlog = { __server_id: 1, __file: 'bin.000003', __pos: 484, __row: 0 };
const flat = (more: object) => ({
  ...{ ...row, __op: 'c', __source_ts_ms: 1730535300000 },
  ...{ __db: 'public', __schema: 'public', __table: 'customers', ...more },
});

describe('a change that its source writes again, at another place of the stream,', () => {
  it.each<[string, CdcFeedSource, object, object]>([
    ['of DMS with transaction details', dms, dmsRecord('1', details), dmsRecord('7', details)],
    ['of DynamoDB through Kinesis', kinesis, item('b6a1'), item('b6a1')],
    ['of a stream-ordered PostgreSQL', byStream('postgresql'), flat({ __lsn: 5 }), flat({ __lsn: 5 })],
    [
      'of a stream-ordered MySQL with the place in the transaction',
      byStream('mysql'),
      flat({ ...binlog, __transaction_total_order: '2' }),
      flat({ ...binlog, __transaction_total_order: '2' }),
    ],
    ['of a stream-ordered MariaDB', byStream('mariadb'), flat(binlog), flat(binlog)],
    ['of PostgreSQL', byLog('postgresql'), flat({ __lsn: 5 }), flat({ __lsn: 5 })],
    [
      'of MySQL with the place in the transaction',
      byLog('mysql'),
      flat({ ...binlog, __transaction_total_order: '2' }),
      flat({ ...binlog, __transaction_total_order: '2' }),
    ],
    ['of MariaDB', byLog('mariadb'), flat(binlog), flat(binlog)],
  ])('%s has the same id and trail', async (_what, source, first, second) => {
    const [one, other] = await factsOf(source, first, second);
    for (const attribute of ['id', 'idempotencykey', 'correlationid', 'traceparent'])
      expect(one![attribute]).toBe(other![attribute]);
  });

  it('is one event within a batch', async () => {
    const feed = await new FeedSimulator(feedOf(kinesis))
      .put({ data: item('b6a1') }, { data: item('b6a1') })
      .run();
    expect(feed.tally()).toMatchObject({ received: 2, published: 1, duplicate: 1 });
  });

  it('has an id of its own where its source does not name it', async () => {
    expect(await idsOf(dms, dmsRecord('1'), dmsRecord('7'))).toBe(2);
    expect(await idsOf(kinesis, item(undefined), item(undefined))).toBe(2);
    expect(await idsOf(byStream('postgresql'), flat({}), flat({}))).toBe(2);
    const told = flat({ __file: 'bin.000003', __pos: 484 });
    expect(await idsOf(byStream('mysql'), told, told)).toBe(2);
  });

  it('has an id of its own in MySQL without the place in the transaction: a compressed one gives many changes one position', async () => {
    expect(await idsOf(byStream('mysql'), flat(binlog), flat(binlog))).toBe(2);
    expect(await idsOf(byLog('mysql'), flat(binlog), flat(binlog))).toBe(2);
  });
});

describe('changes that differ have ids that differ', () => {
  it.each<[string, CdcFeedSource, object, object]>([
    [
      'of one transaction of DMS',
      dms,
      dmsRecord('1', details),
      dmsRecord('1', { ...details, 'transaction-record-id': 4 }),
    ],
    [
      'of two transactions under one number',
      dms,
      dmsRecord('1', details),
      dmsRecord('2', { ...details, 'commit-timestamp': '2027-11-02T08:14:59.000000Z' }),
    ],
    ['of one item at one time', kinesis, item('b6a1'), item('b6a2')],
    [
      'of two servers',
      byStream('mysql'),
      flat({ __server_id: 1, __file: 'bin.000003', __pos: 484, __row: 0 }),
      flat({ __server_id: 2, __file: 'bin.000003', __pos: 484, __row: 0 }),
    ],
    [
      'of two full loads, which are readings and no changes',
      dms,
      dmsRecord('1', { ...details, operation: 'load' }),
      dmsRecord('7', { ...details, operation: 'load' }),
    ],
  ])('%s', async (_what, source, first, second) => {
    expect(await idsOf(source, first, second)).toBe(2);
  });

  it('in every epoch', async () => {
    const idIn = async (epoch: number) =>
      (await factsOf({ ...kinesis, epoch }, item('b6a1'), item('b6a1')))[0]!.id;
    expect(await idIn(0)).not.toBe(await idIn(1));
  });
});
