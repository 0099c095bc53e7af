import type { ColumnType, DebeziumSource } from '../../contract/cdc-source.ts';
import type { Value } from './change.ts';
import { canonicalBytes } from './encoded-bytes.ts';
import type { Json } from './lossless-json.ts';
import { parseDocument, plainValue } from './plain-value.ts';
import { type DecimalMode, readBits, readBoolean, readDecimal, readFloat, readInteger } from './scalar.ts';
import { readTime } from './time-column.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** How a connector encodes what JSON has no type for. */
export interface Encodings {
  readonly decimals: DecimalMode;
  readonly binary: NonNullable<DebeziumSource['binary']>;
}

/** Reads a value of a declared column, wherever the record brings no schema. Null stays null. */
export function readColumn(type: ColumnType, raw: Json, encodings: Encodings): Read<Value> {
  if (raw === null) return null;
  if (type.kind === 'array') return readArray(type.of, raw, encodings);
  if (type.kind === 'decimal') return readDecimal(raw, type.scale, encodings.decimals);
  if (type.kind === 'bytes')
    return typeof raw === 'string' ? canonicalBytes(raw, encodings.binary) : new Unreadable('not bytes');
  return readScalar(type, raw);
}

function readScalar(type: ColumnType, raw: Json): Read<Value> {
  switch (type.kind) {
    case 'boolean':
      return readBoolean(raw);
    case 'integer':
      return readInteger(raw, type.unsigned);
    case 'float':
      return readFloat(raw);
    case 'uuid':
      return typeof raw === 'string' ? raw.toLowerCase() : new Unreadable('not a UUID');
    case 'json':
      return typeof raw === 'string' ? parseDocument(raw) : plainValue(raw);
    case 'bits':
      return readBits(raw, type.length);
    case 'date':
    case 'time':
    case 'timestamp':
    case 'interval':
      return readTime(type, raw);
    default:
      return typeof raw === 'string' ? raw : new Unreadable('not text');
  }
}

function readArray(of: ColumnType, raw: Json, encodings: Encodings): Read<Value> {
  if (!Array.isArray(raw)) return new Unreadable('not an array');
  return readAll(raw, item => readColumn(of, item, encodings));
}

/** Every item, or the first that cannot be read. */
export function readAll(items: readonly Json[], read: (item: Json) => Read<Value>): Read<Value> {
  const values: Value[] = [];
  for (const item of items) {
    const value = read(item);
    if (value instanceof Unreadable) return value;
    values.push(value);
  }
  return values;
}
