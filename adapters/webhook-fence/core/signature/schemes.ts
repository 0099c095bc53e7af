import { defineScheme } from '../../contract/define-scheme.ts';
import type { Provider, SignedScheme, Signer, TokenScheme } from '../../contract/webhook-scheme.ts';

const hmacSha256 = (encoding: 'hex' | 'base64'): Signer => ({ algorithm: 'hmac-sha256', encoding });

const standardSigners: readonly Signer[] = [
  {
    element: 'v1',
    algorithm: 'hmac-sha256',
    encoding: 'base64',
    key: { encoding: 'base64', prefix: 'whsec_', prefixOptional: true },
  },
  { element: 'v1a', algorithm: 'ed25519', encoding: 'base64', key: { encoding: 'base64', prefix: 'whpk_' } },
];

/** Names of the same headers: with the names of its own, Svix also sends or lets its customers send those of the specification. */
const standard = (name: string, prefixes: readonly string[]): SignedScheme => {
  const named = (what: string) => prefixes.map(prefix => `${prefix}-${what}`);
  return defineScheme({
    kind: 'signed',
    name,
    signature: { header: named('signature'), elements: { separator: ' ', assignment: ',' } },
    signers: standardSigners,
    content: '{id}.{timestamp}.{body}',
    timestamp: { from: { header: named('timestamp') }, format: 'seconds', toleranceSeconds: 300 },
    id: { header: named('id') },
  });
};

/** How to verify requests of each known provider. All verification reads this table. */
export const schemes: Readonly<Record<Provider, SignedScheme | TokenScheme>> = Object.freeze({
  'standard-webhooks': standard('standard-webhooks', ['webhook']),
  svix: standard('svix', ['svix', 'webhook']),

  /** The complete secret is used, including `whsec_`. */
  stripe: defineScheme({
    kind: 'signed',
    name: 'stripe',
    signature: { header: 'stripe-signature', elements: { separator: ',', assignment: '=' } },
    signers: [{ element: 'v1', ...hmacSha256('hex') }],
    content: '{timestamp}.{body}',
    timestamp: { from: { element: 't' }, format: 'seconds', toleranceSeconds: 300 },
    /** How many endpoints have not accepted the event yet. */
    retryFields: ['/pending_webhooks'],
  }),

  github: defineScheme({
    kind: 'signed',
    name: 'github',
    signature: { header: 'x-hub-signature-256', prefix: 'sha256=' },
    signers: [hmacSha256('hex')],
    content: '{body}',
    id: { header: 'x-github-delivery' },
  }),

  /** Deliveries of several topics may share one `X-Shopify-Event-Id`; with it, the second would count as a duplicate. Deliveries of the events API (preview) have the same headers without `X-`. */
  shopify: defineScheme({
    kind: 'signed',
    name: 'shopify',
    signature: { header: ['x-shopify-hmac-sha256', 'shopify-hmac-sha256'] },
    signers: [hmacSha256('base64')],
    content: '{body}',
    id: { header: ['x-shopify-webhook-id', 'shopify-webhook-id'] },
  }),

  slack: defineScheme({
    kind: 'signed',
    name: 'slack',
    signature: { header: 'x-slack-signature', prefix: 'v0=' },
    signers: [hmacSha256('hex')],
    content: 'v0:{timestamp}:{body}',
    timestamp: { from: { header: 'x-slack-request-timestamp' }, format: 'seconds', toleranceSeconds: 300 },
    handshakes: [
      {
        method: 'POST',
        when: [{ field: '/type', is: 'url_verification' }],
        proof: 'scheme',
        answer: { text: '{field:/challenge}' },
      },
    ],
  }),

  twilio: defineScheme({
    kind: 'signed',
    name: 'twilio',
    signature: { header: 'x-twilio-signature' },
    signers: [
      { algorithm: 'hmac-sha1', encoding: 'base64' },
      // With a shared key of a webhook setting (public beta), which `X-Twilio-Webhooks-Signature-Settings` then names.
      { algorithm: 'hmac-sha256', encoding: 'base64' },
    ],
    content: { named: 'twilio' },
    id: { header: 'i-twilio-idempotency-token' },
  }),

  /** The provider's library checks no age; five minutes are ours. */
  sendgrid: defineScheme({
    kind: 'signed',
    name: 'sendgrid',
    signature: { header: 'x-twilio-email-event-webhook-signature' },
    signers: [{ algorithm: 'ecdsa-p256-sha256', encoding: 'base64', key: { encoding: 'base64' } }],
    content: '{timestamp}{body}',
    timestamp: {
      from: { header: 'x-twilio-email-event-webhook-timestamp' },
      format: 'seconds',
      toleranceSeconds: 300,
    },
  }),

  /** The provider's library allows 5 s backwards and any time forwards; 30 s both ways leave room for clocks that differ. */
  paddle: defineScheme({
    kind: 'signed',
    name: 'paddle',
    signature: { header: 'paddle-signature', elements: { separator: ';', assignment: '=' } },
    signers: [{ element: 'h1', ...hmacSha256('hex') }],
    content: '{timestamp}:{body}',
    timestamp: { from: { element: 'ts' }, format: 'seconds', toleranceSeconds: 30 },
  }),

  hubspot: defineScheme({
    kind: 'signed',
    name: 'hubspot',
    signature: { header: 'x-hubspot-signature-v3' },
    signers: [hmacSha256('base64')],
    content: '{method}{decodedUrl}{body}{timestamp}',
    timestamp: {
      from: { header: 'x-hubspot-request-timestamp' },
      format: 'milliseconds',
      toleranceSeconds: 300,
    },
  }),

  square: defineScheme({
    kind: 'signed',
    name: 'square',
    signature: { header: 'x-square-hmacsha256-signature' },
    signers: [hmacSha256('base64')],
    content: '{url}{body}',
  }),

  adyen: defineScheme({
    kind: 'signed',
    name: 'adyen',
    signers: [{ ...hmacSha256('base64'), key: { encoding: 'hex' } }],
    content: { named: 'adyen-payment' },
  }),

  linear: defineScheme({
    kind: 'signed',
    name: 'linear',
    signature: { header: 'linear-signature' },
    signers: [hmacSha256('hex')],
    content: '{body}',
    timestamp: { from: { field: '/webhookTimestamp' }, format: 'milliseconds', toleranceSeconds: 60 },
    id: { header: 'linear-delivery' },
  }),

  /** The older shared token; hooks with a signing token follow `standard-webhooks`. */
  gitlab: defineScheme({
    kind: 'token',
    name: 'gitlab',
    token: { header: 'x-gitlab-token' },
    id: { header: 'idempotency-key' },
  }),

  meta: defineScheme({
    kind: 'signed',
    name: 'meta',
    signature: { header: 'x-hub-signature-256', prefix: 'sha256=' },
    signers: [hmacSha256('hex')],
    content: '{body}',
    handshakes: [
      {
        method: 'GET',
        when: [{ query: 'hub.mode', is: 'subscribe' }],
        proof: { token: { query: 'hub.verify_token' } },
        answer: { text: '{query:hub.challenge}' },
      },
    ],
  }),

  vercel: defineScheme({
    kind: 'signed',
    name: 'vercel',
    signature: { header: 'x-vercel-signature' },
    signers: [{ algorithm: 'hmac-sha1', encoding: 'hex' }],
    content: '{body}',
  }),

  webflow: defineScheme({
    kind: 'signed',
    name: 'webflow',
    signature: { header: 'x-webflow-signature' },
    signers: [hmacSha256('hex')],
    content: '{timestamp}:{body}',
    timestamp: { from: { header: 'x-webflow-timestamp' }, format: 'milliseconds', toleranceSeconds: 300 },
  }),

  zoom: defineScheme({
    kind: 'signed',
    name: 'zoom',
    signature: { header: 'x-zm-signature', prefix: 'v0=' },
    signers: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
    content: 'v0:{timestamp}:{body}',
    timestamp: { from: { header: 'x-zm-request-timestamp' }, format: 'seconds', toleranceSeconds: 300 },
    handshakes: [
      {
        method: 'POST',
        when: [{ field: '/event', is: 'endpoint.url_validation' }],
        proof: 'scheme',
        answer: {
          json: {
            plainToken: '{field:/payload/plainToken}',
            encryptedToken: { digest: 'hmac-sha256', of: '{field:/payload/plainToken}', encoding: 'hex' },
          },
        },
      },
    ],
  }),

  zendesk: defineScheme({
    kind: 'signed',
    name: 'zendesk',
    signature: { header: 'x-zendesk-webhook-signature' },
    signers: [{ algorithm: 'hmac-sha256', encoding: 'base64' }],
    content: '{timestamp}{body}',
    timestamp: {
      from: { header: 'x-zendesk-webhook-signature-timestamp' },
      format: 'rfc3339',
      toleranceSeconds: 300,
    },
    id: { header: 'x-zendesk-webhook-invocation-id' },
  }),

  /** Of webhook events; interactions want their answer at once, which a fence cannot give. */
  discord: defineScheme({
    kind: 'signed',
    name: 'discord',
    signature: { header: 'x-signature-ed25519' },
    signers: [{ algorithm: 'ed25519', encoding: 'hex', key: { encoding: 'hex' } }],
    content: '{timestamp}{body}',
    timestamp: { from: { header: 'x-signature-timestamp' }, format: 'seconds', toleranceSeconds: 300 },
    handshakes: [
      { method: 'POST', when: [{ field: '/type', is: '0' }], proof: 'scheme', answer: { status: 204 } },
    ],
  }),

  /** A header for each key of the account. */
  docusign: defineScheme({
    kind: 'signed',
    name: 'docusign',
    signature: {
      header: ['x-docusign-signature-1', 'x-docusign-signature-2', 'x-docusign-signature-3'],
    },
    signers: [{ algorithm: 'hmac-sha256', encoding: 'base64' }],
    content: '{body}',
    retryFields: ['/retryCount'],
  }),

  xero: defineScheme({
    kind: 'signed',
    name: 'xero',
    signature: { header: 'x-xero-signature' },
    signers: [{ algorithm: 'hmac-sha256', encoding: 'base64' }],
    content: '{body}',
    handshakes: [
      {
        method: 'POST',
        when: [
          { field: '/firstEventSequence', is: '0' },
          { field: '/lastEventSequence', is: '0' },
        ],
        proof: 'scheme',
        answer: {},
      },
    ],
  }),

  intercom: defineScheme({
    kind: 'signed',
    name: 'intercom',
    signature: { header: 'x-hub-signature', prefix: 'sha1=' },
    signers: [{ algorithm: 'hmac-sha1', encoding: 'hex' }],
    content: '{body}',
  }),

  typeform: defineScheme({
    kind: 'signed',
    name: 'typeform',
    signature: { header: 'typeform-signature', prefix: 'sha256=' },
    signers: [hmacSha256('base64')],
    content: '{body}',
  }),

  /** Each secret is `user:password`. */
  'basic-auth': defineScheme({
    kind: 'token',
    name: 'basic-auth',
    token: { header: 'authorization', prefix: 'Basic ', encoding: 'base64' },
  }),

  'api-key': defineScheme({ kind: 'token', name: 'api-key', token: { header: 'x-api-key' } }),
});
