import { isExactNumber, jsonNumber } from './exact-number.ts';
import { JsonPlace } from './json-place.ts';
import { type Token, tokenAt } from './tokens.ts';

export type JsonProblem =
  | 'NOT_JSON'
  | 'TOO_LARGE'
  | 'TOO_DEEP'
  | 'INVALID_UTF8'
  | 'BYTE_ORDER_MARK'
  | 'NUL'
  | 'LONE_SURROGATE'
  | 'DUPLICATE_NAME'
  | 'PROTO_NAME';

export interface Found {
  readonly problem: JsonProblem;
  readonly path: string;
  /** UTF-16 units from the start. */
  readonly position: number;
}

/** What a look at every token of a text finds. */
export interface Inspection {
  /** The first thing that is not JSON, that JSON.parse would silently change, or that is dangerous to hold. */
  readonly found: Found | undefined;
  /** Numbers that a double would change, in their order; complete when nothing was found. */
  readonly inexact: readonly Token[];
}

/** Looks at every token of a text. Keeps its own stack, so that no depth can exhaust the call stack. */
export function inspectJson(text: string, depthMax: number): Inspection {
  const inexact: Token[] = [];
  if (text.startsWith('\ufeff'))
    return { found: { problem: 'BYTE_ORDER_MARK', path: '', position: 0 }, inexact };
  const place = new JsonPlace();
  for (let token = tokenAt(text, 0); token; token = tokenAt(text, token.position + token.text.length)) {
    const problem = problemOf(token, place, depthMax);
    if (problem) {
      const at = { path: place.pointer(), position: token.position };
      return { found: { problem: nulOr(problem, token), ...at }, inexact };
    }
    if (isInexact(token)) inexact.push(token);
  }
  const end = { problem: 'NOT_JSON' as const, path: place.pointer(), position: text.length };
  return { found: place.isComplete ? undefined : end, inexact };
}

const nulOr = (problem: JsonProblem, { text }: Token): JsonProblem =>
  problem === 'NOT_JSON' && text.includes('\0') ? 'NUL' : problem;

function problemOf(token: Token, place: JsonPlace, depthMax: number): JsonProblem | undefined {
  const isName = place.isAtName;
  if (!place.take(token.kind)) return 'NOT_JSON';
  if (place.depth > depthMax) return 'TOO_DEEP';
  if (token.kind === 'string') return stringProblem(token.text, place, isName);
  return token.kind === 'word' ? wordProblem(token.text) : undefined;
}

function stringProblem(text: string, place: JsonPlace, isName: boolean): JsonProblem | undefined {
  const isPlain = text.length > 1 && !unusual.test(text);
  const value = isPlain ? text.slice(1, -1) : unescaped(text);
  if (value === undefined) return 'NOT_JSON';
  if (isName && !place.addName(value)) return 'DUPLICATE_NAME';
  if (isName && value === '__proto__') return 'PROTO_NAME';
  if (isPlain) return undefined;
  if (value.includes('\0')) return 'NUL';
  return /\p{Surrogate}/u.test(value) ? 'LONE_SURROGATE' : undefined;
}

/** Strings with an escape or control character are read by JSON.parse; only escapes can hold a NUL or half a surrogate pair. */
const unusual = /[\\\p{Cc}]|^"[^"]*$/u;

function unescaped(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const literals = ['true', 'false', 'null'];

const wordProblem = (word: string): JsonProblem | undefined =>
  literals.includes(word) || jsonNumber.test(word) ? undefined : 'NOT_JSON';

const isInexact = ({ kind, text }: Token): boolean =>
  kind === 'word' && !literals.includes(text) && !isExactNumber(text);
