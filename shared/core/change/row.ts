import type { ColumnType, Entity } from '../../contract/cdc-source.ts';
import type { Row, Value } from './change.ts';
import { type Encodings, readColumn } from './column.ts';
import { readBySchema } from './connect-schema.ts';
import { exactDecimal } from './decimal.ts';
import type { Json, JsonObject } from './lossless-json.ts';
import { setOwn } from './own-property.ts';
import { plainValue } from './plain-value.ts';
import { readInteger } from './scalar.ts';
import type { IsUnavailable } from './unavailable.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** How the columns of one row are read. */
export interface RowReading {
  readonly entity: Entity;
  readonly encodings: Encodings;
  /** Schemas of the fields, where the record brings them. */
  readonly fields?: ReadonlyMap<string, JsonObject> | undefined;
  readonly isUnavailable?: IsUnavailable;
}

export interface ReadRow {
  readonly row: Row;
  readonly unavailable: readonly string[];
}

/** Reads every column of a row; those that the log does not carry are named, not read. */
export function readRow(raw: JsonObject, how: RowReading): Read<ReadRow> {
  const row: Record<string, Value> = {};
  const unavailable: string[] = [];
  for (const name of Object.keys(raw)) {
    const value = raw[name]!;
    if (how.isUnavailable?.(value)) {
      unavailable.push(name);
      continue;
    }
    const read = readField(name, value, how);
    if (read instanceof Unreadable) return read.in(name);
    setOwn(row, name, read);
  }
  return { row, unavailable };
}

function readField(name: string, raw: Json, how: RowReading): Read<Value> {
  const declared = declaredType(how.entity, name);
  if (!how.fields) return declared ? readColumn(declared, raw, how.encodings) : plainValue(raw);
  const field = how.fields.get(name);
  if (!field) return new Unreadable('a column that is not in the record’s schema', 'UNKNOWN_COLUMN_TYPE');
  if (declared && isBare(field)) return readColumn(declared, raw, { ...how.encodings, decimals: 'string' });
  const value = readBySchema(field, raw, how.encodings);
  return declared && !(value instanceof Unreadable) ? refined(value, declared) : value;
}

export const declaredType = (entity: Entity, column: string): ColumnType | undefined =>
  Object.hasOwn(entity.columns, column) ? entity.columns[column] : undefined;

const primitives = new Set<Json | undefined>([
  ...['boolean', 'int8', 'int16', 'int32', 'int64', 'float', 'float32', 'double', 'float64', 'string'],
]);

/** A primitive without a semantic type: the contract knows better what it means. */
const isBare = (field: JsonObject): boolean => !field.name && primitives.has(field.type);

const epochs: Readonly<Record<string, string>> = {
  date: '1970-01-01',
  timestamp: '1970-01-01T00:00:00.000Z',
};

/** What only the contract knows about a value that the schema has decoded. */
function refined(value: Value, declared: ColumnType): Read<Value> {
  if (typeof value !== 'string' && typeof value !== 'number') return value;
  if (declared.kind === 'decimal') return exactDecimal(String(value), declared.scale);
  if (declared.kind === 'integer') return readInteger(value, declared.unsigned);
  const epochIsNull = (declared.kind === 'date' || declared.kind === 'timestamp') && declared.epochIsNull;
  return epochIsNull && value === epochs[declared.kind] ? null : value;
}

/** The key's columns in declared order; undefined when one is missing or null. */
export function pickKey(entity: Entity, row: Row | undefined): Row | undefined {
  const key: Record<string, Value> = {};
  for (const column of entity.key) {
    const value = row && Object.hasOwn(row, column) ? row[column] : undefined;
    if (value === undefined || value === null) return undefined;
    setOwn(key, column, value);
  }
  return key;
}

/** A whole row: declared columns that the record leaves out are null, not unchanged. */
export function whole(entity: Entity, row: Row): Row {
  const missing = Object.keys(entity.columns).filter(name => !Object.hasOwn(row, name));
  return missing.length === 0 ? row : { ...row, ...Object.fromEntries(missing.map(name => [name, null])) };
}
