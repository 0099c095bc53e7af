import { refuseUnknownOptions } from '#shared/contract/options.ts';
import { requireThat } from '#shared/contract/require-that.ts';
import { signatureEncodings } from './webhook-encoding.ts';
import { type JwtKeys, type JwtRules, jwtAlgorithms } from './webhook-jwt.ts';
import { unsafePins } from './webhook-pinned-url.ts';
import { checkField, checkPlace, oneOf } from './webhook-place-checks.ts';
import { checkTolerance } from './webhook-tolerance-check.ts';

/** `common`: options of every scheme. @throws ContractError */
export function checkJwt(where: string, scheme: JwtRules, common: readonly string[]): void {
  refuseUnknownOptions(where, scheme, [
    ...common,
    ...['token', 'algorithms', 'keys', 'claims', 'bodyHash', 'toleranceSeconds'],
  ]);
  const { prefix: _, detached: __, ...place } = scheme.token;
  checkPlace(`${where}: token`, place, { also: ['prefix', 'detached'], isQueryAllowed: false });
  checkAlgorithms(where, scheme);
  checkKeys(where, scheme.keys);
  if (scheme.bodyHash) {
    const { algorithm, encoding } = scheme.bodyHash;
    refuseUnknownOptions(`${where}: bodyHash`, scheme.bodyHash, ['claim', 'algorithm', 'encoding']);
    oneOf(`${where}: bodyHash.algorithm`, algorithm, ['sha256', 'sha512']);
    oneOf(`${where}: bodyHash.encoding`, encoding, signatureEncodings);
  }
  if (scheme.toleranceSeconds !== undefined) checkTolerance(where, scheme.toleranceSeconds);
  checkClaims(where, scheme);
}

function checkAlgorithms(where: string, { algorithms, keys }: JwtRules): void {
  requireThat(where, algorithms.length > 0, 'algorithms must name at least one');
  for (const algorithm of algorithms) oneOf(`${where}: algorithm`, algorithm, jwtAlgorithms);
  const shared = algorithms.filter(algorithm => algorithm.startsWith('HS'));
  requireThat(
    where,
    shared.length === 0 || shared.length === algorithms.length,
    'algorithms of a shared secret (HS…) and of a public key do not mix: a public key could be used as a shared secret',
  );
  requireThat(where, shared.length === 0 || keys === 'secret', 'HS… needs keys: secret');
}

function checkKeys(where: string, keys: JwtKeys): void {
  if (keys === 'secret') return;
  refuseUnknownOptions(`${where}: keys`, keys, ['jwks', 'jwk', 'x5c']);
  if ('x5c' in keys) {
    const { roots, extensions } = keys.x5c;
    refuseUnknownOptions(`${where}: keys.x5c`, keys.x5c, ['roots', 'extensions']);
    const areHashes = roots.length > 0 && roots.every(root => /^[0-9a-f]{64}$/.test(root));
    requireThat(
      where,
      areHashes,
      'keys.x5c.roots must be SHA-256 fingerprints, 64 lower-case hex digits each',
    );
    const areIds =
      extensions?.length === 2 && extensions.every(extension => /^[012](?:\.\d+)+$/.test(extension));
    requireThat(
      where,
      areIds,
      'keys.x5c.extensions must be two object identifiers, of the first and the second certificate, such as 1.2.840.113635.100.6.11.1: anyone may have a certificate of the same authority for another purpose',
    );
    return;
  }
  const url = 'jwks' in keys ? keys.jwks : keys.jwk.url;
  const isSafe = unsafePins([url]).length === 0 && !url.includes('*');
  requireThat(where, isSafe, `keys: "${url}" must be https:// with a complete host and path`);
  if ('jwks' in keys) return;
  refuseUnknownOptions(`${where}: keys.jwk`, keys.jwk, ['url', 'headers', 'body', 'at', 'expiresAt']);
  checkField(`${where}: keys.jwk.at`, keys.jwk.at);
  if (keys.jwk.expiresAt !== undefined) checkField(`${where}: keys.jwk.expiresAt`, keys.jwk.expiresAt);
  requireThat(where, Object.values(keys.jwk.body).includes('{kid}'), 'keys.jwk.body must hold {kid}');
}

/** A service signs for all its customers with the same keys. */
function checkClaims(where: string, { keys, claims = {}, bodyHash, token }: JwtRules): void {
  for (const [name, values] of Object.entries(claims))
    requireThat(where, [values].flat().length > 0, `claims: ${name} must have at least one value`);
  const isOurs = keys === 'secret' || bodyHash !== undefined || token.detached === true;
  requireThat(
    where,
    isOurs || Object.keys(claims).length > 0,
    'claims must say what makes a token ours, such as aud and email: the same keys sign tokens for others',
  );
}
