import type { Value } from './change.ts';
import { canonicalInteger, exactDecimal } from './decimal.ts';
import { isObject, type Json, JsonNumber, parseLossless } from './lossless-json.ts';
import { setOwn } from './own-property.ts';
import { type Read, Unreadable } from './unreadable.ts';

/**
 * JSON with its numbers in canonical form and its names sorted, because logs keep different orders: for JSON documents and
 * columns of no declared type.
 */
export function plainValue(raw: Json): Value {
  if (raw instanceof JsonNumber) return plainNumber(raw.text);
  if (Array.isArray(raw)) return raw.map(plainValue);
  if (!isObject(raw)) return raw as Exclude<typeof raw, readonly Json[]>;
  const sorted: Record<string, Value> = {};
  for (const name of Object.keys(raw).sort()) setOwn(sorted, name, plainValue(raw[name]!));
  return sorted;
}

/** A whole number in canonical form, any other as its exact decimal; one of absurd scale stays as written. */
export function plainNumber(text: string): number | string {
  const exact = exactDecimal(text);
  if (exact instanceof Unreadable) return text;
  return /^-?\d+$/.test(exact) ? canonicalInteger(BigInt(exact)) : exact;
}

/** A JSON document that the log carries as text. */
export function parseDocument(text: string): Read<Value> {
  try {
    return plainValue(parseLossless(text));
  } catch (error) {
    if (error instanceof SyntaxError) return new Unreadable('not a JSON document');
    throw error;
  }
}
