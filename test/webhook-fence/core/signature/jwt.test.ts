import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signWith,
} from 'node:crypto';
import { defineScheme } from '#adapters/webhook-fence/contract/define-scheme.ts';
import type { JwtScheme } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { verifyJwt } from '#adapters/webhook-fence/core/signature/jwt.ts';
import { keyDocumentOf } from '#adapters/webhook-fence/core/signature/key-document.ts';
import type { Criteria } from '#adapters/webhook-fence/core/signature/verify.ts';
import { hmac, post } from './senders.ts';

const at = 1_800_000_000_000;
const now = at / 1000;
const body = '{"a":1}';
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const keys = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const others = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const publicPem = keys.publicKey.export({ format: 'pem', type: 'spki' }).toString();
const set = (...jwks: object[]) => JSON.stringify({ keys: jwks });
const jwk = { ...keys.publicKey.export({ format: 'jwk' }), kid: 'k1' };

const scheme = defineScheme({
  kind: 'jwt',
  name: 'acme',
  token: { header: 'authorization', prefix: 'Bearer ' },
  algorithms: ['RS256'],
  keys: { jwks: 'https://acme.example/jwks.json' },
  claims: { iss: 'acme', aud: 'edge', verified: true },
  bodyHash: { claim: 'body', algorithm: 'sha256', encoding: 'hex' },
  toleranceSeconds: 300,
});

const claims = {
  iss: 'acme',
  aud: ['other', 'edge'],
  verified: true,
  iat: now,
  nbf: now,
  exp: now + 60,
  body: createHash('sha256').update(body).digest('hex'),
};

function tokenOf(change: object = {}, head: object = {}, key: KeyObject = keys.privateKey): string {
  const text = `${encoded({ alg: 'RS256', kid: 'k1', ...head })}.${encoded({ ...claims, ...change })}`;
  return `${text}.${signWith('sha256', Buffer.from(text), key).toString('base64url')}`;
}

const ask = (token: string, change: Partial<Criteria> & { scheme?: JwtScheme } = {}) =>
  verifyJwt(change.scheme ?? scheme, post(body, { authorization: `Bearer ${token}` }), {
    secrets: [],
    receivedAt: at,
    document: { value: set(jwk) },
    ...change,
  });

describe('a JSON Web Token', () => {
  it('is verified with the key that it names, and its time is the sender’s', async () => {
    expect(await ask(tokenOf())).toMatchObject({ verified: true, timestamp: at });
  });

  it('is verified as RFC 7515 publishes it (appendix A.3)', async () => {
    const token =
      'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q';
    const key = createPublicKey({
      format: 'jwk',
      key: {
        kty: 'EC',
        crv: 'P-256',
        x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
        y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
      },
    });
    const rfc = defineScheme({
      kind: 'jwt',
      name: 'rfc-7515',
      token: { header: 'authorization', prefix: 'Bearer ' },
      algorithms: ['ES256'],
      keys: 'secret',
      claims: { iss: 'joe' },
    });
    const secrets = [{ value: key.export({ format: 'pem', type: 'spki' }).toString() }];
    expect(await ask(token, { scheme: rfc, secrets, receivedAt: 1_300_819_000_000 })).toMatchObject({
      verified: true,
    });
    expect(await ask(token, { scheme: rfc, secrets, receivedAt: 1_300_819_500_000 })).toMatchObject({
      reason: 'TIMESTAMP_TOO_OLD',
    });
  });

  it.each<[string, () => string, string]>([
    ['signed with another key', () => tokenOf({}, {}, others.privateKey), 'SIGNATURE_MISMATCH'],
    ['of another issuer', () => tokenOf({ iss: 'evil' }), 'NOT_FOR_US'],
    ['for others', () => tokenOf({ aud: ['other'] }), 'NOT_FOR_US'],
    ['with a claim as text that is true', () => tokenOf({ verified: 'true' }), 'NOT_FOR_US'],
    ['without a claim', () => tokenOf({ iss: undefined }), 'NOT_FOR_US'],
    ['over another body', () => tokenOf({ body: '0'.repeat(64) }), 'BODY_HASH_MISMATCH'],
    ['over no body', () => tokenOf({ body: undefined }), 'BODY_HASH_MISMATCH'],
    ['that is old', () => tokenOf({ iat: now - 301 }), 'TIMESTAMP_TOO_OLD'],
    ['from the future', () => tokenOf({ iat: now + 301 }), 'TIMESTAMP_IN_FUTURE'],
    ['that has expired', () => tokenOf({ exp: now - 60 }), 'TIMESTAMP_TOO_OLD'],
    ['that is not valid yet', () => tokenOf({ nbf: now + 61 }), 'TIMESTAMP_IN_FUTURE'],
    ['without a time', () => tokenOf({ iat: undefined }), 'NO_TIMESTAMP'],
    ['with a time as text', () => tokenOf({ exp: '9999999999' }), 'MALFORMED_TIMESTAMP'],
    ['with a key that is not published', () => tokenOf({}, { kid: 'k2' }), 'UNKNOWN_KEY'],
    ['of an algorithm that was not agreed', () => tokenOf({}, { alg: 'RS512' }), 'SIGNATURE_MISMATCH'],
    ['with critical extensions', () => tokenOf({}, { crit: ['x'], x: 1 }), 'MALFORMED_SIGNATURE'],
    ['in three parts that are none', () => 'a.b.c', 'MALFORMED_SIGNATURE'],
    ['that is endless', () => `a.${'b'.repeat(70_000)}.c`, 'HEADER_TOO_LONG'],
  ])('%s is refused', async (_, token, reason) => {
    expect(await ask(token())).toMatchObject({ verified: false, reason });
  });

  it('without a signature is refused', async () => {
    const unsigned = `${encoded({ alg: 'none', kid: 'k1' })}.${encoded(claims)}.`;
    expect(await ask(unsigned)).toMatchObject({ reason: 'MALFORMED_SIGNATURE' });
    expect(await ask(`${unsigned}AA`)).toMatchObject({ reason: 'SIGNATURE_MISMATCH' });
  });

  it('signed with the public key as if it were a shared secret is refused', async () => {
    const text = `${encoded({ alg: 'HS256', kid: 'k1' })}.${encoded(claims)}`;
    const token = `${text}.${Buffer.from(hmac('sha256', publicPem, text, 'hex'), 'hex').toString('base64url')}`;
    expect(await ask(token)).toMatchObject({ reason: 'SIGNATURE_MISMATCH' });
    const byPem = defineScheme({ ...scheme, keys: 'secret' });
    expect(await ask(token, { scheme: byPem, secrets: [{ value: publicPem }] })).toMatchObject({
      reason: 'SIGNATURE_MISMATCH',
    });
  });

  it('is refused with two keys of one name, with a shared key in the set, and without a set', async () => {
    for (const document of [set(jwk, jwk), set({ kty: 'oct', k: 'AA', kid: 'k1' }), '[]', 'not JSON'])
      expect(await ask(tokenOf(), { document: { value: document } })).toMatchObject({
        reason: 'UNKNOWN_KEY',
      });
    expect(await ask(tokenOf(), { document: undefined })).toMatchObject({ reason: 'KEYS_UNREACHABLE' });
  });

  it('is verified with the previous secret during a rotation', async () => {
    const shared = defineScheme({ ...scheme, algorithms: ['HS256'], keys: 'secret' });
    const text = `${encoded({ alg: 'HS256' })}.${encoded(claims)}`;
    const token = `${text}.${Buffer.from(hmac('sha256', 'old', text, 'hex'), 'hex').toString('base64url')}`;
    const secrets = [{ value: 'new' }, { value: 'old' }, { value: 'old', use: 'handshake' as const }];
    expect(await ask(token, { scheme: shared, secrets })).toMatchObject({ verified: true, secretIndex: 1 });
    expect(await ask(token, { scheme: shared, secrets: secrets.slice(2) })).toMatchObject({
      reason: 'NO_USABLE_SECRET',
    });
  });
});

describe('the key of a token', () => {
  const asked = defineScheme({
    ...scheme,
    keys: {
      jwk: {
        url: 'https://acme.example/keys/get',
        headers: { 'x-secret': '{secret}' },
        body: { key_id: '{kid}' },
        at: '/key',
        expiresAt: '/key/expired_at',
      },
    },
  });
  const answer = (more: object) => ({ value: JSON.stringify({ key: { ...jwk, ...more } }) });

  it('is asked for by the name in the token', async () => {
    const request = post(body, { authorization: `Bearer ${tokenOf()}` });
    expect(await keyDocumentOf(asked, request)).toEqual({
      url: 'https://acme.example/keys/get',
      headers: { 'x-secret': '{secret}' },
      body: '{"key_id":"k1"}',
    });
  });

  it.each([[undefined], ['a b'], ['x'.repeat(257)], [7], ['<']])(
    'is not asked for by the name %p',
    async kid => {
      const request = post(body, { authorization: `Bearer ${tokenOf({}, { kid })}` });
      expect(await keyDocumentOf(asked, request)).toMatchObject({ reason: 'UNKNOWN_KEY' });
    },
  );

  it('is used until it expires', async () => {
    const check = (more: object) => ask(tokenOf(), { scheme: asked, document: answer(more) });
    expect(await check({ expired_at: null })).toMatchObject({ verified: true });
    expect(await check({ expired_at: now + 1 })).toMatchObject({ verified: true });
    expect(await check({ expired_at: now })).toMatchObject({ reason: 'UNKNOWN_KEY' });
  });
});

describe('a scheme with a JSON Web Token', () => {
  it.each<[string, object, string]>([
    ['an unknown option', { audience: 'x' }, 'unknown option "audience"'],
    ['an unknown algorithm', { algorithms: ['none'] }, 'algorithm "none"'],
    ['no algorithm', { algorithms: [] }, 'at least one'],
    ['algorithms of both kinds', { algorithms: ['HS256', 'RS256'] }, 'do not mix'],
    ['a shared secret that is published', { algorithms: ['HS256'] }, 'HS… needs keys: secret'],
    ['keys over HTTP', { keys: { jwks: 'http://acme.example/jwks.json' } }, 'must be https://'],
    ['keys of any host', { keys: { jwks: 'https://*.example/jwks.json' } }, 'must be https://'],
    ['certificates for any purpose', { keys: { x5c: { roots: ['a'.repeat(64)] } } }, 'for another purpose'],
    ['a root that is no fingerprint', { keys: { x5c: { roots: ['Apple'] } } }, 'fingerprints'],
    [
      'a question without the key’s name',
      { keys: { jwk: { url: 'https://a.example/k', body: {}, at: '/key' } } },
      '{kid}',
    ],
    ['nothing that makes a token ours', { claims: {}, bodyHash: undefined }, 'claims must say'],
    ['a tolerance of a day', { toleranceSeconds: 86_400 }, '1 to 3600'],
  ])('is refused with %s', (_, change, message) => {
    expect(() => defineScheme({ ...scheme, ...change } as JwtScheme)).toThrow(message);
  });
});
