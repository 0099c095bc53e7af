import * as is from '../../contract/cdc-source.ts';
import { type ColumnReader, columnReader, readJson } from './column.ts';
import { isObject, type JsonObject } from './lossless-json.ts';
import { plainValue } from './plain-value.ts';
import { readBits, readDecimal, readVariableScale } from './scalar.ts';
import { Unreadable } from './unreadable.ts';

/** A reader of a semantic type, given the field's schema. Null never reaches it. */
type ReaderOf = (schema: JsonObject) => ColumnReader;

const withoutEncodings = { decimals: 'precise', binary: 'base64' } as const;

const asColumn = (type: is.ColumnType): ReaderOf => {
  const read = columnReader(type, withoutEncodings);
  return () => read;
};

const parameter = (schema: JsonObject, name: string): number | undefined => {
  const value = isObject(schema.parameters) ? schema.parameters[name] : undefined;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined;
};

/** `{dimensions, vector}`: the positions that are not zero, as pairs with their values; the same as without a schema. */
const readSparseVector: ColumnReader = raw =>
  isObject(raw) && Array.isArray(raw.vector) && typeof raw.dimensions === 'number'
    ? plainValue(raw)
    : new Unreadable('not a sparse vector');

/** Debezium's and Kafka Connect's semantic types; source: "Data type mappings" of each connector's documentation. */
export const semanticTypes: Readonly<Record<string, ReaderOf>> = {
  'org.apache.kafka.connect.data.Decimal': schema => {
    const scale = parameter(schema, 'scale');
    return raw => readDecimal(raw, scale, 'precise');
  },
  'org.apache.kafka.connect.data.Date': asColumn(is.date('days')),
  'org.apache.kafka.connect.data.Time': asColumn(is.time('millis')),
  'org.apache.kafka.connect.data.Timestamp': asColumn(is.timestamp('millis')),
  'io.debezium.data.VariableScaleDecimal': () => readVariableScale,
  'io.debezium.data.Bits': schema => {
    const length = parameter(schema, 'length') ?? 2_147_483_647;
    return raw => readBits(raw, length);
  },
  'io.debezium.data.Json': () => readJson,
  'io.debezium.data.Xml': asColumn(is.text()),
  'io.debezium.data.Uuid': asColumn(is.uuid()),
  'io.debezium.data.Enum': asColumn(is.text()),
  'io.debezium.data.EnumSet': asColumn(is.text()),
  'io.debezium.data.Ltree': asColumn(is.text()),
  'io.debezium.data.Tsvector': asColumn(is.text()),
  'io.debezium.data.FloatVector': asColumn(is.array(is.float())),
  'io.debezium.data.DoubleVector': asColumn(is.array(is.float())),
  'io.debezium.data.SparseDoubleVector': () => readSparseVector,
  'io.debezium.data.SparseFloatVector': () => readSparseVector,
  'io.debezium.time.Year': asColumn(is.integer()),
  'io.debezium.time.Date': asColumn(is.date('days')),
  'io.debezium.time.Time': asColumn(is.time('millis')),
  'io.debezium.time.MicroTime': asColumn(is.time('micros')),
  'io.debezium.time.NanoTime': asColumn(is.time('nanos')),
  'io.debezium.time.Timestamp': asColumn(is.timestamp('millis')),
  'io.debezium.time.MicroTimestamp': asColumn(is.timestamp('micros')),
  'io.debezium.time.NanoTimestamp': asColumn(is.timestamp('nanos')),
  'io.debezium.time.ZonedTimestamp': asColumn(is.timestamp('micros')),
  'io.debezium.time.ZonedTime': asColumn(is.time('micros')),
  'io.debezium.time.IsoDate': asColumn(is.date('days')),
  'io.debezium.time.IsoTime': asColumn(is.time('micros')),
  'io.debezium.time.IsoTimestamp': asColumn(is.timestamp('micros')),
  'io.debezium.time.StructuredDate': asColumn(is.date('days')),
  'io.debezium.time.StructuredTime': asColumn(is.time('nanos')),
  'io.debezium.time.StructuredZonedTime': asColumn(is.time('nanos')),
  'io.debezium.time.StructuredTimestamp': asColumn(is.timestamp('nanos')),
  'io.debezium.time.StructuredZonedTimestamp': asColumn(is.timestamp('nanos')),
  'io.debezium.time.StructuredDuration': asColumn(is.interval('nanos')),
  'io.debezium.time.MicroDuration': asColumn(is.interval('micros')),
  'io.debezium.time.NanoDuration': asColumn(is.interval('nanos')),
  'io.debezium.time.Interval': asColumn(is.text()),
};
