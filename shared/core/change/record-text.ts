import { isUtf8 } from 'node:buffer';
import { isObject, type Json, type JsonObject, parseLossless } from './lossless-json.ts';
import { type Read, Unreadable } from './unreadable.ts';

const utf8 = new TextDecoder();

/** The record's JSON; null for an empty one, which is how streams without null values carry a tombstone. */
export function parseRecord(data: Uint8Array): Read<Json> {
  if (data.length === 0) return null;
  if (!isUtf8(data)) return new Unreadable('not UTF-8');
  try {
    return parseLossless(utf8.decode(data));
  } catch (error) {
    if (error instanceof SyntaxError) return new Unreadable('not JSON');
    throw error;
  }
}

/** Takes apart what JsonConverter writes with `schemas.enable`: exactly `{schema, payload}`. */
export function splitSchema(json: Json): {
  readonly schema?: JsonObject | undefined;
  readonly payload: Json;
} {
  if (!isObject(json) || !('payload' in json) || !('schema' in json) || Object.keys(json).length !== 2)
    return { payload: json };
  return { schema: isObject(json.schema) ? json.schema : undefined, payload: json.payload ?? null };
}
