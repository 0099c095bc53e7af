import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { Skipped } from '#adapters/cdc-feed/core/change/change.ts';
import { changeIn, decodeJson } from './support.ts';

// Records as captured from DMS 3.5 (PostgreSQL to Kinesis) in the tests of https://github.com/crate/commons-codec
// (tests/transform/test_aws_dms.py); metadata as in
// https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Target.Kinesis.html

const source: is.DmsSource = {
  kind: 'dms',
  beforeImage: 'before-image',
  entities: {
    'public.foo': {
      key: ['id'],
      columns: { id: is.integer(), age: is.integer(), attributes: is.json(), name: is.text() },
    },
  },
};

const metadata = {
  'commit-timestamp': '2024-07-29T00:58:44.886717Z',
  operation: 'update',
  'partition-key-type': 'schema-table',
  'prev-transaction-id': 1139,
  'prev-transaction-record-id': 1,
  'record-type': 'data',
  'schema-name': 'public',
  'stream-position': '00000002/7C007328.2.00000002/7C007328',
  'table-name': 'foo',
  timestamp: '2024-07-29T00:58:44.895275Z',
  'transaction-id': 1140,
  'transaction-record-id': 1,
};
const data = { age: 33, attributes: '{"foo": "bar"}', id: 42, name: 'John' };

const streamPlace = (place: string) => `0000.1.K${place.padStart(56, '0')}.${'1'.padStart(20, '0')}`;

describe('a record of DMS', () => {
  test('an update has its row, and no previous one where the image is empty', () => {
    expect(changeIn(source, { 'before-image': {}, data, metadata })).toEqual({
      entity: 'public.foo',
      key: { id: 42 },
      op: 'update',
      after: { age: 33, attributes: { foo: 'bar' }, id: 42, name: 'John' },
      unavailable: [],
      position: `0000.1.L000000027C007328000000027C007328.${'0'.repeat(56)}.00000000000000000001`,
      identity: '0000.1140.1.2024-07-29T00:58:44.886717Z',
      occurredAt: '2024-07-29T00:58:44.886717Z',
      snapshot: false,
      transactionId: '1140',
    });
  });

  test('a changed key is told from the before-image', () => {
    const change = changeIn(source, { 'before-image': { id: 46 }, data: { ...data, id: 45 }, metadata });
    expect(change).toMatchObject({
      op: 'update',
      key: { id: 45 },
      before: { id: 46 },
      keyChange: { from: { id: 46 } },
    });
  });

  test('a delete knows of the row only what is not null', () => {
    const record = {
      data: { age: null, attributes: null, id: 45, name: null },
      metadata: { ...metadata, operation: 'delete' },
    };
    expect(changeIn(source, record)).toMatchObject({ op: 'delete', key: { id: 45 }, before: { id: 45 } });
  });

  test('a column left out is null, not unchanged', () => {
    const change = changeIn(source, { data: { id: 1 }, metadata: { ...metadata, operation: 'insert' } });
    expect(change.after).toEqual({ id: 1, age: null, attributes: null, name: null });
  });

  test('a column left out where nulls are written has vanished, and is not made up', () => {
    const record = { data: { id: 1, name: null }, metadata: { ...metadata, operation: 'insert' } };
    expect(changeIn({ ...source, nulls: 'written' }, record).after).toEqual({ id: 1, name: null });
  });

  test('a load is a snapshot read and sorts below every change', () => {
    const load = changeIn(source, {
      data,
      metadata: { ...metadata, operation: 'load', timestamp: '2030-01-01T00:00:00.000000Z' },
    });
    expect(load).toMatchObject({ op: 'read', snapshot: true });
    expect(load.position < changeIn(source, { data, metadata }).position).toBe(true);
  });

  test('positions of PostgreSQL compare before any time', () => {
    const at = (position: string | undefined, timestamp: string) =>
      changeIn(source, { data, metadata: { ...metadata, timestamp, 'stream-position': position } }).position;
    const inOrder = [
      at(undefined, '2027-07-29T00:58:44Z'),
      at('00000002/7C007178.3.00000002/7C007178', '2024-07-29T00:58:46Z'),
      at('00000002/7C007328.2.00000002/7C007328', '2024-07-29T00:58:44Z'),
      at('00000002/7c007329.2.00000002/7c007329', '2024-07-29T00:58:43Z'),
      at('00000003/00000000.2.00000002/7C007330', '2024-07-29T00:58:42Z'),
    ];
    expect(inOrder).toEqual([...new Set(inOrder)].sort());
  });

  test.each(['mysql-bin-changelog.000024:373', '0000000000A5B0F6.1.00000002', '', 7])(
    'a position of another form is not guessed at: %j',
    position => {
      const record = { data, metadata: { ...metadata, 'stream-position': position } };
      expect(changeIn(source, record, { streamSequence: '7' }).position).toBe(streamPlace('7'));
    },
  );

  test('a row of an outbox is ordered as DMS writes: by commits', () => {
    const entities = { 'public.foo': { key: ['id'], columns: {}, outbox: is.outboxColumns } };
    const row = { id: 'a', aggregatetype: 'T', aggregateid: '1', type: 'E', payload: null };
    const record = { data: row, metadata: { ...metadata, operation: 'insert' } };
    const { position } = changeIn({ ...source, entities }, record, { streamSequence: '7' });
    expect(position).toBe(streamPlace('7'));
  });

  test('without a position of PostgreSQL the stream decides, whatever the clock of DMS', () => {
    const { 'stream-position': _, ...without } = metadata;
    const at = (timestamp: string, streamSequence: string) =>
      changeIn(source, { data, metadata: { ...without, timestamp } }, { streamSequence }).position;
    const inOrder = [
      at('2024-07-29T00:58:44.100001Z', '3'),
      at('2024-07-29T00:58:44Z', '4'),
      at('2024-07-29T00:58:43.100Z', '5'),
      at('2024-07-29T00:58:44.100001Z', '20'),
    ];
    expect(inOrder).toEqual(inOrder.toSorted());
  });

  test('a place on the stream is newer than the times by which earlier versions ordered, and older than a position', () => {
    const { 'stream-position': _, ...without } = metadata;
    const place = changeIn(source, { data, metadata: without }, { streamSequence: '1' }).position;
    expect(place > '0000.1.2099-12-31T23:59:59.000000000Z.9').toBe(true);
    expect(place < changeIn(source, { data, metadata }, { streamSequence: '1' }).position).toBe(true);
  });

  test('a truncated table is one change without key', () => {
    const control = {
      control: {},
      metadata: { ...metadata, 'record-type': 'control', operation: 'truncate-table' },
    };
    expect(changeIn(source, control)).toMatchObject({ op: 'truncate', key: {} });
  });

  test.each([
    ['create-table', 'foo', 'control-record'],
    ['drop-table', 'foo', 'control-record'],
    ['add-column', 'elsewhere', 'control-record'],
    ['create-table', 'awsdms_apply_exceptions', 'replication-table'],
  ])('%s of %s is skipped', (operation, table, reason) => {
    const control = {
      control: {},
      metadata: { ...metadata, 'record-type': 'control', operation, 'table-name': table },
    };
    expect(decodeJson(source, control)).toEqual(new Skipped(reason as never));
  });

  test('rows of DMS’s own tables are skipped', () => {
    const record = { data, metadata: { ...metadata, 'schema-name': '', 'table-name': 'awsdms_status' } };
    expect(decodeJson(source, record)).toEqual(new Skipped('replication-table'));
  });

  test.each([
    ['no metadata', { data }, 'UNDECODABLE_CHANGE'],
    ['another table', { data, metadata: { ...metadata, 'table-name': 'bar' } }, 'UNKNOWN_ENTITY'],
    ['an unknown operation', { data, metadata: { ...metadata, operation: 'FOOBAR' } }, 'UNKNOWN_OPERATION'],
    ['no key', { data: { age: 1 }, metadata }, 'MISSING_KEY'],
    ['no data', { metadata }, 'MISSING_KEY'],
    ['no time', { data, metadata: { ...metadata, timestamp: 'now' } }, 'UNDECODABLE_CHANGE'],
  ])('%s is a fault', (_what, record, code) => {
    expect(decodeJson(source, record)).toMatchObject({ code });
  });
});
