import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { Skipped } from '#adapters/cdc-feed/core/change/change.ts';
import { changeIn, decodeJson } from './support.ts';

// Records as in "Data change events" of
// https://debezium.io/documentation/reference/stable/connectors/postgresql.html

const source: is.DebeziumSource = {
  kind: 'debezium',
  connector: 'postgresql',
  entities: { 'public.customers': { key: ['id'], columns: {} } },
};

const block = {
  version: '3.0.0.Final',
  connector: 'postgresql',
  name: 'PostgreSQL_server',
  ts_ms: 1559033904863,
  ts_us: 1559033904863123,
  ts_ns: '1559033904863123000',
  snapshot: false,
  db: 'postgres',
  sequence: '["24023119","24023128"]',
  schema: 'public',
  table: 'customers',
  txId: 555,
  lsn: 24023128,
  xmin: null,
};

const columns = [
  { type: 'int32', optional: false, field: 'id' },
  { type: 'string', optional: false, field: 'first_name' },
  { type: 'string', optional: false, field: 'last_name' },
  { type: 'string', optional: false, field: 'email' },
];
const rowSchema = { type: 'struct', fields: columns, optional: true, name: 'srv.public.customers.Value' };
const schema = {
  type: 'struct',
  fields: [
    { ...rowSchema, field: 'before' },
    { ...rowSchema, field: 'after' },
  ],
  optional: false,
  name: 'srv.public.customers.Envelope',
};

const anne = { id: 1, first_name: 'Anne', last_name: 'Kretchmar', email: 'annek@noanswer.org' };
const envelope = (payload: object) => ({
  before: null,
  after: null,
  source: block,
  op: 'c',
  ts_ms: 1559033904863,
  ...payload,
});
const withSchema = (payload: object) => ({ schema, payload: envelope(payload) });

describe('a change of a PostgreSQL table', () => {
  test('a create has its row, key, position, time and transaction', () => {
    expect(changeIn(source, withSchema({ after: anne }))).toEqual({
      entity: 'public.customers',
      key: { id: 1 },
      op: 'create',
      after: anne,
      unavailable: [],
      position: '0000.1.00000000000024023119.00000000000024023128',
      identity: '0000.1.00000000000024023128',
      logPlace: {
        log: 'PostgreSQL_server',
        position: '00000000000024023119',
        signs: { time: '2019-05-28T08:58:24.863123000Z' },
      },
      occurredAt: '2019-05-28T08:58:24.863123Z',
      snapshot: false,
      transactionId: '555',
    });
  });

  test('with the default replica identity, the rest of a deleted row is not made up', () => {
    const before = { id: 1, first_name: '', last_name: '', email: '' };
    const change = changeIn(source, withSchema({ op: 'd', before }));
    expect(change).toMatchObject({ op: 'delete', key: { id: 1 }, before: { id: 1 } });
    expect(change.before).not.toHaveProperty('email');
    expect(change.after).toBeUndefined();
  });

  test('what stands in for the rest of a deleted row need not even be readable', () => {
    const declared = { key: ['id'], columns: { preferences: is.json(), born: is.date() } };
    const json = { ...source, entities: { 'public.customers': declared } };
    const change = changeIn(json, envelope({ op: 'd', before: { id: 1, preferences: '', born: '' } }));
    expect(change).toMatchObject({ op: 'delete', before: { id: 1 } });
  });

  test('with replica identity FULL the whole previous row is known', () => {
    const full = { ...source, beforeImage: 'full' as const };
    const change = changeIn(full, envelope({ op: 'u', before: { ...anne, first_name: 'Ann' }, after: anne }));
    expect(change.before).toEqual({ ...anne, first_name: 'Ann' });
  });

  test('a delete that carries no row at all is keyed by the record’s key', () => {
    const change = changeIn(source, envelope({ op: 'd' }), { key: { id: 1 } });
    expect(change).toMatchObject({ op: 'delete', key: { id: 1 } });
  });

  test('a changed primary key is a delete and a create that name each other', () => {
    const keySchema = { type: 'struct', fields: [{ type: 'int32', field: 'id' }] };
    const away = changeIn(source, withSchema({ op: 'd', before: { ...anne } }), {
      key: { schema: keySchema, payload: { id: 1 } },
      headers: { '__debezium.newkey': { schema: keySchema, payload: { id: 2 } } },
    });
    const here = changeIn(source, withSchema({ op: 'c', after: { ...anne, id: 2 } }), {
      headers: { '__debezium.oldkey': { id: 1 } },
    });
    expect(away).toMatchObject({ op: 'delete', key: { id: 1 }, keyChange: { to: { id: 2 } } });
    expect(here).toMatchObject({ op: 'create', key: { id: 2 }, keyChange: { from: { id: 1 } } });
  });

  test('a truncate is of the table and has no key', () => {
    expect(changeIn(source, envelope({ op: 't' }))).toMatchObject({
      op: 'truncate',
      key: {},
      entity: 'public.customers',
    });
  });

  test.each([
    true,
    'true',
    'first',
    'first_in_data_collection',
    'last_in_data_collection',
    'last',
    'incremental',
  ])('a read with snapshot %s sorts below every live change', snapshot => {
    const read = changeIn(
      source,
      envelope({ op: 'r', after: anne, source: { ...block, snapshot, lsn: 99999999 } }),
    );
    const live = changeIn(source, envelope({ after: anne, source: { ...block, snapshot: 'false', lsn: 1 } }));
    expect(read).toMatchObject({ op: 'read', snapshot: true });
    expect(live.snapshot).toBe(false);
    expect(read.position < live.position).toBe(true);
  });

  test('a snapshot that is written as creates is read all the same', () => {
    const change = changeIn(
      source,
      envelope({ op: 'c', after: anne, source: { ...block, snapshot: 'last' } }),
    );
    expect(change.op).toBe('read');
  });

  test('a later epoch sorts above everything before', () => {
    const before = changeIn(source, envelope({ after: anne }));
    const reread = changeIn(
      { ...source, epoch: 1 },
      envelope({ op: 'r', after: anne, source: { ...block, snapshot: true, lsn: 1 } }),
    );
    expect(reread.position > before.position).toBe(true);
  });

  test('positions compare as numbers do, whatever their length', () => {
    const at = (lsn: unknown) =>
      changeIn(source, envelope({ after: anne, source: { ...block, lsn } })).position;
    expect(at(9) < at(10)).toBe(true);
    expect(at(24023128) < at('18446744073709551615')).toBe(true);
  });

  test('a database time of zero gives way to the connector’s', () => {
    const change = changeIn(
      source,
      envelope({ after: anne, source: { ...block, ts_ms: 0, ts_us: 0, ts_ns: 0 } }),
    );
    expect(change.occurredAt).toBe('2019-05-28T08:58:24.863Z');
  });
});

describe('an unchanged TOAST value', () => {
  const placeholder = '__debezium_unavailable_value';
  const bytes = Buffer.from(placeholder);

  test.each([
    ['text', placeholder],
    ['bytes', bytes.toString('base64')],
    ['bytes in hex', bytes.toString('hex')],
    ['an array of text', [placeholder]],
    ['an array of bytes', [bytes.toString('base64')]],
    ['an array of integers', [...bytes]],
    ['an array of UUIDs', ['b68a35a7-17ad-35b3-af2a-ae46edb4545a']],
    ['an hstore', { [placeholder]: placeholder }],
    ['an hstore as JSON', JSON.stringify({ [placeholder]: placeholder })],
  ])('is named and never published, as %s', (_shape, email) => {
    const change = changeIn(source, envelope({ op: 'u', after: { ...anne, email } }));
    expect(change.unavailable).toEqual(['email']);
    expect(change.after).toEqual({ id: 1, first_name: 'Anne', last_name: 'Kretchmar' });
  });

  test('is known by the placeholder that the connector was given', () => {
    const own = { ...source, unavailableValue: '<toast>' };
    expect(changeIn(own, envelope({ op: 'u', after: { ...anne, email: '<toast>' } })).unavailable).toEqual([
      'email',
    ]);
    expect(changeIn(own, envelope({ op: 'u', after: { ...anne, email: placeholder } })).unavailable).toEqual(
      [],
    );
  });
});

describe('what is no change of a row', () => {
  test.each([
    ['an empty value', '', 'tombstone'],
    ['a null value', 'null', 'tombstone'],
    ['a null payload', { schema: null, payload: null }, 'tombstone'],
    ['a heartbeat', { ts_ms: 1559033904863 }, 'heartbeat'],
    [
      'the begin of a transaction',
      {
        status: 'BEGIN',
        id: '571:53195829',
        ts_ms: 1486500577125,
        event_count: null,
        data_collections: null,
      },
      'transaction-boundary',
    ],
    [
      'a logical decoding message',
      envelope({ op: 'm', message: { prefix: 'foo', content: 'Ymfy' } }),
      'log-message',
    ],
    [
      'a change of schema',
      {
        source: { connector: 'mysql' },
        ts_ms: 1,
        databaseName: 'inventory',
        ddl: 'ALTER TABLE customers …',
        tableChanges: [],
      },
      'schema-change',
    ],
  ])('%s is skipped', (_what, data, reason) => {
    expect(decodeJson(source, data)).toEqual(new Skipped(reason as never));
    // Debezium's own messages are never flattened; only a logical decoding message is an envelope.
    if (reason !== 'log-message' && reason !== 'tombstone')
      expect(decodeJson({ ...source, form: 'flattened' }, data)).toEqual(new Skipped(reason as never));
  });

  test('a tombstone of the flattened form may be all there is of a delete, and is not skipped', () => {
    expect(decodeJson({ ...source, form: 'flattened' }, 'null')).toMatchObject({
      code: 'UNDECODABLE_CHANGE',
      detail: expect.stringContaining('`delete.tombstone.handling.mode` to `rewrite`'),
    });
  });
});
