import { limits } from '#shared/contract/limits.ts';
import type { ColumnType, DebeziumSource } from '../../contract/cdc-source.ts';
import type { Value } from './change.ts';
import { canonicalBytes } from './encoded-bytes.ts';
import type { Json } from './lossless-json.ts';
import { parseDocument, plainValue } from './plain-value.ts';
import { type DecimalMode, readBits, readBoolean, readDecimal, readFloat, readInteger } from './scalar.ts';
import { readTime } from './time-column.ts';
import { type Read, Unreadable } from './unreadable.ts';
import { bytesOfUuid, readUuid } from './uuid.ts';

/** How a connector encodes what JSON has no type for. */
export interface Encodings {
  readonly decimals: DecimalMode;
  readonly binary: NonNullable<DebeziumSource['binary']>;
}

/** Reads one column's values. */
export type ColumnReader = (raw: Json) => Read<Value>;

/** A reader of a declared column, wherever the record brings no schema. Null stays null. */
export const columnReader = (type: ColumnType, encodings: Encodings): ColumnReader =>
  orNull(presentReader(type, encodings));

export const orNull =
  (read: ColumnReader): ColumnReader =>
  raw =>
    raw === null ? null : read(raw);

function presentReader(type: ColumnType, encodings: Encodings): ColumnReader {
  switch (type.kind) {
    case 'array':
      return arrayReader(columnReader(type.of, encodings));
    case 'decimal':
      return raw => readDecimal(raw, type.scale, encodings.decimals);
    case 'bytes':
      return textReader('not bytes', text => readBytes(text, encodings.binary));
    case 'uuid':
      return textReader('not a UUID', text => readUuid(text, encodings.binary));
    case 'date':
    case 'time':
    case 'timestamp':
    case 'interval':
      return raw => readTime(type, raw);
    default:
      return scalarReader(type);
  }
}

/** MongoDB's binary UUIDs are text before their column's type is known. */
const readBytes = (text: string, binary: Encodings['binary']): Read<string> =>
  (binary === 'bytes' && bytesOfUuid(text)) || canonicalBytes(text, binary);

function scalarReader(type: ColumnType): ColumnReader {
  switch (type.kind) {
    case 'boolean':
      return readBoolean;
    case 'integer':
      return raw => readInteger(raw, type.unsigned);
    case 'float':
      return readFloat;
    case 'json':
      return readJson;
    case 'bits':
      return raw => readBits(raw, type.length);
    default:
      return readText;
  }
}

const textReader =
  (otherwise: string, read: (text: string) => Read<Value>): ColumnReader =>
  raw =>
    typeof raw === 'string' ? read(raw) : new Unreadable(otherwise);

export const readText: ColumnReader = raw => (typeof raw === 'string' ? raw : new Unreadable('not text'));

/** A document, or its text. */
export const readJson: ColumnReader = raw => (typeof raw === 'string' ? parseDocument(raw) : plainValue(raw));

const tooLong = new Unreadable('an array whose values take more characters than any event can carry');

/** Every item, or the first that cannot be read. */
export const arrayReader =
  (read: ColumnReader): ColumnReader =>
  raw => {
    if (!Array.isArray(raw)) return new Unreadable('not an array');
    const values: Value[] = [];
    let characters = 0;
    for (const item of raw) {
      const value = read(item);
      if (value instanceof Unreadable) return value;
      // A few characters can be a number of thousands of digits: no event could carry so many of them.
      if (typeof value === 'string') characters += value.length;
      if (characters > limits.changeArrayCharactersMax) return tooLong;
      values.push(value);
    }
    return values;
  };
