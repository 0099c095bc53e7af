import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { changeIn, decodeJson } from './support.ts';

// The connector is set otherwise than the contract says, and the record shows it.

type Source = is.DebeziumSource;
const block = { connector: 'postgresql', name: 's', ts_ms: 1_767_225_600_000, snapshot: 'false', lsn: 100 };
const record = (v: unknown, field?: object) => {
  const payload = {
    ...{ before: null, op: 'c', ts_ms: 1, source: { ...block, schema: 'd', table: 't' } },
    after: { id: 1, v },
  };
  if (!field) return payload;
  const row = {
    type: 'struct',
    fields: [
      { field: 'id', type: 'int64' },
      { field: 'v', ...field },
    ],
    field: 'after',
  };
  return { schema: { type: 'struct', fields: [row] }, payload };
};
const source = (v: is.ColumnType, more: Partial<Source> = {}): Source => ({
  ...{ kind: 'debezium', connector: 'postgresql', ...more },
  entities: { 'd.t': { key: ['id'], columns: { id: is.integer(), v } } },
});

const faultOf = (
  type: is.ColumnType,
  v: unknown,
  { field, ...more }: Partial<Source> & { readonly field?: object } = {},
) => decodeJson(source(type, more), record(v, field));
const readAs = (
  type: is.ColumnType,
  v: unknown,
  { field, ...more }: Partial<Source> & { readonly field?: object } = {},
) => changeIn(source(type, more), record(v, field)).after?.v;

const decimal = is.decimal({ scale: 4 });
const double = { type: 'double' };
/** 2026-01-01T00:00:00Z */
const millis = 1_767_225_600_000;

describe('a fault names the setting', () => {
  it.each<[string, is.ColumnType, unknown, object | undefined, string]>([
    [
      'doubles for decimals, beyond 15 digits',
      decimal,
      12345678901234.568,
      undefined,
      'decimal.handling.mode',
    ],
    ['the same with an exponent', decimal, '__1.2345678901234567E13', undefined, 'decimal.handling.mode'],
    ['the same with a schema', decimal, 12345678901234.568, double, 'decimal.handling.mode'],
    ['base64 for decimals in text', is.decimal(), 'D3J5', { type: 'string' }, 'not a number'],
    [
      'microseconds for milliseconds',
      is.timestamp('millis'),
      millis * 1_000,
      undefined,
      'time.precision.mode',
    ],
    [
      'nanoseconds for milliseconds',
      is.timestamp('millis'),
      `__${millis}000000`,
      undefined,
      'time.precision.mode',
    ],
    [
      'nanoseconds for microseconds',
      is.timestamp('micros'),
      `__${millis}000000`,
      undefined,
      'time.precision.mode',
    ],
    ['milliseconds for days', is.date(), millis, undefined, 'a date that no database can hold'],
    ['hex for base64', is.bytes(), 'deadbeef00112233', undefined, 'binary.handling.mode'],
  ])('%s', (_, type, v, field, detail) => {
    const text = JSON.stringify(record(v, field)).replace(/"__([^"]*)"/, '$1');
    expect(decodeJson(source(type), text)).toMatchObject({
      code: 'UNDECODABLE_CHANGE',
      at: { column: 'v' },
      detail: expect.stringContaining(detail),
    });
  });
});

describe('a value that says nothing of the settings is read as the contract says', () => {
  it.each<[string, is.ColumnType, unknown, unknown]>([
    ['a short number for a decimal', decimal, 10.25, '10.2500'],
    ['a long whole number, as Oracle has it', is.decimal(), 1234567890123456, '1234567890123456'],
    ['a time of now', is.timestamp('millis'), millis, '2026-01-01T00:00:00.000Z'],
    ['a time of 1970', is.timestamp('micros'), millis, '1970-01-21T10:53:45.600Z'],
    ['a time far in the future', is.timestamp('millis'), 300_000_000_000_000, '+011476-08-15T05:20:00.000Z'],
    ['bytes of base64', is.bytes(), 'deadbeef', 'deadbeef'],
    ['bytes of base64 with capitals', is.bytes(), 'deadbeef0011223A', 'deadbeef0011223A'],
  ])('%s', (_, type, v, value) => {
    expect(readAs(type, v)).toBe(value);
  });

  it('of a mode that the contract names', () => {
    expect(readAs(decimal, 12345678901234.568, { decimals: 'double' })).toBe('12345678901234.5680');
    expect(readAs(decimal, 12345678901234.568, { decimals: 'double', field: double })).toBe(
      '12345678901234.5680',
    );
    expect(readAs(is.bytes(), 'deadbeef00112233', { binary: 'hex' })).toBe('3q2+7wARIjM=');
  });

  it('but for a scale that the schema names', () => {
    const field = {
      type: 'bytes',
      name: 'org.apache.kafka.connect.data.Decimal',
      parameters: { scale: '4' },
    };
    expect(readAs(is.decimal({ scale: 4 }), 'D3J5', { field })).toBe('101.2345');
    expect(faultOf(is.decimal({ scale: 2 }), 'D3J5', { field })).toMatchObject({
      detail: 'more fraction digits than the scale of 2',
    });
  });
});
