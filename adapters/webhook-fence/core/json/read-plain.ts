import { isExactNumber } from './exact-number.ts';

/**
 * The value of a text that JSON.parse reads without losing or changing anything, told by one look at its characters instead of
 * at its tokens. Undefined whenever there is any doubt: what is wrong with the text, if anything, the caller has to find.
 */
export function readPlain(text: string, depthMax: number): { readonly value: unknown } | undefined {
  const members = countMembers(text, depthMax);
  if (members === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return countNames(value) === members ? { value } : undefined;
  } catch (error) {
    // The caller looks for the place of the mistake.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * How many members the objects of a JSON text have, doubled names included. Undefined when it nests too deep or holds what JSON.parse
 * would take and we do not. Of a text that is not JSON the answer means nothing.
 */
function countMembers(text: string, depthMax: number): number | undefined {
  let [members, depth, hasEscapes] = [0, 0, false];
  for (let i = 0; i < text.length; i++) {
    const character = text.charCodeAt(i);
    if (character === 0x22) {
      const end = stringEnd(text, i);
      hasEscapes ||= end < 0;
      i = Math.abs(end);
    } else if (character === 0x3a) members++;
    else if (character === 0x5b || character === 0x7b) {
      if (++depth > depthMax) return undefined;
    } else if (character === 0x5d || character === 0x7d) depth--;
    else if (beginsNumber(character)) {
      const end = numberEnd(text, i);
      if (!isExact(text, i, end)) return undefined;
      i = end - 1;
    }
  }
  return isDoubtful(text, hasEscapes) ? undefined : members;
}

/** Escapes of NUL and of surrogates, whether or not they are pairs. */
const isDoubtful = (text: string, hasEscapes: boolean): boolean =>
  hasEscapes && /\\u(?:0000|[dD][89a-fA-F])/.test(text);

/** Where the string that begins at `start` ends; negative when there are escapes in it. */
function stringEnd(text: string, start: number): number {
  let sign = 1;
  let end = start + 1;
  for (; end < text.length; end++) {
    const character = text.charCodeAt(end);
    if (character === 0x22) break;
    if (character !== 0x5c) continue;
    sign = -1;
    end++;
  }
  return sign * end;
}

// Literals, not names: bundled, names would be looked up for every character.
/** A digit or a minus. */
const beginsNumber = (character: number): boolean =>
  (character >= 0x30 && character <= 0x39) || character === 0x2d;
/** A point, a plus or an exponent. */
const continuesNumber = (character: number): boolean =>
  character === 0x2e || character === 0x2b || character === 0x45 || character === 0x65;

function numberEnd(text: string, start: number): number {
  let end = start + 1;
  for (; end < text.length; end++) {
    const character = text.charCodeAt(end);
    if (!beginsNumber(character) && !continuesNumber(character)) break;
  }
  return end;
}

/** A sign and fourteen digits lose nothing, nor does any number with so few characters unless it has an exponent. */
function isExact(text: string, start: number, end: number): boolean {
  const digits = text.slice(start, end);
  return (digits.length <= 15 && !/[eE]/.test(digits)) || isExactNumber(digits);
}

/** How many names the objects of a value have; not a number if one of them is `__proto__`. Only as deep as `countMembers` allowed. */
function countNames(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const part of value) count += countNames(part);
    return count;
  }
  for (const name of Object.keys(value)) {
    if (name === '__proto__') return Number.NaN;
    count += 1 + countNames((value as Record<string, unknown>)[name]);
  }
  return count;
}
