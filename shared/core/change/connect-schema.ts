import * as is from '../../contract/cdc-source.ts';
import type { Value } from './change.ts';
import {
  type Encodings,
  readAll,
  readBits,
  readBoolean,
  readColumn,
  readDecimal,
  readFloat,
  readInteger,
} from './column.ts';
import { bigIntOf, scaled } from './decimal.ts';
import { canonicalBytes, fromBase64 } from './encoded-bytes.ts';
import { isObject, type Json, type JsonObject } from './lossless-json.ts';
import { parseDocument, plainValue } from './plain-value.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** Reads a value by the Kafka Connect schema that came with it (JsonConverter with `schemas.enable`). */
export function readBySchema(schema: JsonObject, raw: Json, encodings: Encodings): Read<Value> {
  if (raw === null) return null;
  const name = typeof schema.name === 'string' ? schema.name : '';
  const semantic = semanticTypes[name];
  if (semantic) return semantic(raw, schema, encodings);
  return name && schema.type !== 'struct' && !name.startsWith('io.debezium.data.geometry.')
    ? new Unreadable(`the semantic type ${name} is not known`, 'UNKNOWN_COLUMN_TYPE')
    : readByType(schema, raw, encodings);
}

type Reader = (raw: Json, schema: JsonObject, encodings: Encodings) => Read<Value>;

const asColumn =
  (type: is.ColumnType): Reader =>
  (raw, _schema, encodings) =>
    readColumn(type, raw, encodings);

const parameter = (schema: JsonObject, name: string): number | undefined => {
  const value = isObject(schema.parameters) ? schema.parameters[name] : undefined;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined;
};

/** Debezium's and Kafka Connect's semantic types; source: "Data type mappings" of each connector's documentation. */
const semanticTypes: Readonly<Record<string, Reader>> = {
  'org.apache.kafka.connect.data.Decimal': (raw, schema, encodings) =>
    readDecimal(raw, parameter(schema, 'scale'), { ...encodings, decimals: 'precise' }),
  'org.apache.kafka.connect.data.Date': asColumn(is.date('days')),
  'org.apache.kafka.connect.data.Time': asColumn(is.time('millis')),
  'org.apache.kafka.connect.data.Timestamp': asColumn(is.timestamp('millis')),
  'io.debezium.data.VariableScaleDecimal': readVariableScale,
  'io.debezium.data.Bits': (raw, schema) => readBits(raw, parameter(schema, 'length') ?? 2_147_483_647),
  'io.debezium.data.Json': raw => (typeof raw === 'string' ? parseDocument(raw) : plainValue(raw)),
  'io.debezium.data.Xml': asColumn(is.text()),
  'io.debezium.data.Uuid': asColumn(is.uuid()),
  'io.debezium.data.Enum': asColumn(is.text()),
  'io.debezium.data.EnumSet': asColumn(is.text()),
  'io.debezium.data.Ltree': asColumn(is.text()),
  'io.debezium.data.Tsvector': asColumn(is.text()),
  'io.debezium.data.FloatVector': asColumn(is.array(is.float())),
  'io.debezium.data.DoubleVector': asColumn(is.array(is.float())),
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
  'io.debezium.time.MicroDuration': asColumn(is.interval('micros')),
  'io.debezium.time.NanoDuration': asColumn(is.interval('nanos')),
  'io.debezium.time.Interval': asColumn(is.text()),
};

function readVariableScale(raw: Json): Read<Value> {
  const { scale, value } = isObject(raw) ? raw : {};
  const bytes =
    typeof value === 'string' ? fromBase64(value) : new Unreadable('not a variable-scale decimal');
  if (bytes instanceof Unreadable) return bytes;
  return typeof scale === 'number'
    ? scaled(bigIntOf(bytes), scale)
    : new Unreadable('a decimal without a scale');
}

function readByType(schema: JsonObject, raw: Json, encodings: Encodings): Read<Value> {
  switch (schema.type) {
    case 'boolean':
      return readBoolean(raw);
    case 'int8':
    case 'int16':
    case 'int32':
    case 'int64':
      return readInteger(raw);
    case 'float':
    case 'float32':
    case 'double':
    case 'float64':
      return readFloat(raw);
    case 'string':
      return typeof raw === 'string' ? raw : new Unreadable('not text');
    case 'bytes':
      return typeof raw === 'string' ? canonicalBytes(raw, 'base64') : new Unreadable('not bytes');
    default:
      return readNested(schema, raw, encodings);
  }
}

function readNested(schema: JsonObject, raw: Json, encodings: Encodings): Read<Value> {
  const { items, values } = schema;
  if (schema.type === 'array' && isObject(items) && Array.isArray(raw))
    return readAll(raw, item => readBySchema(items, item, encodings));
  if (schema.type === 'map' && isObject(values) && isObject(raw))
    return readParts(Object.entries(raw), (_name, part) => readBySchema(values, part, encodings));
  if (schema.type === 'struct' && isObject(raw)) return readStruct(schema, raw, encodings);
  return new Unreadable('the value does not fit the schema it came with', 'UNKNOWN_COLUMN_TYPE');
}

function readStruct(schema: JsonObject, raw: JsonObject, encodings: Encodings): Read<Value> {
  const fields = fieldsOf(schema);
  return readParts(Object.entries(raw), (name, part) => {
    const field = fields.get(name);
    return field
      ? readBySchema(field, part, encodings)
      : new Unreadable('not in the schema', 'UNKNOWN_COLUMN_TYPE');
  });
}

function readParts(
  parts: readonly (readonly [string, Json])[],
  read: (name: string, part: Json) => Read<Value>,
): Read<Value> {
  const values: [string, Value][] = [];
  for (const [name, part] of parts) {
    const value = read(name, part);
    if (value instanceof Unreadable) return value.in(name);
    values.push([name, value]);
  }
  return Object.fromEntries(values);
}

/** A struct's fields by name. */
export function fieldsOf(schema: Json | undefined): ReadonlyMap<string, JsonObject> {
  const fields = isObject(schema) && Array.isArray(schema.fields) ? schema.fields.filter(isObject) : [];
  return new Map(fields.map(field => [String(field.field), field]));
}
