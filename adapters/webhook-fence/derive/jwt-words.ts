import { code } from '#shared/derive/markdown.ts';
import { duration, enumerated } from '#shared/derive/words.ts';
import type { JwtKeys } from '../contract/webhook-jwt.ts';
import type { JwtScheme } from '../contract/webhook-scheme.ts';

/** How a token is verified, in one line. */
export const jwtInWords = ({ algorithms, bodyHash, token }: JwtScheme): string =>
  `a JSON Web Token (${enumerated(algorithms, 'or')})${bodyHash || token.detached ? ' over the body' : ''}`;

export const jwtRules = (scheme: JwtScheme): string[] => [
  `Token: ${enumerated(scheme.algorithms, 'or')}, ${placeOf(scheme)}.`,
  `Key: ${keysInWords(scheme.keys)}.`,
  ...Object.entries(scheme.claims ?? {}).map(
    ([name, values]) =>
      `The claim ${code(name)} is ${enumerated(
        [values].flat().map(value => code(String(value))),
        'or',
      )}.`,
  ),
  bodyInWords(scheme),
  ...(scheme.toleranceSeconds === undefined
    ? []
    : [`Clock: ${code('iat')} may differ from our clock by at most ${duration(scheme.toleranceSeconds)}.`]),
];

function placeOf({ token }: JwtScheme): string {
  const shown = `${token.prefix ?? ''}<token>`;
  return 'header' in token ? `as ${code(`${token.header}: ${shown}`)}` : `in the field ${code(token.field)}`;
}

function keysInWords(keys: JwtKeys): string {
  if (keys === 'secret') return 'agreed with us';
  if ('jwks' in keys) return `one of those that you publish at ${code(keys.jwks)}, named by ${code('kid')}`;
  if ('jwk' in keys) return `the one that ${code(keys.jwk.url)} gives for ${code('kid')}`;
  return `that of the first certificate in ${code('x5c')}, issued under a root that the contract pins`;
}

function bodyInWords({ bodyHash, token }: JwtScheme): string {
  if (token.detached) return 'The payload of the token is the body, and is left out of the token.';
  if (!bodyHash) return 'The body is not signed: the token proves who sends.';
  const algorithm = bodyHash.algorithm === 'sha256' ? 'SHA-256' : 'SHA-512';
  return `The claim ${code(bodyHash.claim)} is the ${algorithm} of the body in ${bodyHash.encoding}.`;
}
