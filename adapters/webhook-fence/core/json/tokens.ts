import type { TokenKind } from './json-place.ts';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** UTF-16 units from the start. */
  readonly position: number;
}

const marks = '{}[],:';
const beyondWord = /[{}[\],: \n\r\t"]/g;
const beyondBlanks = /[^ \n\r\t]/g;

/**
 * The token that begins at `from` or after blanks; undefined at the end. A `word` is whatever is neither mark nor string; a string
 * without end reaches to the end of the text.
 */
export function tokenAt(text: string, from: number): Token | undefined {
  const position = next(beyondBlanks, text, from);
  if (position === text.length) return undefined;
  const first = text.charAt(position);
  if (marks.includes(first)) return { kind: first as TokenKind, text: first, position };
  const end = first === '"' ? stringEnd(text, position) : next(beyondWord, text, position + 1);
  return { kind: first === '"' ? 'string' : 'word', text: text.slice(position, end), position };
}

function next(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex - 1 : text.length;
}

/** Just beyond the string that begins at `start`; the end of the text where it has none. */
export function stringEnd(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote > 0; quote = text.indexOf('"', quote + 1)) {
    let firstSlash = quote;
    while (text[firstSlash - 1] === '\\') firstSlash--;
    if ((quote - firstSlash) % 2 === 0) return quote + 1;
  }
  return text.length;
}
