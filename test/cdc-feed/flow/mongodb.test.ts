import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { table } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { customerCreated } from '#events/customers/customer-created.v1.ts';
import { customerDeleted } from '#events/customers/customer-deleted.v1.ts';
import { customerUpdated } from '#events/customers/customer-updated.v1.ts';
import { document } from '#shared/core/mapping/document.ts';
import { text } from '#shared/core/mapping/text.ts';
import { columns, spec } from './feeds.ts';
import { FeedSimulator } from './simulator.ts';

const contact = document({
  form: 'an object with newsletter and lang',
  read: ({ newsletter, lang }) => ({ newsletter: newsletter as boolean, language: lang as 'de' }),
});

const feed = defineCdcFeed({
  ...spec,
  source: { kind: 'debezium', connector: 'mongodb' },
  tables: {
    'crm.customers': table({
      key: ['_id'],
      columns: {
        _id: { type: is.text(), read: text({ max: 40 }) },
        email: columns.email,
        prefs: { type: is.json(), read: contact, unavailable: 'omit' },
      },
      events: { created: customerCreated, updated: customerUpdated, deleted: customerDeleted },
      map: row => ({
        customerId: row._id,
        email: row.email,
        fullName: 'N. N.',
        creditLimit: null,
        tier: 'standard' as const,
        contact: row.prefs,
      }),
      mapKey: key => ({ customerId: key._id }),
    }),
  },
});

const document1 = (email: string) =>
  JSON.stringify({ _id: 'c1', email, prefs: { newsletter: true, lang: 'de' } });

const record = (op: string, parts: object, block: object = {}) => ({
  partitionKey: JSON.stringify({ id: '"c1"' }),
  data: {
    before: null,
    after: null,
    updateDescription: null,
    source: {
      connector: 'mongodb',
      name: 'crm',
      ts_ms: 1_730_535_300_000,
      snapshot: 'false',
      db: 'crm',
      collection: 'customers',
      ord: 7,
      ...block,
    },
    op,
    ts_ms: 1_730_535_300_456,
    transaction: null,
    ...parts,
  },
});

const run = async (...records: ReturnType<typeof record>[]): Promise<FeedSimulator> => {
  const simulator = new FeedSimulator(feed).put(...records);
  await simulator.run();
  return simulator;
};

describe('changes of one document in one transaction', () => {
  const inTransaction = { lsid: '{"id":"x"}', txnNumber: 5 };

  test('are all published, in their order, though the log gives them one time', async () => {
    const simulator = await run(
      record('u', { after: document1('first@example.com') }, inTransaction),
      record('u', { after: document1('last@example.com') }, inTransaction),
    );
    const [first, last] = simulator.facts();
    expect(simulator.tally()).toMatchObject({ published: 2, duplicate: 0 });
    expect(last!.data).toMatchObject({ email: 'last@example.com' });
    expect(String(first!.sequence) < String(last!.sequence)).toBe(true);
  });

  test('that the log does not tell apart at all are never taken for one', async () => {
    const simulator = await run(
      record('u', { after: document1('first@example.com') }),
      record('u', { after: document1('last@example.com') }),
    );
    expect(simulator.tally()).toMatchObject({ published: 1, quarantined: 1, duplicate: 0 });
    expect(simulator.quarantined()).toMatchObject([{ code: 'DUPLICATE_CONFLICT' }]);
  });
});

describe('an update that carries only a part of a field', () => {
  const patch = {
    updatedFields: JSON.stringify({ email: 'new@example.com', 'prefs.lang': 'fr' }),
    removedFields: null,
    truncatedArrays: null,
  };
  const cut = { updatedFields: '{}', removedFields: null, truncatedArrays: [{ field: 'prefs', size: 1 }] };

  test.each([
    ['without the document before', { updateDescription: patch }],
    [
      'with one that lacks the part',
      { before: '{"_id": "c1", "email": "o@example.com"}', updateDescription: patch },
    ],
    ['by cutting a list', { updateDescription: cut }],
  ])('%s is quarantined, with what the connector must be set to', async (_what, parts) => {
    const simulator = await run(record('u', parts));
    expect(simulator.tally()).toMatchObject({ published: 0, quarantined: 1 });
    expect(simulator.quarantined()).toMatchObject([
      {
        code: 'UNAVAILABLE_VALUE',
        column: 'prefs',
        detail: expect.stringContaining('change_streams_update_full'),
      },
    ]);
  });

  test('is published with the document before, in which the part is changed', async () => {
    const updateDescription = { ...patch, truncatedArrays: [], removedFields: ['prefs.old'] };
    const simulator = await run(record('u', { before: document1('o@example.com'), updateDescription }));
    expect(simulator.facts()).toMatchObject([
      {
        data: { email: 'new@example.com', contact: { newsletter: true, language: 'fr' } },
        changed: 'email,contact',
      },
    ]);
  });

  test('is published when the part means nothing here', async () => {
    const updateDescription = { ...patch, updatedFields: '{"email": "new@example.com", "visits.last": 3}' };
    const simulator = await run(record('u', { before: document1('o@example.com'), updateDescription }));
    expect(simulator.facts()).toMatchObject([
      { data: { email: 'new@example.com', contact: { language: 'de' } }, changed: 'email' },
    ]);
  });
});

test('a snapshot read has no place in its second, and none is asked for', async () => {
  const read = record('r', { after: document1('a@example.com') }, { snapshot: 'true', ord: -1 });
  expect((await run(read)).tally()).toMatchObject({ published: 1 });
});
