import type { Value } from './change.ts';
import { arrayReader, type ColumnReader, orNull, readText } from './column.ts';
import { canonicalBytes } from './encoded-bytes.ts';
import { isObject, type Json, type JsonObject } from './lossless-json.ts';
import { setOwn } from './own-property.ts';
import { readBoolean, readFloat, readInteger, textOf } from './scalar.ts';
import { semanticTypes } from './semantic-types.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** A reader of values by the Kafka Connect schema that came with them (JsonConverter with `schemas.enable`). */
export function schemaReader(schema: JsonObject): ColumnReader {
  const name = typeof schema.name === 'string' ? schema.name.replace(ofColumn, '') : '';
  const semantic = Object.hasOwn(semanticTypes, name) ? semanticTypes[name] : undefined;
  if (semantic) return orNull(semantic(schema));
  return name && schema.type !== 'struct' && !name.startsWith('io.debezium.data.geometry.')
    ? orNull(unknown(`the semantic type ${name.slice(0, 100)} is not known`))
    : orNull(readerOfType(schema));
}

/** What Debezium adds to the names of structured times, so that each column's schema has its own. */
const ofColumn =
  /(?<=^io\.debezium\.time\.Structured[A-Za-z]{1,20}?)(?:Precision\d{1,2})?(?:SourceColumn[0-9a-f]*)?$/;

const unknown = (detail: string): ColumnReader => {
  const unreadable = new Unreadable(detail, 'UNKNOWN_COLUMN_TYPE');
  return () => unreadable;
};

function readerOfType(schema: JsonObject): ColumnReader {
  switch (schema.type) {
    case 'boolean':
      return readBoolean;
    case 'int8':
    case 'int16':
    case 'int32':
    case 'int64':
      return raw => readInteger(raw);
    case 'float':
    case 'float32':
    case 'double':
    case 'float64':
      return readFloat;
    case 'string':
      return readText;
    case 'bytes':
      return raw => (typeof raw === 'string' ? canonicalBytes(raw, 'base64') : new Unreadable('not bytes'));
    default:
      return nestedReader(schema);
  }
}

const misfit = unknown('the value does not fit the schema it came with');

function nestedReader(schema: JsonObject): ColumnReader {
  const { items, values } = schema;
  if (schema.type === 'array' && isObject(items)) {
    const read = arrayReader(schemaReader(items));
    return raw => (Array.isArray(raw) ? read(raw) : misfit(raw));
  }
  if (schema.type === 'map' && isObject(values)) {
    const read = schemaReader(values);
    const readPairs = arrayReader(
      pairReader(isObject(schema.keys) ? schemaReader(schema.keys) : readText, read),
    );
    return raw =>
      isObject(raw) ? readParts(raw, () => read) : Array.isArray(raw) ? readPairs(raw) : misfit(raw);
  }
  return schema.type === 'struct' ? structReader(schema) : misfit;
}

/** A map whose keys are no text is written as a list of pairs. */
const pairReader =
  (readKey: ColumnReader, readValue: ColumnReader): ColumnReader =>
  raw => {
    if (!Array.isArray(raw) || raw.length !== 2) return misfit(raw);
    const [key, value] = [readKey(raw[0]), readValue(raw[1])];
    if (key instanceof Unreadable) return key;
    return value instanceof Unreadable ? value : [key, value];
  };

const notInSchema = unknown('not in the schema');

function structReader(schema: JsonObject): ColumnReader {
  const readers = new Map([...fieldsOf(schema)].map(([name, field]) => [name, schemaReader(field)]));
  return raw => (isObject(raw) ? readParts(raw, name => readers.get(name) ?? notInSchema) : misfit(raw));
}

function readParts(raw: JsonObject, readerOf: (name: string) => ColumnReader): Read<Value> {
  const values: Record<string, Value> = {};
  for (const name of Object.keys(raw)) {
    const value = readerOf(name)(raw[name] ?? null);
    if (value instanceof Unreadable) return value.in(name);
    setOwn(values, name, value);
  }
  return values;
}

/** A struct's fields by name. */
export type Fields = ReadonlyMap<string, JsonObject>;

const fieldsBySchema = new WeakMap<JsonObject, Fields>();
const noFields: Fields = new Map();

/** Remembered, because a table's schema is the same object in all its records. */
export function fieldsOf(schema: Json | undefined): Fields {
  if (!isObject(schema)) return noFields;
  const remembered = fieldsBySchema.get(schema);
  if (remembered) return remembered;
  const fields = Array.isArray(schema.fields) ? schema.fields.filter(isObject) : [];
  const byName = new Map(fields.map(field => [textOf(field.field) ?? '', field]));
  fieldsBySchema.set(schema, byName);
  return byName;
}
