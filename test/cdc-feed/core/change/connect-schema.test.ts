import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { changeIn, decodeJson } from './support.ts';

// "Data type mappings" of https://debezium.io/documentation/reference/stable/connectors/postgresql.html and …/mysql.html

const entity = (columns: is.Entity['columns'] = {}): is.DebeziumSource => ({
  kind: 'debezium',
  connector: 'postgresql',
  beforeImage: 'full',
  entities: { 'public.t': { key: ['id'], columns } },
});

/** A record of one column `v`; the value is JSON text. */
function record(field: object, json: string): string {
  const row = {
    type: 'struct',
    fields: [
      { field: 'id', type: 'int32' },
      { ...field, field: 'v' },
    ],
  };
  const schema = { type: 'struct', fields: [{ ...row, field: 'after' }] };
  return `{"schema":${JSON.stringify(schema)},"payload":{"before":null,"after":{"id":1,"v":${json}},"op":"c","ts_ms":1,
    "source":{"connector":"postgresql","ts_ms":1,"snapshot":"false","schema":"public","table":"t","lsn":1}}}`;
}

const read = (field: object, json: string, declared?: is.ColumnType): unknown =>
  changeIn(entity(declared ? { v: declared } : {}), record(field, json)).after!.v;

const named = (type: string, name: string, parameters?: object) => ({
  type,
  name,
  ...(parameters && { parameters }),
});
const decimal = (scale: string) => named('bytes', 'org.apache.kafka.connect.data.Decimal', { scale });

describe('a value by the schema that came with it', () => {
  test.each<[string, object, string, unknown]>([
    ['int32', { type: 'int32' }, '-5', -5],
    ['int64 beyond 2^53', { type: 'int64' }, '9223372036854775807', '9223372036854775807'],
    ['boolean', { type: 'boolean' }, 'false', false],
    ['string', { type: 'string' }, '"a"', 'a'],
    ['bytes', { type: 'bytes' }, '"AQID"', 'AQID'],
    ['double', { type: 'double' }, '1.50', '1.5'],
    ['double, large', { type: 'double' }, '1.0E25', '10000000000000000000000000'],
    ['NaN', { type: 'double' }, '"NaN"', 'NaN'],
    ['Decimal', decimal('4'), '"D3J5"', '101.2345'],
    ['Decimal, negative', decimal('2'), '"/h3G"', '-1234.50'],
    ['Decimal of scale 0', decimal('0'), '"AP//////////"', '18446744073709551615'],
    ['Decimal written as number', decimal('2'), '12.5', '12.50'],
    [
      'VariableScaleDecimal',
      named('struct', 'io.debezium.data.VariableScaleDecimal'),
      '{"scale":3,"value":"AMG5"}',
      '49.593',
    ],
    ['Date', named('int32', 'io.debezium.time.Date'), '17702', '2018-06-20'],
    ['Time', named('int32', 'io.debezium.time.Time'), '54796945', '15:13:16.945'],
    ['MicroTime', named('int64', 'io.debezium.time.MicroTime'), '54796945104', '15:13:16.945104'],
    ['NanoTime', named('int64', 'io.debezium.time.NanoTime'), '54796000000001', '15:13:16.000000001'],
    ['Timestamp', named('int64', 'io.debezium.time.Timestamp'), '1529507596945', '2018-06-20T15:13:16.945Z'],
    [
      'MicroTimestamp',
      named('int64', 'io.debezium.time.MicroTimestamp'),
      '1529507596945104',
      '2018-06-20T15:13:16.945104Z',
    ],
    [
      'NanoTimestamp',
      named('int64', 'io.debezium.time.NanoTimestamp'),
      '1529507596945104001',
      '2018-06-20T15:13:16.945104001Z',
    ],
    [
      'MicroTimestamp, infinite',
      named('int64', 'io.debezium.time.MicroTimestamp'),
      '9223372036825200000',
      'infinity',
    ],
    [
      'ZonedTimestamp',
      named('string', 'io.debezium.time.ZonedTimestamp'),
      '"2018-06-20T15:13:16.945104+02:00"',
      '2018-06-20T13:13:16.945104Z',
    ],
    ['ZonedTime', named('string', 'io.debezium.time.ZonedTime'), '"10:15:30Z"', '10:15:30Z'],
    [
      'IsoTimestamp',
      named('string', 'io.debezium.time.IsoTimestamp'),
      '"2018-06-20T15:13:16Z"',
      '2018-06-20T15:13:16.000Z',
    ],
    ['MicroDuration', named('int64', 'io.debezium.time.MicroDuration'), '37091106000000', 'PT37091106S'],
    ['Interval', named('string', 'io.debezium.time.Interval'), '"P1Y2M3DT4H5M6.78S"', 'P1Y2M3DT4H5M6.78S'],
    ['Year', named('int32', 'io.debezium.time.Year'), '2018', 2018],
    ['Bits', named('bytes', 'io.debezium.data.Bits', { length: '7' }), '"QA=="', '1000000'],
    [
      'Json',
      named('string', 'io.debezium.data.Json'),
      '"{\\"b\\":1.10,\\"a\\":[9007199254740993]}"',
      { a: ['9007199254740993'], b: 1.1 },
    ],
    ['Xml', named('string', 'io.debezium.data.Xml'), '"<a/>"', '<a/>'],
    [
      'Uuid',
      named('string', 'io.debezium.data.Uuid'),
      '"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"',
      'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
    ],
    ['Enum', named('string', 'io.debezium.data.Enum', { allowed: 'a,b' }), '"b"', 'b'],
    ['array of Decimals', { type: 'array', items: decimal('1') }, '["Dw==",null]', ['1.5', null]],
    ['map', { type: 'map', keys: { type: 'string' }, values: { type: 'string' } }, '{"a":"1"}', { a: '1' }],
    [
      'StructuredTimestamp',
      named('struct', 'io.debezium.time.StructuredTimestamp'),
      '{"year":2018,"month":6,"day":20,"hour":15,"minute":0,"second":0,"picoseconds":0,"specialValue":null}',
      '2018-06-20T15:00:00.000Z',
    ],
    [
      'StructuredZonedTimestamp of a precision and a column',
      named('struct', 'io.debezium.time.StructuredZonedTimestampPrecision6SourceColumn7570'),
      '{"year":2018,"month":6,"day":20,"hour":15,"minute":0,"second":0,"picoseconds":0,"offsetSeconds":3600}',
      '2018-06-20T14:00:00.000Z',
    ],
    [
      'StructuredDate',
      named('struct', 'io.debezium.time.StructuredDate'),
      '{"year":2018,"month":6,"day":20}',
      '2018-06-20',
    ],
    [
      'map whose keys are no text',
      { type: 'map', keys: { type: 'int16' }, values: { type: 'string' } },
      '[[1,"a"],[2,"b"]]',
      [
        [1, 'a'],
        [2, 'b'],
      ],
    ],
    [
      'SparseDoubleVector',
      named('struct', 'io.debezium.data.SparseDoubleVector'),
      '{"dimensions":5,"vector":[[1,10],[3,30.5]]}',
      {
        dimensions: 5,
        vector: [
          [1, 10],
          [3, 30.5],
        ],
      },
    ],
    [
      'Point',
      {
        ...named('struct', 'io.debezium.data.geometry.Point'),
        fields: [
          { field: 'x', type: 'double' },
          { field: 'y', type: 'double' },
          { field: 'wkb', type: 'bytes' },
          { field: 'srid', type: 'int32' },
        ],
      },
      '{"x":1.5,"y":2.0,"wkb":"AQEAAAAAAAAAAAD4PwAAAAAAAABA","srid":null}',
      { x: '1.5', y: '2', wkb: 'AQEAAAAAAAAAAAD4PwAAAAAAAABA', srid: null },
    ],
    [
      'Kafka Connect’s Timestamp',
      named('int64', 'org.apache.kafka.connect.data.Timestamp'),
      '0',
      '1970-01-01T00:00:00.000Z',
    ],
  ])('%s', (_name, field, json, expected) => {
    expect(read(field, json)).toEqual(expected);
    expect(read(field, 'null')).toBeNull();
  });

  test('what only the contract knows refines it', () => {
    expect(read({ type: 'int64' }, '-1', is.integer({ unsigned: true }))).toBe('18446744073709551615');
    expect(read({ type: 'string' }, '"{\\"a\\":1}"', is.json())).toEqual({ a: 1 });
    expect(read({ type: 'string' }, '"12.5"', is.decimal({ scale: 2 }))).toBe('12.50');
    expect(read({ type: 'int16' }, '1', is.boolean())).toBe(true);
    expect(
      read(named('int32', 'io.debezium.time.Date'), '0', is.date('days', { epochIsNull: true })),
    ).toBeNull();
    expect(read(named('int32', 'io.debezium.time.Date'), '0', is.date())).toBe('1970-01-01');
  });

  test.each<[string, object, string, string]>([
    ['truncated base64', decimal('2'), '"D3J5A"', 'UNDECODABLE_CHANGE'],
    [
      'a decimal without scale',
      named('bytes', 'org.apache.kafka.connect.data.Decimal'),
      '"D3J5"',
      'UNKNOWN_COLUMN_TYPE',
    ],
    [
      'a semantic type that is not known',
      named('int64', 'com.example.Custom'),
      '5417234',
      'UNKNOWN_COLUMN_TYPE',
    ],
    ['text where a number was announced', { type: 'int32' }, '"five"', 'UNDECODABLE_CHANGE'],
    [
      'an impossible time',
      named('string', 'io.debezium.time.ZonedTimestamp'),
      '"2018-02-30T00:00:00Z"',
      'UNDECODABLE_CHANGE',
    ],
    [
      'a JSON column that is no JSON',
      named('string', 'io.debezium.data.Json'),
      '"{secret"',
      'UNDECODABLE_CHANGE',
    ],
    [
      'a scale beyond reason',
      named('struct', 'io.debezium.data.VariableScaleDecimal'),
      '{"scale":1000000000,"value":"AQ=="}',
      'UNDECODABLE_CHANGE',
    ],
  ])('%s is a fault that names the column and keeps the value to itself', (_name, field, json, code) => {
    const decoded = decodeJson(entity(), record(field, json));
    expect(decoded).toMatchObject({ code, at: { column: 'v' } });
    expect(JSON.stringify(decoded)).not.toContain(json.slice(1, -1));
  });
});
