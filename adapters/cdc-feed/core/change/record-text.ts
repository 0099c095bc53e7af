import { isUtf8 } from 'node:buffer';
import { isObject, type Json, type JsonObject, parseLossless } from './lossless-json.ts';
import { knownSchema, rememberSchema } from './schema-memo.ts';
import { type Read, Unreadable } from './unreadable.ts';

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const byteOrderMark = 0xfeff;

/** The record's JSON; null for an empty one, which is how streams without null values carry a tombstone. */
export function parseRecord(data: Uint8Array): Read<Json> {
  const text = textOfRecord(data);
  if (text instanceof Unreadable) return text;
  if (text === '') return null;
  const parsed = parse(text);
  return parsed ? parsed.json : new Unreadable('not JSON');
}

export interface WithSchema {
  readonly schema?: JsonObject | undefined;
  readonly payload: Json;
}

/** The same, taken apart where JsonConverter wrote it with `schemas.enable`: exactly `{schema, payload}`. */
export function parseWithSchema(data: Uint8Array): Read<WithSchema> {
  return withKnownSchema(data) ?? withOwnSchema(data);
}

const closingBrace = 0x7d;

function withKnownSchema(data: Uint8Array): WithSchema | undefined {
  const known = data.at(-1) === closingBrace ? knownSchema(data) : undefined;
  const text = known && textOf(data.subarray(known.prefix.length, -1));
  const payload = typeof text === 'string' ? parse(text) : undefined;
  return known && payload && { schema: known.schema, payload: payload.json };
}

function withOwnSchema(data: Uint8Array): Read<WithSchema> {
  const text = textOfRecord(data);
  if (text instanceof Unreadable) return text;
  if (text === '') return { payload: null };
  const whole = parse(text);
  if (whole === undefined) return new Unreadable('not JSON');
  rememberSchema(text, whole.json);
  return splitSchema(whole.json);
}

export function splitSchema(json: Json): WithSchema {
  if (!isObject(json) || !('payload' in json) || !('schema' in json) || Object.keys(json).length !== 2)
    return { payload: json };
  return { schema: isObject(json.schema) ? json.schema : undefined, payload: json.payload ?? null };
}

/** A byte order mark at the record's beginning is none of its text. */
function textOfRecord(data: Uint8Array): Read<string> {
  const text = textOf(data);
  return typeof text === 'string' && text.charCodeAt(0) === byteOrderMark ? text.slice(1) : text;
}

function textOf(data: Uint8Array): Read<string> {
  return isUtf8(data) ? utf8.decode(data) : new Unreadable('not UTF-8');
}

/** In an object, because null is JSON too; undefined for what is not. */
function parse(text: string): { readonly json: Json } | undefined {
  try {
    return { json: parseLossless(text) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
