import { limits } from '#shared/contract/limits.ts';
import { inspectJson, type JsonProblem } from './inspect-json.ts';
import { readPlain } from './read-plain.ts';
import type { Token } from './tokens.ts';

export type StrictJson =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly problem: JsonProblem;
      /** RFC 6901 pointer to the place, cut to 256 characters; names of the input stand in it. */
      readonly path: string;
      /** From 0, into the bytes given. */
      readonly byteOffset: number;
    };

export interface StrictJsonBounds {
  readonly bytesMax?: number;
  readonly depthMax?: number;
}

/**
 * Parses an untrusted JSON body: what it gives is exactly what the sender wrote, or nothing. A number that a double would change
 * (beyond 2^53 - 1, over 17 digits that a double does not keep) is given as its text. Refused besides what is not JSON: duplicate
 * names, `__proto__`, NUL, lone surrogates, invalid UTF-8, and what is too large or nested too deep. A byte order mark at
 * the beginning is left out. Anything else is what JSON.parse makes of it.
 */
export function parseStrictJson(bytes: Uint8Array, bounds: StrictJsonBounds = {}): StrictJson {
  const { bytesMax = limits.webhookBodyBytesMax, depthMax = limits.jsonDepthMax } = bounds;
  if (bytes.length > bytesMax) return failed('TOO_LARGE', '', bytesMax);
  const marked = Buffer.from(bytes.subarray(0, byteOrderMark.length)).equals(byteOrderMark);
  return marked ? parseMarked(bytes, depthMax) : parseUnmarked(bytes, depthMax);
}

/** Editors and .NET senders put it before UTF-8 text. */
const byteOrderMark = Buffer.from('\ufeff');

function parseMarked(bytes: Uint8Array, depthMax: number): StrictJson {
  const parsed = parseUnmarked(bytes.subarray(byteOrderMark.length), depthMax);
  return parsed.ok ? parsed : { ...parsed, byteOffset: parsed.byteOffset + byteOrderMark.length };
}

function parseUnmarked(bytes: Uint8Array, depthMax: number): StrictJson {
  const text = decodeUtf8(bytes);
  if (text === undefined) return failed('INVALID_UTF8', '', firstInvalidByte(bytes));
  const plain = readPlain(text, depthMax);
  if (plain) return { ok: true, value: plain.value };
  const { found, inexact } = inspectJson(text, depthMax);
  if (found) return failed(found.problem, found.path, Buffer.byteLength(text.slice(0, found.position)));
  return { ok: true, value: JSON.parse(quoted(text, inexact)) };
}

/** The text with each of these numbers as a string. */
function quoted(text: string, numbers: readonly Token[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { position, text: digits } of numbers) {
    pieces.push(text.slice(from, position), `"${digits}"`);
    from = position + digits.length;
  }
  return pieces.join('') + text.slice(from);
}

const failed = (problem: JsonProblem, path: string, byteOffset: number): StrictJson => ({
  ok: false,
  problem,
  path: path.slice(0, 256),
  byteOffset,
});

function decodeUtf8(bytes: Uint8Array, isPrefix = false): string | undefined {
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return decoder.decode(bytes, { stream: isPrefix });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return undefined;
    throw error;
  }
}

/** The end of the longest valid prefix, by halving; only searched once decoding has failed. */
function firstInvalidByte(bytes: Uint8Array): number {
  let [valid, invalid] = [0, bytes.length];
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (decodeUtf8(bytes.subarray(0, middle), true) === undefined) invalid = middle;
    else valid = middle;
  }
  return valid;
}
