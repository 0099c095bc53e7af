import { limits } from '#shared/contract/limits.ts';
import type { Value } from './change.ts';
import { canonicalInteger, exactDecimal, plainFloat } from './decimal.ts';
import { type Json, JsonNumber, type JsonObject, parseLossless } from './lossless-json.ts';
import { setOwn } from './own-property.ts';
import { type Read, Unreadable } from './unreadable.ts';

/**
 * JSON with its numbers in canonical form and its names sorted, because logs keep different orders: for JSON documents and
 * columns of no declared type. Nested no deeper than all that comes after can walk.
 */
export function plainValue(raw: Json, depth = 0): Read<Value> {
  if (typeof raw !== 'object' || raw === null) return raw;
  if (raw instanceof JsonNumber) return plainNumber(raw.text);
  if (depth === limits.jsonDepthMax) return new Unreadable(`JSON nested deeper than ${depth}`);
  return Array.isArray(raw) ? plainList(raw, depth + 1) : plainObject(raw as JsonObject, depth + 1);
}

function plainList(raw: readonly Json[], depth: number): Read<Value> {
  const values: Value[] = [];
  for (const item of raw) {
    const value = plainValue(item, depth);
    if (value instanceof Unreadable) return value;
    values.push(value);
  }
  return values;
}

function plainObject(raw: JsonObject, depth: number): Read<Value> {
  const sorted: Record<string, Value> = {};
  for (const name of Object.keys(raw).sort()) {
    const value = plainValue(raw[name] ?? null, depth);
    if (value instanceof Unreadable) return value;
    setOwn(sorted, name, value);
  }
  return sorted;
}

/** Doubles end near 10^-324. Documents hold many numbers: each written out with more zeros than that would burst them. */
const exponentMax = 400;

/** A number where a double holds it exactly as written, else its exact decimal; one of absurd scale stays as written. */
export function plainNumber(text: string): number | string {
  const exponent = Number(/e(.*)$/i.exec(text)?.[1] ?? 0);
  if (!(Math.abs(exponent) <= exponentMax)) return text;
  const exact = exactDecimal(text);
  if (exact instanceof Unreadable) return text;
  if (/^-?\d+$/.test(exact)) return canonicalInteger(BigInt(exact));
  const double = Number(exact);
  return plainFloat(String(double)) === plainFloat(exact) ? double + 0 : exact;
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
