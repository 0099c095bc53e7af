import fc from 'fast-check';
import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { isChange, isSkipped } from '#adapters/cdc-feed/core/change/change.ts';
import { decoder } from '#adapters/cdc-feed/core/change/decode.ts';
import { bytesOf, decodeJson } from './support.ts';

const entities = {
  'public.t': { key: ['id'], columns: { price: is.decimal() } },
  t: { key: ['id'], columns: {} },
};
const envelope: is.DebeziumSource = { kind: 'debezium', connector: 'postgresql', entities };
const sources: readonly is.CdcSource[] = [
  envelope,
  { ...envelope, form: 'flattened' },
  { ...envelope, form: 'cloudevents' },
  { ...envelope, connector: 'mongodb' },
  { kind: 'dms', entities, beforeImage: 'bi' },
  { kind: 'dynamodb', form: 'streams', entities },
  { kind: 'dynamodb', form: 'kinesis', entities },
];

const block = { connector: 'postgresql', ts_ms: 1, snapshot: false, schema: 'public', table: 't', lsn: 1 };
const good = { before: null, after: { id: 1 }, source: block, op: 'c', ts_ms: 1 };

describe('bad records', () => {
  test.each<[string, unknown, object]>([
    ['not JSON', '{"before":', { code: 'UNDECODABLE_CHANGE', detail: 'not JSON' }],
    ['an array', '[]', { code: 'UNDECODABLE_CHANGE' }],
    ['a number', '1.5', { code: 'UNDECODABLE_CHANGE' }],
    ['no envelope', { id: 1 }, { code: 'UNDECODABLE_CHANGE' }],
    ['an unknown operation', { ...good, op: 'x' }, { code: 'UNKNOWN_OPERATION' }],
    ['an operation named like a method', { ...good, op: 'constructor' }, { code: 'UNKNOWN_OPERATION' }],
    ['an unknown table', { ...good, source: { ...block, table: 'other' } }, { code: 'UNKNOWN_ENTITY' }],
    [
      'a table named like a method',
      { ...good, source: { ...block, schema: '__proto__', table: 'x' } },
      { code: 'UNKNOWN_ENTITY' },
    ],
    ['a row without its key', { ...good, after: { other: 1 } }, { code: 'MISSING_KEY' }],
    ['a null key', { ...good, after: { id: null } }, { code: 'MISSING_KEY' }],
    ['a create without row', { ...good, after: null, before: { id: 1 } }, { code: 'UNDECODABLE_CHANGE' }],
    ['a row that is text', { ...good, after: 'row' }, { code: 'UNDECODABLE_CHANGE' }],
    ['no position', { ...good, source: { ...block, lsn: null } }, { code: 'UNDECODABLE_CHANGE' }],
    [
      'a position that is no number',
      { ...good, source: { ...block, lsn: '1","x":"' } },
      { code: 'UNDECODABLE_CHANGE' },
    ],
    ['no time', { ...good, ts_ms: null, source: { ...block, ts_ms: null } }, { code: 'UNDECODABLE_CHANGE' }],
    [
      'a base64 decimal whose scale nobody says',
      { ...good, after: { id: 1, price: 'D3J5' } },
      { code: 'UNKNOWN_COLUMN_TYPE', at: { column: 'price' } },
    ],
  ])('%s is a fault', (_what, data, expected) => {
    expect(decodeJson(envelope, data)).toMatchObject(expected);
  });

  test('bytes that are not UTF-8 are a fault', () => {
    expect(decoder(envelope)({ data: Uint8Array.of(0x22, 0xff, 0x22) })).toMatchObject({
      detail: 'not UTF-8',
    });
  });

  test('a record nested without end is a fault, not a crash', () => {
    const deep = `${'['.repeat(100_000)}1.5${']'.repeat(100_000)}`;
    const data = `{"before":null,"after":{"id":1,"v":${deep}},"source":${JSON.stringify(block)},"op":"c"}`;
    expect(decodeJson(envelope, data)).toMatchObject({ code: 'UNDECODABLE_CHANGE' });
  });

  test('a value that cannot become text crashes nothing', () => {
    const odd = { toString: 0, valueOf: 0 };
    const records = [
      { id: 1, __op: 'u', __deleted: odd, __lsn: odd },
      { data: { id: 1 }, metadata: { operation: odd, 'table-name': odd, 'schema-name': odd } },
      { ...good, source: { ...block, lsn: odd, table: odd } },
      { schema: { type: 'struct', fields: [{ field: odd }] }, payload: good },
    ];
    for (const record of records)
      for (const source of sources) expect(decodeJson(source, record)).toHaveProperty('code');
  });

  test('a column named __proto__ is a column', () => {
    const data = `{"after":{"id":1,"__proto__":{"admin":true}},"source":${JSON.stringify(block)},"op":"c"}`;
    const decoded = decodeJson(envelope, data);
    expect(isChange(decoded) && Object.keys(decoded.after!)).toEqual(['id', '__proto__']);
  });
});

describe('any record', () => {
  const hasOneFate = (data: Uint8Array): void => {
    for (const source of sources) {
      const decoded = decoder(source)({ data });
      expect([isChange(decoded), isSkipped(decoded), 'code' in decoded].filter(Boolean)).toHaveLength(1);
    }
  };

  test('of any bytes has one fate and never throws', () => {
    fc.assert(fc.property(fc.uint8Array(), hasOneFate));
  });

  test('of any JSON has one fate and never throws', () => {
    fc.assert(fc.property(fc.json(), json => hasOneFate(bytesOf(json))));
  });

  test('damaged in any one value has one fate and never throws', () => {
    const wholes = [
      {
        schema: { type: 'struct', fields: [{ field: 'after', fields: [{ field: 'id', type: 'int32' }] }] },
        payload: good,
      },
      good,
      { id: 1, __op: 'u', __lsn: '5', __table: 't', __source_ts_ms: '1' },
      {
        iodebeziumop: 'r',
        iodebeziumtable: 't',
        iodebeziumlsn: '1',
        iodebeziumtsms: '1',
        data: { after: { id: 1 } },
      },
      {
        data: { id: 1 },
        metadata: {
          operation: 'insert',
          'record-type': 'data',
          'schema-name': 'public',
          'table-name': 't',
          timestamp: '2024-07-29T00:58:44Z',
        },
      },
      {
        eventName: 'INSERT',
        tableName: 't',
        dynamodb: {
          Keys: { id: { N: '1' } },
          NewImage: { id: { N: '1' } },
          ApproximateCreationDateTime: 1,
          SequenceNumber: '1',
        },
      },
    ];
    const damage = fc.tuple(fc.constantFrom(...wholes), fc.nat(40), fc.jsonValue());
    fc.assert(fc.property(damage, ([whole, at, value]) => hasOneFate(bytesOf(damaged(whole, at, value)))));
  });
});

/** The same with its nth part, counted from the top, replaced. */
function damaged(whole: unknown, at: number, value: unknown): unknown {
  let count = 0;
  return JSON.parse(JSON.stringify(whole), (_name, part) => (count++ === at ? value : part));
}
