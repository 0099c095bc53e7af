import type { ColumnType, DebeziumSource } from '../../contract/cdc-source.ts';
import type { Value } from './change.ts';
import { bigIntOf, canonicalInteger, exactDecimal, plainFloat, scaled } from './decimal.ts';
import { bitString, canonicalBytes, fromBase64 } from './encoded-bytes.ts';
import { type Json, JsonNumber } from './lossless-json.ts';
import { parseDocument, plainValue } from './plain-value.ts';
import {
  canonicalDate,
  canonicalInstant,
  canonicalTime,
  dateOf,
  durationOf,
  instantOf,
  timeOfDay,
} from './time.ts';
import { type Read, Unreadable } from './unreadable.ts';

/** How a connector encodes what JSON has no type for. */
export interface Encodings {
  readonly decimals: NonNullable<DebeziumSource['decimals']>;
  readonly binary: NonNullable<DebeziumSource['binary']>;
}

/** One that writes decimals as numbers or text, and bytes as base64: DMS, DynamoDB. */
export const plainEncodings: Encodings = { decimals: 'string', binary: 'base64' };

/** Reads a value of a declared column, wherever the record brings no schema. Null stays null. */
export function readColumn(type: ColumnType, raw: Json, encodings: Encodings): Read<Value> {
  if (raw === null) return null;
  if (type.kind === 'array') return readArray(type.of, raw, encodings);
  if (type.kind === 'decimal') return readDecimal(raw, type.scale, encodings);
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

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  t: true,
  '1': true,
  false: false,
  f: false,
  '0': false,
};

export function readBoolean(raw: Json): Read<boolean> {
  const text = textOf(raw)?.toLowerCase() ?? String(raw);
  return Object.hasOwn(truths, text) ? truths[text]! : new Unreadable('not a boolean');
}

export function readInteger(raw: Json, unsigned = false): Read<Value> {
  if (typeof raw === 'number' && Number.isSafeInteger(raw) && !(unsigned && raw < 0)) return raw;
  const whole = bigIntFrom(raw);
  if (whole instanceof Unreadable) return whole;
  return canonicalInteger(unsigned ? BigInt.asUintN(64, whole) : whole);
}

/** A whole number, however it is written (`7`, `"7"`, `7.0`, `7e0`). */
export function bigIntFrom(raw: Json): Read<bigint> {
  const text = textOf(raw);
  const exact = text === undefined ? new Unreadable('not an integer') : exactDecimal(text, 0);
  if (exact instanceof Unreadable || !/^-?\d+$/.test(exact)) return new Unreadable('not an integer');
  return BigInt(exact);
}

export function readFloat(raw: Json): Read<string> {
  const text = textOf(raw);
  return text === undefined ? new Unreadable('not a number') : plainFloat(text);
}

/** `precise` strings are base64; a number written as such is one in any mode. */
export function readDecimal(raw: Json, scale: number | undefined, encodings: Encodings): Read<string> {
  const text = textOf(raw);
  if (text === undefined) return new Unreadable('not a decimal');
  if (typeof raw !== 'string' || encodings.decimals !== 'precise') return exactDecimal(text, scale);
  if (scale === undefined) return new Unreadable('a base64 decimal without a scale', 'UNKNOWN_COLUMN_TYPE');
  const bytes = fromBase64(text);
  return bytes instanceof Unreadable ? bytes : scaled(bigIntOf(bytes), scale);
}

/** Base64 of Debezium's little-endian bytes; a single bit may be a boolean; `0` and `1` as written by others. */
export function readBits(raw: Json, length: number): Read<string> {
  if (typeof raw === 'boolean') return (raw ? '1' : '0').padStart(length, '0');
  if (typeof raw !== 'string') return new Unreadable('not a bit string');
  if (raw.length === length && /^[01]+$/.test(raw)) return raw;
  const bytes = fromBase64(raw);
  return bytes instanceof Unreadable ? bytes : bitString(bytes, length);
}

type TimeType = Extract<ColumnType, { kind: 'date' | 'time' | 'timestamp' | 'interval' }>;

/** Numbers count the declared unit; text is ISO or the database's own form. */
function readTime(type: TimeType, raw: Json): Read<Value> {
  if (typeof raw === 'string') return readWrittenTime(type, raw);
  const count = bigIntFrom(raw);
  if (count instanceof Unreadable) return new Unreadable(`not a ${type.kind}`);
  if (type.kind === 'time') return timeOfDay(count, type.unit);
  if (type.kind === 'interval') return durationOf(count, type.unit);
  if (type.epochIsNull && count === 0n) return null;
  return type.kind === 'date' ? dateOf(count) : instantOf(count, type.unit);
}

function readWrittenTime(type: TimeType, raw: string): Read<Value> {
  if (type.kind === 'interval') return raw;
  if (type.kind === 'time') return canonicalTime(raw);
  const value = type.kind === 'date' ? canonicalDate(raw) : canonicalInstant(raw);
  const epoch = type.kind === 'date' ? '1970-01-01' : '1970-01-01T00:00:00.000Z';
  return type.epochIsNull && value === epoch ? null : value;
}

function textOf(raw: Json): string | undefined {
  if (raw instanceof JsonNumber) return raw.text;
  return typeof raw === 'number' || typeof raw === 'string' ? String(raw) : undefined;
}
