import { fromBase64 } from './encoded-bytes.ts';
import { isObject, type Json, JsonNumber, type JsonObject, parseLossless } from './lossless-json.ts';
import type { ReadRow, RowReaders } from './row-reader.ts';
import { textOf } from './scalar.ts';
import { instantOf } from './time-count.ts';
import { type Read, Unreadable } from './unreadable.ts';
import { uuidOf } from './uuid.ts';

/** Reads a document that the log carries as MongoDB extended JSON text, strict or relaxed, version 1 or 2. */
export function readDocument(text: string, readers: RowReaders): Read<ReadRow> {
  const document = parseDocumentText(text);
  return document instanceof Unreadable ? document : readers.bare(document);
}

export function parseDocumentText(text: string): Read<JsonObject> {
  try {
    const json = unwrapped(parseLossless(text));
    return isObject(json) ? json : new Unreadable('not a document');
  } catch (error) {
    if (error instanceof SyntaxError) return new Unreadable('not a document');
    throw error;
  }
}

/** Replaces the type wrappers (`$numberLong`, `$date`, …) by what they hold; wrappers not known stay as they are. */
function unwrapped(json: Json): Json {
  if (Array.isArray(json)) return json.map(unwrapped);
  if (!isObject(json)) return json;
  const [first] = Object.entries(json);
  const unwrap = first?.[0].startsWith('$') ? wrappers[first[0]] : undefined;
  if (first && unwrap) return unwrap(first[1], json);
  return Object.fromEntries(Object.entries(json).map(([name, part]) => [name, unwrapped(part)]));
}

const number = (value: Json): Json => (typeof value === 'string' ? numberOf(value) : value);

const wrappers: Readonly<Record<string, (value: Json, whole: JsonObject) => Json>> = {
  $oid: value => value,
  $numberInt: number,
  $numberLong: number,
  $numberDouble: number,
  $numberDecimal: number,
  $date: dateOf,
  $binary: binaryOf,
  $uuid: value => value,
  $symbol: value => value,
};

/**
 * Base64; a UUID (subtype 3 or 4, `$type` in version 1) as its text. Those of subtype 3 have no order of bytes that all drivers
 * share: they are read in the order in which they are stored.
 */
function binaryOf(value: Json, whole: JsonObject): Json {
  const base64 = isObject(value) ? (value.base64 ?? null) : value;
  const subtype = Number.parseInt(textOf(isObject(value) ? value.subType : whole.$type) ?? '', 16);
  const bytes = typeof base64 === 'string' && uuidSubtypes.has(subtype) ? fromBase64(base64) : undefined;
  return (bytes instanceof Unreadable ? undefined : bytes && uuidOf(bytes)) ?? base64;
}

const uuidSubtypes: ReadonlySet<number> = new Set([3, 4]);

/** Not-a-number and the infinities stay text. */
function numberOf(text: string): Json {
  const value = Number(text);
  if (Number.isSafeInteger(value) && String(value) === text) return value;
  return Number.isNaN(value) || /[a-z]{3}/i.test(text) ? text : new JsonNumber(text);
}

/** ISO text, or milliseconds in 64 bits, which reach over the year 292,000,000; both as an ISO instant. */
function dateOf(value: Json): Json {
  const millis = textOf(isObject(value) ? value.$numberLong : value) ?? '';
  return /^-?\d{1,19}$/.test(millis) ? instantOf(BigInt(millis), 'millis') : value;
}
