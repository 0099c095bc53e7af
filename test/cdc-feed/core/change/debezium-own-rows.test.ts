import type { DebeziumSource } from '#adapters/cdc-feed/contract/cdc-source.ts';
import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { Skipped } from '#adapters/cdc-feed/core/change/change.ts';
import { changeIn, decodeJson } from './support.ts';

const source: DebeziumSource = {
  kind: 'debezium',
  connector: 'postgresql',
  entities: { 'public.t': { key: ['id'], columns: { id: is.integer(), v: is.decimal() } } },
};
const block = {
  ...{ version: '3.5.0.Final', connector: 'postgresql', name: 'crm', ts_ms: 1_767_225_600_000, db: 'crm' },
  ...{
    snapshot: 'false',
    sequence: '["1","2"]',
    schema: 'public',
    table: 't',
    txId: 5,
    lsn: 100,
    xmin: null,
  },
};
const record = (after: object | null, more: object = {}, before: object | null = null) => ({
  ...{ before, after, op: after ? 'c' : 'd', ts_ms: 1_767_225_601_000, transaction: null },
  source: { ...block, ...more },
});
const read = (id: number, streamSequence: string, sequence = '["24023100","24023128"]') =>
  changeIn(
    source,
    { ...record({ id, v: null }, { snapshot: 'incremental', txId: null, lsn: null, sequence }), op: 'r' },
    { streamSequence },
  );

describe('a read of an incremental snapshot of PostgreSQL', () => {
  it('is a change without a log position of its own, below every live change', () => {
    const live = changeIn(source, record({ id: 1, v: null }, { lsn: 1 }));
    const taken = read(1, '7');
    expect(taken).toMatchObject({ op: 'read', snapshot: true, key: { id: 1 } });
    expect(taken.position).toBe(`0000.0.${'24023128'.padStart(20, '0')}.${'7'.padStart(56, '0')}`);
    expect(taken.position < live.position).toBe(true);
  });

  it('is newer than reads before it, also where the log stood still, or tells nothing', () => {
    expect(read(1, '7').position < read(1, '8').position).toBe(true);
    expect(read(1, '9').position < read(1, '10', '["24023100","24023129"]').position).toBe(true);
    expect(read(1, '9', '[null,null]').position < read(1, '10').position).toBe(true);
  });
});

describe('a snapshot flag', () => {
  const flagged = (op: string, snapshot: string) =>
    changeIn(source, {
      ...record({ id: 1, v: null }, { snapshot }, { id: 1, v: null }),
      op,
    });

  it.each(['true', 'first', 'last', 'incremental'])('of %s makes a read of a create', flag => {
    expect(flagged('c', flag)).toMatchObject({ op: 'read', snapshot: true });
  });

  it.each(['true', 'last'])('of %s does not put an update or a delete below older live changes', flag => {
    const older = changeIn(source, record({ id: 1, v: null }, { lsn: 99 }));
    for (const op of ['u', 'd']) {
      expect(flagged(op, flag).snapshot).toBe(false);
      expect(flagged(op, flag).position > older.position).toBe(true);
    }
  });
});

describe('rows that Debezium writes for itself', () => {
  const signal = (after: object | null, before: object | null = null) =>
    decodeJson(source, record(after, { table: 'debezium_signal' }, before));

  it.each([
    ['the opening of a window', { id: 'x-open', type: 'snapshot-window-open', data: '{}' }, null],
    ['the closing of a window', { id: 'x-close', type: 'snapshot-window-close', data: null }, null],
    ['a signal', { id: 'a', type: 'execute-snapshot', data: '{"data-collections": []}' }, null],
    ['a deleted mark, of which the log has the key', null, { id: 'x-open', type: null, data: null }],
  ])('in its signal table are skipped: %s', (_, after, before) => {
    expect(signal(after, before)).toEqual(new Skipped('signal'));
  });

  it.each([
    ['with another number of columns', { id: 'a', type: 'log', data: '{}', more: 1 }],
    ['with a number for its id', { id: 1, type: 'log', data: '{}' }],
    ['with other content', { id: 'a', type: 'log', data: 'the door is open' }],
    ['of another type', { id: 'a', type: 'created', data: '{}' }],
  ])('are told from a row of a table that the contract does not name: %s', (_, after) => {
    expect(signal(after)).toMatchObject({ code: 'UNKNOWN_ENTITY' });
  });

  const ownMessages = [
    ['a schema change', 'schema-change', { databaseName: 'shop', ddl: 'CREATE TABLE', tableChanges: [] }],
    ['a heartbeat', 'heartbeat', { ts_ms: 1_767_225_600_000 }],
    [
      'the end of a transaction, with its schema',
      'transaction-boundary',
      {
        schema: { type: 'struct', fields: [] },
        payload: { status: 'END', id: '5', event_count: 1, data_collections: [] },
      },
    ],
    [
      'a notification',
      'notification',
      {
        ...{
          id: 'c485ccc3',
          aggregate_type: 'Snapshot Status',
          type: 'STARTED',
          timestamp: 1_767_225_600_000,
        },
        additional_data: { connector_name: 'crm' },
      },
    ],
  ] as const;

  it.each(ownMessages)('are skipped in every form: %s', (_, reason, data) => {
    for (const form of ['envelope', 'flattened', 'cloudevents'] as const)
      expect(decodeJson({ ...source, form }, data)).toEqual(new Skipped(reason));
  });

  it.each(ownMessages)('are skipped as structured CloudEvents too: %s', (_, reason, data) => {
    const event = { id: 'x', source: '/debezium/mysql/s', specversion: '1.0', type: 'io.debezium', data };
    expect(decodeJson({ ...source, form: 'cloudevents' }, event)).toMatchObject({ reason });
  });
});

describe('a NUMERIC without a scale', () => {
  const readV = (type: is.ColumnType, v: unknown) =>
    changeIn(
      { ...source, entities: { 'public.t': { key: ['id'], columns: { id: is.integer(), v: type } } } },
      record({ id: 1, v }),
    ).after?.v;

  it('is its exact number without a schema, wherever it stands', () => {
    expect(readV(is.decimal(), { scale: 4, value: 'D3J5' })).toBe('101.2345');
    expect(readV(is.decimal({ scale: 6 }), { scale: 4, value: 'D3J5' })).toBe('101.234500');
    expect(readV(is.array(is.decimal()), [{ scale: 0, value: 'Kg==' }, null])).toEqual(['42', null]);
    expect(readV(is.integer(), { scale: 0, value: 'Kg==' })).toBe(42);
    expect(readV(is.decimal(), { scale: -2, value: '/w==' })).toBe('-100');
  });

  it.each([
    ['more digits than its column has', is.decimal({ scale: 2 }), { scale: 4, value: 'D3J5' }],
    ['no scale', is.decimal(), { value: 'D3J5' }],
    ['no bytes', is.decimal(), { scale: 4, value: '' }],
    ['a fraction for an integer', is.integer(), { scale: 4, value: 'D3J5' }],
  ])('is a fault with %s', (_, type, v) => {
    const entities = { 'public.t': { key: ['id'], columns: { id: is.integer(), v: type } } };
    expect(decodeJson({ ...source, entities }, record({ id: 1, v }))).toMatchObject({
      code: 'UNDECODABLE_CHANGE',
      at: { column: 'v' },
    });
  });
});

describe('a tombstone of the flattened form', () => {
  const flattened = { ...source, form: 'flattened' } as const;

  it('follows a delete where the contract says so, and is skipped', () => {
    const named = { ...flattened, flattenedDeletes: 'rewrite-with-tombstone' } as const;
    expect(decodeJson(named, '')).toEqual(new Skipped('tombstone'));
    const deleted = { id: 1, __op: 'd', __deleted: 'true', __table: 't', __lsn: 101, __source_ts_ms: 1 };
    expect(changeIn(named, deleted)).toMatchObject({ op: 'delete', key: { id: 1 } });
  });

  it('may be all that is left of a delete elsewhere, and is a fault that names the setting', () => {
    expect(decodeJson(flattened, '')).toMatchObject({
      code: 'UNDECODABLE_CHANGE',
      detail: expect.stringContaining('rewrite-with-tombstone'),
    });
  });
});
