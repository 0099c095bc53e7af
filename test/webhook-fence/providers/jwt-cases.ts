import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signWith,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { defineScheme } from '#adapters/webhook-fence/contract/define-scheme.ts';
import type { JwtScheme } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { plaid } from '../../guides/schemes/plaid.ts';
import { hmac, post } from '../core/signature/senders.ts';

import { address, ask, at, body, type ProviderCase } from './provider-case.ts';
import { appleRoot, chainOfTest, leafKey } from './test-chain.ts';

/* Providers that send a JSON Web Token. Tokens are made with node:crypto, not with the library that verifies them. */

const google = JSON.parse(readFileSync(new URL('google-token.json', import.meta.url), 'utf8'));

const now = at / 1000;
const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** RFC 7515: ES256 signatures are two numbers of 32 bytes, not DER. */
function token(head: object, claims: object, key: KeyObject, hash = 'sha256'): string {
  const text = `${encoded(head)}.${encoded(claims)}`;
  const signature = signWith(hash, Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}

function sharedToken(claims: object, secret: string): string {
  const text = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded(claims)}`;
  return `${text}.${Buffer.from(hmac('sha256', secret, text, 'hex'), 'hex').toString('base64url')}`;
}

const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const jwkOf = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid });
const sha256 = (text: string, encoding: 'hex' | 'base64') =>
  createHash('sha256').update(text).digest(encoding);

const plaidKey = '6c5516e1-92dc-479e-a8ff-5a51992e0001';

const pubsub: JwtScheme = defineScheme({
  kind: 'jwt',
  name: 'google-pubsub',
  token: { header: 'authorization', prefix: 'Bearer ' },
  algorithms: ['RS256'],
  keys: { jwks: 'https://www.googleapis.com/oauth2/v3/certs' },
  claims: {
    iss: ['https://accounts.google.com', 'accounts.google.com'],
    aud: 'https://edge.example.com/webhooks/pubsub',
    email: 'push@acme.iam.gserviceaccount.com',
    email_verified: true,
  },
});

const google1: Omit<ProviderCase, 'provider'> = {
  checked: 'SDK',
  source: 'google-auth-library, OAuth2Client.verifySignedJwtWithCertsAsync',
  scheme: pubsub,
  secrets: [],
  at: 1_795_881_600_000,
  document: JSON.stringify(google.jwks),
  request: post(body, { authorization: `Bearer ${google.token}` }),
};

export const jwtCases: readonly ProviderCase[] = [
  {
    provider: 'Plaid',
    checked: 'example',
    source: 'plaid.com/docs/api/webhooks/webhook-verification',
    scheme: plaid,
    secrets: [{ value: 'plaid-secret' }],
    at,
    document: JSON.stringify({
      key: {
        ...jwkOf(ec.publicKey, plaidKey),
        created_at: now - 60,
        expired_at: null,
        use: 'sig',
        alg: 'ES256',
      },
      request_id: 'RZ6Omi1bzzwDaLo',
    }),
    request: post(body, {
      'plaid-verification': token(
        { alg: 'ES256', kid: plaidKey, typ: 'JWT' },
        { iat: now, request_body_sha256: sha256(body, 'hex') },
        ec.privateKey,
      ),
    }),
  },
  {
    provider: 'FusionAuth',
    checked: 'example',
    source: 'fusionauth.io/docs/extend/events-and-webhooks/signing',
    scheme: defineScheme({
      kind: 'jwt',
      name: 'fusionauth',
      token: { header: 'x-fusionauth-signature-jwt' },
      algorithms: ['RS256'],
      keys: { jwks: 'https://auth.example.com/.well-known/jwks.json' },
      bodyHash: { claim: 'request_body_sha256', algorithm: 'sha256', encoding: 'base64' },
    }),
    secrets: [],
    at,
    document: JSON.stringify({ keys: [jwkOf(rsa.publicKey, 'fa-1')] }),
    request: post(body, {
      'x-fusionauth-signature-jwt': token(
        { alg: 'RS256', kid: 'fa-1', typ: 'JWT' },
        { request_body_sha256: sha256(body, 'base64') },
        rsa.privateKey,
      ),
    }),
  },
  { provider: 'Google Pub/Sub', ...google1 },
  { provider: 'Google Play RTDN', ...google1 },
  {
    provider: 'Apple App Store',
    checked: 'example',
    source:
      'developer.apple.com/documentation/appstoreservernotifications/responsebodyv2; a chain made for the test',
    scheme: defineScheme({
      kind: 'jwt',
      name: 'apple-app-store',
      token: { field: '/signedPayload' },
      algorithms: ['ES256'],
      keys: {
        x5c: { roots: [appleRoot], extensions: ['1.2.840.113635.100.6.11.1', '1.2.840.113635.100.6.2.1'] },
      },
      claims: { '/data/bundleId': 'com.example.app' },
    }),
    secrets: [],
    at: 1_800_000_000_000,
    request: post(
      JSON.stringify({
        signedPayload: token(
          { alg: 'ES256', x5c: chainOfTest },
          { notificationType: 'TEST', data: { bundleId: 'com.example.app' }, signedDate: at },
          createPrivateKey(leafKey),
        ),
      }),
      {},
    ),
  },
  {
    provider: 'Fireblocks',
    checked: 'example',
    source: 'developers.fireblocks.com/reference/validating-webhooks',
    scheme: defineScheme({
      kind: 'jwt',
      name: 'fireblocks',
      token: { header: 'fireblocks-webhook-signature', detached: true },
      algorithms: ['RS512'],
      keys: { jwks: 'https://keys.fireblocks.io/.well-known/jwks.json' },
    }),
    secrets: [],
    at,
    document: JSON.stringify({ keys: [jwkOf(rsa.publicKey, 'webhook-key-2025-01')] }),
    request: post(body, { 'fireblocks-webhook-signature': detached(body) }),
  },
  {
    provider: 'monday.com',
    checked: 'example',
    source:
      'developer.monday.com/api-reference/docs/integration-authorization and /reference/webhooks, "URL verification"',
    scheme: defineScheme({
      kind: 'jwt',
      name: 'monday',
      token: { header: 'authorization' },
      algorithms: ['HS256'],
      keys: 'secret',
      claims: { aud: address },
      handshakes: [
        {
          method: 'POST',
          when: [{ field: '/challenge' }],
          proof: 'none',
          answer: { json: { challenge: '{field:/challenge}' } },
        },
      ],
    }),
    secrets: [{ value: 'signing-secret' }],
    at,
    request: post(body, {
      authorization: sharedToken({ accountId: 1, aud: address, exp: now + 300, iat: now }, 'signing-secret'),
    }),
    handshakes: [
      {
        request: { ...ask('POST'), body: Buffer.from('{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmd"}') },
        reply: { body: '{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmd"}' },
      },
    ],
  },
];

/** RFC 7515, appendix F: the payload is signed, and left out. */
function detached(payload: string): string {
  const head = encoded({ alg: 'RS512', kid: 'webhook-key-2025-01' });
  const text = `${head}.${Buffer.from(payload).toString('base64url')}`;
  return `${head}..${signWith('sha512', Buffer.from(text), rsa.privateKey).toString('base64url')}`;
}
