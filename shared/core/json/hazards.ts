import { isExactNumber } from './exact-number.ts';
import { JsonPlace } from './json-place.ts';

export type JsonProblem =
  | 'NOT_JSON'
  | 'TOO_LARGE'
  | 'TOO_DEEP'
  | 'INVALID_UTF8'
  | 'BYTE_ORDER_MARK'
  | 'NUL'
  | 'LONE_SURROGATE'
  | 'DUPLICATE_NAME'
  | 'PROTO_NAME'
  | 'INEXACT_NUMBER';

export interface Hazard {
  readonly problem: JsonProblem;
  readonly path: string;
  /** UTF-16 units from the start. */
  readonly position: number;
}

/**
 * Finds the first thing that JSON.parse would take and silently change or that is dangerous to hold. Walks tokens with its own
 * stack, so depth cannot exhaust the call stack; grammar is left to JSON.parse, which runs next.
 */
export function findHazard(text: string, depthMax: number): Hazard | undefined {
  if (text.startsWith('\ufeff')) return { problem: 'BYTE_ORDER_MARK', path: '', position: 0 };
  const place = new JsonPlace();
  let position = 0;
  while (position < text.length) {
    const end = tokenEnd(text, position);
    const problem = problemOf(text.slice(position, end), place, depthMax);
    if (problem) return { problem, path: place.pointer(), position };
    position = end;
  }
  return undefined;
}

function problemOf(token: string, place: JsonPlace, depthMax: number): JsonProblem | undefined {
  switch (token) {
    case '{':
    case '[':
      place.open(token);
      return place.depth > depthMax ? 'TOO_DEEP' : undefined;
    case '}':
    case ']':
      return void place.close();
    case ',':
      return void place.comma();
    case ':':
    case ' ':
    case '\n':
    case '\r':
    case '\t':
      return undefined;
    default:
      return token.startsWith('"') ? stringProblem(token, place) : wordProblem(token);
  }
}

function stringProblem(token: string, place: JsonPlace): JsonProblem | undefined {
  const value = unescaped(token);
  if (value === undefined) return token.includes('\0') ? 'NUL' : 'NOT_JSON';
  const isDoubled = place.expectsName && !place.name(value);
  if (value.includes('\0')) return 'NUL';
  if (/\p{Surrogate}/u.test(value)) return 'LONE_SURROGATE';
  if (!isDoubled) return place.isAtName && value === '__proto__' ? 'PROTO_NAME' : undefined;
  return 'DUPLICATE_NAME';
}

function unescaped(token: string): string | undefined {
  try {
    return JSON.parse(token) as string;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function wordProblem(word: string): JsonProblem | undefined {
  if (word === 'true' || word === 'false' || word === 'null') return undefined;
  if (word.includes('\0')) return 'NUL';
  if (!number.test(word)) return 'NOT_JSON';
  return isExactNumber(word) ? undefined : 'INEXACT_NUMBER';
}

const singles = '{}[],: \n\r\t';

function tokenEnd(text: string, start: number): number {
  const first = text[start]!;
  if (singles.includes(first)) return start + 1;
  let end = start + 1;
  if (first === '"') {
    while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
    return Math.min(end + 1, text.length);
  }
  while (end < text.length && !singles.includes(text[end]!) && text[end] !== '"') end++;
  return end;
}
