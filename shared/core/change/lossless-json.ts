import { setOwn } from './own-property.ts';

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

/** Numbers of 16 digits and more, and those with a point or an exponent: everything a safe integer is not. */
const risky =
  /([:[,]\s*)(-?(?:[1-9]\d{15,}|(?:0|[1-9]\d*)(?=[.eE]))(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=\s*[,\]}])/g;

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

function quoteRisky(json: string, mark: string): string {
  let quoted = '';
  let copied = 0;
  const strings = new StringWalk(json);
  risky.lastIndex = 0;
  for (let match = risky.exec(json); match; match = risky.exec(json)) {
    const outside = isAfterName(json, match.index) ? match.index : strings.outsideFrom(match.index);
    if (outside > match.index) {
      risky.lastIndex = outside;
      continue;
    }
    const start = match.index + match[1]!.length;
    quoted += `${json.slice(copied, start)}"${mark}${match[2]}"`;
    copied = start + match[2]!.length;
    strings.goOnAt(copied);
  }
  return quoted + json.slice(copied);
}

const quote = 0x22;
/** What stands before a quote that opens a string, or one that is escaped. */
const beforeOtherQuotes = new Set([...'{[,: \t\n\r\\'].map(character => character.charCodeAt(0)));

/** Whether a colon certainly follows a name, so that no string need be looked for: the quote before it can only close one. */
const isAfterName = (json: string, colon: number): boolean =>
  colon > 1 && json.charCodeAt(colon - 1) === quote && !beforeOtherQuotes.has(json.charCodeAt(colon - 2));

/** Walks over a text's strings, from a place outside any, always onward: each quote is looked for once. */
class StringWalk {
  readonly #json: string;
  #at = 0;
  /** The first quote at or after `#at`, unless it lies before: then it is not known. */
  #quote = -1;

  constructor(json: string) {
    this.#json = json;
  }

  /** The place itself, or the end of the string that it lies in. */
  outsideFrom(place: number): number {
    while (this.#at <= place) {
      if (this.#quote < this.#at) this.#quote = this.#nextQuote();
      if (this.#quote > place) return place;
      this.#at = stringEnd(this.#json, this.#quote);
    }
    return this.#at;
  }

  /** Goes on at a place that is known to lie outside any string. */
  goOnAt(place: number): void {
    this.#at = place;
  }

  #nextQuote(): number {
    const found = this.#json.indexOf('"', this.#at);
    return found < 0 ? Number.POSITIVE_INFINITY : found;
  }
}

function stringEnd(json: string, open: number): number {
  let close = json.indexOf('"', open + 1);
  while (close > 0 && isEscaped(json, close)) close = json.indexOf('"', close + 1);
  return close < 0 ? json.length : close + 1;
}

function isEscaped(json: string, at: number): boolean {
  let slashes = 0;
  while (json[at - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}

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
