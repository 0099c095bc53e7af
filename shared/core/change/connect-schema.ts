import type { Value } from './change.ts';
import { type Encodings, readAll } from './column.ts';
import { canonicalBytes } from './encoded-bytes.ts';
import { isObject, type Json, type JsonObject } from './lossless-json.ts';
import { readBoolean, readFloat, readInteger, textOf } from './scalar.ts';
import { semanticTypes } from './semantic-types.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** Reads a value by the Kafka Connect schema that came with it (JsonConverter with `schemas.enable`). */
export function readBySchema(schema: JsonObject, raw: Json, encodings: Encodings): Read<Value> {
  if (raw === null) return null;
  const name = typeof schema.name === 'string' ? schema.name : '';
  const semantic = Object.hasOwn(semanticTypes, name) ? semanticTypes[name] : undefined;
  if (semantic) return semantic(raw, schema, encodings);
  return name && schema.type !== 'struct' && !name.startsWith('io.debezium.data.geometry.')
    ? new Unreadable(`the semantic type ${name.slice(0, 100)} is not known`, 'UNKNOWN_COLUMN_TYPE')
    : readByType(schema, raw, encodings);
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

const fieldsBySchema = new WeakMap<JsonObject, ReadonlyMap<string, JsonObject>>();
const noFields: ReadonlyMap<string, JsonObject> = new Map();

/** A struct's fields by name; remembered, because a table's schema is the same object in all its records. */
export function fieldsOf(schema: Json | undefined): ReadonlyMap<string, JsonObject> {
  if (!isObject(schema)) return noFields;
  const remembered = fieldsBySchema.get(schema);
  if (remembered) return remembered;
  const fields = Array.isArray(schema.fields) ? schema.fields.filter(isObject) : [];
  const byName = new Map(fields.map(field => [textOf(field.field) ?? '', field]));
  fieldsBySchema.set(schema, byName);
  return byName;
}
