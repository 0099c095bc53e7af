import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { columnReader } from '#adapters/cdc-feed/core/change/column.ts';
import { Unreadable } from '#adapters/cdc-feed/core/change/unreadable.ts';
import { limits } from '#shared/contract/limits.ts';
import { dms } from './ranges/dms.ts';
import { dynamodb } from './ranges/dynamodb.ts';
import { mongodb } from './ranges/mongodb.ts';
import { mysql } from './ranges/mysql.ts';
import { oracle } from './ranges/oracle.ts';
import { postgresql } from './ranges/postgresql.ts';
import type { RangeCase } from './ranges/range-case.ts';
import { sqlserver } from './ranges/sqlserver.ts';
import { changeIn, decodeJson } from './support.ts';

// Every type of every connector at both ends of what its database documents.

const entityOf = (type: is.ColumnType): is.Entity => ({
  key: ['id'],
  columns: { id: is.integer(), v: type },
});

interface Log {
  readonly connector: Exclude<is.Connector, 'mongodb'>;
  readonly entity: string;
  readonly block: object;
  readonly cases: readonly RangeCase[];
}

const logs: readonly Log[] = [
  {
    connector: 'postgresql',
    entity: 's.t',
    block: { schema: 's', table: 't', lsn: 1 },
    cases: postgresql,
  },
  {
    connector: 'mysql',
    entity: 'd.t',
    block: { db: 'd', table: 't', file: 'bin.000001', pos: 4, row: 0 },
    cases: mysql,
  },
  {
    connector: 'mariadb',
    entity: 'd.t',
    block: { db: 'd', table: 't', file: 'bin.000001', pos: 4, row: 0 },
    cases: mysql,
  },
  {
    connector: 'sqlserver',
    entity: 's.t',
    block: {
      schema: 's',
      table: 't',
      commit_lsn: '0000002a:000001b8:0003',
      change_lsn: '0000002a:000001b8:0002',
    },
    cases: sqlserver,
  },
  {
    connector: 'oracle',
    entity: 'S.T',
    block: { schema: 'S', table: 'T', scn: '1', commit_scn: '2' },
    cases: oracle,
  },
];

/** A row as JsonConverter writes it, with `schemas.enable` or without. */
function record({ block }: Log, { schema, json }: RangeCase, hasSchema: boolean): string {
  const payload = `{"before":null,"after":{"id":1,"v":${json}},"op":"c","ts_ms":1,
    "source":${JSON.stringify({ ts_ms: 1, snapshot: 'false', ...block })}}`;
  if (!hasSchema) return payload;
  const fields = [
    { field: 'id', type: 'int32' },
    { ...schema, field: 'v' },
  ];
  const envelope = { type: 'struct', fields: [{ type: 'struct', fields, field: 'after' }] };
  return `{"schema":${JSON.stringify(envelope)},"payload":${payload}}`;
}

describe.each(logs)('$connector', log => {
  const read = (found: RangeCase, hasSchema: boolean): unknown =>
    changeIn(
      {
        kind: 'debezium',
        connector: log.connector,
        entities: { [log.entity]: entityOf(found.type) },
      },
      record(log, found, hasSchema),
    ).after?.v;

  it.each(log.cases)('$name', found => {
    expect(read(found, true)).toEqual(found.expected);
    expect(read(found, false)).toEqual(found.expected);
  });
});

describe('MongoDB', () => {
  it.each(mongodb)('$name', ({ type, json, expected }) => {
    const payload = {
      ...{ before: null, after: `{"_id":1,"v":${json}}`, op: 'c', ts_ms: 1 },
      source: { db: 'd', collection: 'c', ts_ms: 1_000, ord: 1, snapshot: 'false' },
    };
    const entity: is.Entity = { key: ['_id'], columns: { _id: is.integer(), v: type } };
    const source: is.CdcSource = { kind: 'debezium', connector: 'mongodb', entities: { 'd.c': entity } };
    expect(changeIn(source, payload).after?.v).toEqual(expected);
  });
});

describe('DMS', () => {
  it.each(dms)('$name', ({ type, json, expected }) => {
    const record = `{"data":{"id":1,"v":${json}},"metadata":{"record-type":"data","operation":"insert",
      "schema-name":"s","table-name":"t","timestamp":"2018-06-20T15:13:17.000001Z"}}`;
    expect(changeIn({ kind: 'dms', entities: { 's.t': entityOf(type) } }, record).after?.v).toEqual(expected);
  });
});

describe('DynamoDB', () => {
  it.each(dynamodb)('$name', ({ type, json, expected }) => {
    const record = `{"eventName":"INSERT","dynamodb":{"ApproximateCreationDateTime":1,"SequenceNumber":"1",
      "Keys":{"id":{"N":"1"}},"NewImage":{"id":{"N":"1"},"v":${json}}}}`;
    const source: is.CdcSource = { kind: 'dynamodb', form: 'streams', entities: { t: entityOf(type) } };
    expect(changeIn(source, record).after?.v).toEqual(expected);
  });
});

describe('beyond its range', () => {
  const encodings = { decimals: 'precise', binary: 'bytes' } as const;

  it.each<[string, is.ColumnType, unknown]>([
    ['an unsigned integer of 65 bits', is.integer({ unsigned: true }), '18446744073709551616'],
    ['an unsigned integer below 64 bits', is.integer({ unsigned: true }), '-9223372036854775809'],
    ['an exponent that no type has', is.decimal(), '1E+6201'],
    ['a scale that no type has', is.decimal(), { scale: 16_384, value: 'AQ==' }],
    ['a day that no database has', is.date(), '400000000001'],
    ['an interval where a time is', is.time('micros'), { years: 1, hours: 2 }],
    ['a day where a time is', is.time('micros'), { year: 2018, month: 6, day: 20 }],
    ['a time where a day is', is.date(), { hour: 1, minute: 0, second: 0 }],
    ['the 29th of February of a year without it', is.date(), '5874897-02-29'],
  ])('%s is a fault', (_what, type, raw) => {
    expect(columnReader(type, { ...encodings, decimals: 'string' })(raw as never)).toBeInstanceOf(Unreadable);
  });

  it('an array whose values would be larger than any event is a fault, before all of them are written out', () => {
    const read = columnReader(is.array(is.decimal()), { ...encodings, decimals: 'string' });
    const few = Math.floor(limits.changeArrayCharactersMax / 6_145);
    expect(read(Array(few).fill('1E+6144'))).toHaveLength(few);
    expect(read(Array(few + 1).fill('1E+6144'))).toBeInstanceOf(Unreadable);
  });

  it('a decimal of a record with its schema is an integer where the contract says so', () => {
    const [log] = logs.filter(({ connector }) => connector === 'oracle');
    const [found] = oracle.filter(({ name }) => name.startsWith('NUMBER(38)'));
    if (!log || !found) throw new Error('no such case');
    const source: is.CdcSource = {
      ...{ kind: 'debezium', connector: 'oracle' },
      entities: { 'S.T': entityOf(is.integer()) },
    };
    expect(changeIn(source, record(log, found, true)).after?.v).toBe(found.expected);
    expect(decodeJson(source, record(log, found, false))).toMatchObject({ at: { column: 'v' } });
  });
});
