import type { DebeziumSource } from '../../contract/cdc-source.ts';
import type { Value } from './change.ts';
import { canonicalInteger, exactDecimal, integerOf, plainFloat, scaled } from './decimal.ts';
import { bitString, fromBase64 } from './encoded-bytes.ts';
import { isObject, type Json, JsonNumber } from './lossless-json.ts';
import { type Read, Unreadable } from './unreadable.ts';

export type DecimalMode = NonNullable<DebeziumSource['decimals']>;

const truths: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['t', true],
  ['1', true],
  ['false', false],
  ['f', false],
  ['0', false],
]);

export function readBoolean(raw: Json): Read<boolean> {
  const text = typeof raw === 'boolean' ? `${raw}` : (textOf(raw)?.toLowerCase() ?? '');
  return truths.get(text) ?? new Unreadable('not a boolean');
}

const unsignedHalf = 2n ** 63n;

export function readInteger(raw: Json, unsigned = false): Read<Value> {
  if (typeof raw === 'number' && Number.isSafeInteger(raw) && !(unsigned && raw < 0)) return raw;
  const whole = bigIntFrom(raw);
  if (whole instanceof Unreadable) return whole;
  if (!unsigned) return canonicalInteger(whole);
  return whole >= -unsignedHalf && whole < 2n * unsignedHalf
    ? canonicalInteger(BigInt.asUintN(64, whole))
    : new Unreadable('not an integer of 64 bits');
}

/** A whole number, however it is written (`7`, `"7"`, `7.0`, `7e0`, `{scale, value}`). */
export function bigIntFrom(raw: Json): Read<bigint> {
  const text = isObject(raw) ? readVariableScale(raw) : textOf(raw);
  const exact = typeof text === 'string' ? exactDecimal(text, 0) : new Unreadable('not an integer');
  if (exact instanceof Unreadable || !/^-?\d+$/.test(exact)) return new Unreadable('not an integer');
  return BigInt(exact);
}

export function readFloat(raw: Json): Read<string> {
  const text = textOf(raw);
  return text === undefined ? new Unreadable('not a number') : plainFloat(text);
}

/** `precise` strings are base64; a number written as such is one in any mode, and so is a `VariableScaleDecimal`. */
export function readDecimal(raw: Json, scale: number | undefined, mode: DecimalMode): Read<string> {
  if (isObject(raw)) return rescaled(readVariableScale(raw), scale);
  const text = textOf(raw);
  if (text === undefined) return new Unreadable('not a decimal');
  if (typeof raw !== 'string' && mode === 'precise' && isInexactDouble(text)) return inexact;
  if (typeof raw !== 'string' || mode !== 'precise') return exactDecimal(text, scale);
  if (scale === undefined) return new Unreadable('a base64 decimal without a scale', 'UNKNOWN_COLUMN_TYPE');
  const bytes = fromBase64(text);
  return bytes instanceof Unreadable ? bytes : scaledBytes(bytes, scale);
}

/** A double holds 15 digits of any decimal. Whole numbers are written without point and exponent where the connector has them exact. */
const isInexactDouble = (text: string): boolean =>
  text.length > 15 &&
  /[.e]/i.test(text) &&
  text
    .replace(/e.*$/i, '')
    .replace(/\D/g, '')
    .replace(/^0+|0+$/g, '').length > 15;

const inexact = new Unreadable(
  'a double with more than 15 digits, which may not be those of the database; set `decimal.handling.mode` to precise or string',
);

/** `{scale, value}`: what Debezium writes for a NUMERIC or NUMBER without a scale, with or without a schema. */
export function readVariableScale(raw: Json): Read<string> {
  const { scale, value } = isObject(raw) ? raw : {};
  const bytes =
    typeof value === 'string' ? fromBase64(value) : new Unreadable('not a variable-scale decimal');
  if (bytes instanceof Unreadable) return bytes;
  return typeof scale === 'number' ? scaledBytes(bytes, scale) : new Unreadable('a decimal without a scale');
}

const rescaled = (decimal: Read<string>, scale: number | undefined): Read<string> =>
  decimal instanceof Unreadable || scale === undefined ? decimal : exactDecimal(decimal, scale);

/** Empty bytes are no number: reading them as zero would make a value up. */
const scaledBytes = (bytes: Buffer, scale: number): Read<string> =>
  bytes.length > 0 ? scaled(integerOf(bytes), scale) : new Unreadable('a decimal without bytes');

/** Base64 of Debezium's little-endian bytes; a single bit may be a boolean; `0` and `1` as written by others. */
export function readBits(raw: Json, length: number): Read<string> {
  if (typeof raw === 'boolean') return (raw ? '1' : '0').padStart(length, '0');
  if (typeof raw !== 'string') return new Unreadable('not a bit string');
  if (raw.length === length && /^[01]+$/.test(raw)) return raw;
  const bytes = fromBase64(raw);
  return bytes instanceof Unreadable ? bytes : bitString(bytes, length);
}

/** A number as written, or the text itself. */
export function textOf(raw: Json | undefined): string | undefined {
  if (raw instanceof JsonNumber) return raw.text;
  return typeof raw === 'number' || typeof raw === 'string' ? String(raw) : undefined;
}
