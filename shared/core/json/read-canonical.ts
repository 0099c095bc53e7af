import { stringEnd } from './tokens.ts';

/**
 * The value of a text that is exactly what JSON.stringify writes for it: nothing was lost, doubled or reordered, so no token need be
 * looked at. Most senders write so, and it takes a third of the time. Undefined whenever there is any doubt; that says nothing
 * about the text.
 */
export function readCanonical(text: string, depthMax: number): { readonly value: unknown } | undefined {
  if (doubtful.test(text) || depthOf(text) > depthMax) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? { value } : undefined;
  } catch (error) {
    // The caller looks for the place of the mistake.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What may be written back unchanged and is refused nevertheless: `__proto__`, escaped NULs and surrogates, numbers beyond 2^53 - 1. */
const doubtful = /__proto__|\\u|\d{16}|\de\+/;

/** How deep a text nests, if it is JSON. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '"') i = stringEnd(text, i) - 1;
    else if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth);
    else if (character === '}' || character === ']') depth--;
  }
  return deepest;
}
