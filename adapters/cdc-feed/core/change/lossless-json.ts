import { setOwn } from './own-property.ts';
import { quoteRisky } from './risky-numbers.ts';

/** A number that a double would not hold exactly, as it was written. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Json = null | boolean | string | number | JsonNumber | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);

/**
 * Parses JSON without losing digits: safe integers become numbers, all other numbers `JsonNumber`. Wraps the native parser,
 * which an own recursive one would not reach in speed: risky numbers are quoted behind a mark that the text does not hold.
 * @throws SyntaxError
 */
export function parseLossless(json: string): Json {
  if (/^\s*-?\d/.test(json)) return parseAlone(json.trim());
  const mark = unusedMark(json);
  const quoted = quoteRisky(json, mark);
  return quoted === json ? JSON.parse(json) : unmark(JSON.parse(quoted), mark);
}

function parseAlone(json: string): Json {
  const value: number = JSON.parse(json);
  return Number.isSafeInteger(value) && String(value) === json ? value : new JsonNumber(json);
}

/**
 * A control character (of one byte, which keeps the text's compact form) or else a private-use one that stands nowhere in the
 * text, neither plain nor escaped.
 */
function unusedMark(json: string): string {
  if (!json.includes('\u0080') && !json.includes('\\u')) return '\u0080';
  for (const [first, last] of markRanges)
    for (let code = first; code <= last; code++) if (isUnused(json, code)) return String.fromCharCode(code);
  throw new SyntaxError('the text uses every control and private-use character');
}

const markRanges = [
  [0x80, 0x9f],
  [0xe000, 0xf8ff],
] as const;

const isUnused = (json: string, code: number): boolean =>
  !json.includes(String.fromCharCode(code)) &&
  !new RegExp(`\\\\u${code.toString(16).padStart(4, '0')}`, 'i').test(json);

/** Gives back, in place, the numbers that were quoted. */
function unmark(value: unknown, mark: string): Json {
  if (typeof value === 'string') return value[0] === mark ? toNumber(value.slice(1)) : value;
  if (typeof value !== 'object' || value === null) return value as Json;
  const parts = value as Record<string, unknown>;
  for (const name of Object.keys(parts)) {
    const part = parts[name];
    if (typeof part === 'object') unmark(part, mark);
    else if (typeof part === 'string' && part[0] === mark) setOwn(parts, name, toNumber(part.slice(1)));
  }
  return value as Json;
}

function toNumber(text: string): number | JsonNumber {
  const value = Number(text);
  return Number.isSafeInteger(value) && String(value) === text ? value : new JsonNumber(text);
}
