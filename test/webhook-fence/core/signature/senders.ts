import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign as signAsymmetric,
} from 'node:crypto';
import { sign as signForGithub } from '@octokit/webhooks-methods';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { Webhook as SvixWebhook } from 'svix';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { Provider } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import type { WebhookRequest } from '#adapters/webhook-fence/core/signature/request.ts';
import type { Secret } from '#adapters/webhook-fence/core/signature/secret.ts';

export interface Delivery {
  readonly body: string;
  /** Epoch milliseconds; whole seconds, so that senders which count seconds lose nothing. */
  readonly sentAt: number;
  readonly id: string;
}

/** A provider as seen from the edge: signs deliveries as its own library or documentation does. */
export interface Sender {
  readonly name: string;
  readonly provider: Provider;
  readonly secret: Secret;
  /** Headers, in lower case, of which every bit counts. */
  readonly signedHeaders: readonly string[];
  /** What its body must be like. Default: any JSON. */
  readonly bodies?: 'form' | 'adyen' | 'linear';
  send(delivery: Delivery): WebhookRequest | Promise<WebhookRequest>;
}

export const url = 'https://edge.example.com/webhooks/partner';

export const post = (body: string, headers: Record<string, string>, to = url): WebhookRequest => ({
  method: 'POST',
  url: to,
  headers,
  body: Buffer.from(body),
});

export const hmac = (hash: string, key: string | Buffer, text: string, encoding: 'hex' | 'base64'): string =>
  createHmac(hash, key).update(text).digest(encoding);

const seconds = (milliseconds: number): string => String(milliseconds / 1000);

export const whsec = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

/** The ed25519 key of standard-webhooks' own test, libraries/go/webhook_asymmetric_test.go. */
export const ed25519 = keyPairOf(Buffer.from('VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=', 'base64'));

function keyPairOf(seed: Buffer) {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { privateKey, whpk: `whpk_${spki.subarray(-32).toString('base64')}` };
}

const ecKeys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
export const sendgridKey = ecKeys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');

export const stripe = new Stripe('sk_test_none');

export const senders: readonly Sender[] = [
  {
    name: 'Standard Webhooks v1, signed by standardwebhooks',
    provider: 'standard-webhooks',
    secret: { value: whsec },
    signedHeaders: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
    send: ({ body, sentAt, id }) =>
      post(body, {
        'webhook-id': id,
        'webhook-timestamp': seconds(sentAt),
        'webhook-signature': new StandardWebhook(whsec).sign(id, new Date(sentAt), body),
      }),
  },
  {
    name: 'Standard Webhooks v1a, signed with node:crypto as the specification says',
    provider: 'standard-webhooks',
    secret: { value: ed25519.whpk },
    signedHeaders: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
    send: ({ body, sentAt, id }) => {
      const content = Buffer.from(`${id}.${seconds(sentAt)}.${body}`);
      return post(body, {
        'webhook-id': id,
        'webhook-timestamp': seconds(sentAt),
        'webhook-signature': `v1a,${signAsymmetric(null, content, ed25519.privateKey).toString('base64')}`,
      });
    },
  },
  {
    name: 'Svix, signed by svix',
    provider: 'svix',
    secret: { value: whsec },
    signedHeaders: ['svix-id', 'svix-timestamp', 'svix-signature'],
    send: ({ body, sentAt, id }) =>
      post(body, {
        'svix-id': id,
        'svix-timestamp': seconds(sentAt),
        'svix-signature': new SvixWebhook(whsec).sign(id, new Date(sentAt), body),
      }),
  },
  {
    name: 'Stripe, signed by stripe',
    provider: 'stripe',
    secret: { value: 'whsec_test_secret' },
    signedHeaders: ['stripe-signature'],
    send: ({ body, sentAt }) =>
      post(body, {
        'stripe-signature': stripe.webhooks.generateTestHeaderString({
          payload: body,
          secret: 'whsec_test_secret',
          timestamp: sentAt / 1000,
        }),
      }),
  },
  {
    name: 'GitHub, signed by @octokit/webhooks-methods',
    provider: 'github',
    secret: { value: 'It is no secret' },
    signedHeaders: ['x-hub-signature-256'],
    send: async ({ body, id }) =>
      post(body, {
        'x-hub-signature-256': await signForGithub('It is no secret', body),
        'x-github-delivery': id,
      }),
  },
  {
    name: 'Shopify, signed with node:crypto and accepted by @shopify/shopify-api',
    provider: 'shopify',
    secret: { value: 'shpss_client_secret' },
    signedHeaders: ['x-shopify-hmac-sha256'],
    send: ({ body, id }) =>
      post(body, {
        'x-shopify-hmac-sha256': hmac('sha256', 'shpss_client_secret', body, 'base64'),
        'x-shopify-webhook-id': id,
        'x-shopify-topic': 'orders/create',
        'x-shopify-shop-domain': 'shop.example.com',
        'x-shopify-api-version': '2026-10',
      }),
  },
  {
    name: 'Slack, signed with node:crypto as its documentation says',
    provider: 'slack',
    secret: { value: '8f742231b10e8888abcd99yyyzzz85a5' },
    signedHeaders: ['x-slack-request-timestamp', 'x-slack-signature'],
    send: ({ body, sentAt }) => {
      const content = `v0:${seconds(sentAt)}:${body}`;
      return post(body, {
        'x-slack-request-timestamp': seconds(sentAt),
        'x-slack-signature': `v0=${hmac('sha256', '8f742231b10e8888abcd99yyyzzz85a5', content, 'hex')}`,
      });
    },
  },
  {
    name: 'Twilio form, signed by twilio',
    provider: 'twilio',
    secret: { value: 'twilio-auth-token' },
    signedHeaders: ['x-twilio-signature'],
    bodies: 'form',
    send: ({ body, id }) =>
      post(body, {
        'x-twilio-signature': getExpectedTwilioSignature('twilio-auth-token', url, fieldsOf(body)),
        'i-twilio-idempotency-token': id,
      }),
  },
  {
    name: 'Twilio JSON, signed by twilio',
    provider: 'twilio',
    secret: { value: 'twilio-auth-token' },
    signedHeaders: ['x-twilio-signature'],
    send: ({ body }) => {
      const address = `${url}?bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
      const signature = getExpectedTwilioSignature('twilio-auth-token', address, {});
      return post(body, { 'x-twilio-signature': signature }, address);
    },
  },
  {
    name: 'SendGrid, signed with node:crypto and accepted by @sendgrid/eventwebhook',
    provider: 'sendgrid',
    secret: { value: sendgridKey },
    signedHeaders: ['x-twilio-email-event-webhook-signature', 'x-twilio-email-event-webhook-timestamp'],
    send: ({ body, sentAt }) => {
      const content = Buffer.from(seconds(sentAt) + body);
      return post(body, {
        'x-twilio-email-event-webhook-signature': signAsymmetric(
          'sha256',
          content,
          ecKeys.privateKey,
        ).toString('base64'),
        'x-twilio-email-event-webhook-timestamp': seconds(sentAt),
      });
    },
  },
  {
    name: 'Paddle, signed with node:crypto and accepted by @paddle/paddle-node-sdk',
    provider: 'paddle',
    secret: { value: 'pdl_ntfset_secret' },
    signedHeaders: ['paddle-signature'],
    send: ({ body, sentAt }) => {
      const ts = seconds(sentAt);
      const h1 = hmac('sha256', 'pdl_ntfset_secret', `${ts}:${body}`, 'hex');
      return post(body, { 'paddle-signature': `ts=${ts};h1=${h1}` });
    },
  },
  {
    name: 'HubSpot v3, signed with node:crypto as @hubspot/api-client does',
    provider: 'hubspot',
    secret: { value: 'hubspot-client-secret' },
    signedHeaders: ['x-hubspot-signature-v3', 'x-hubspot-request-timestamp'],
    send: ({ body, sentAt }) =>
      post(body, {
        'x-hubspot-signature-v3': hmac(
          'sha256',
          'hubspot-client-secret',
          `POST${url}${body}${sentAt}`,
          'base64',
        ),
        'x-hubspot-request-timestamp': String(sentAt),
      }),
  },
  {
    name: 'Square, signed with node:crypto as its SDK does',
    provider: 'square',
    secret: { value: 'square-signature-key' },
    signedHeaders: ['x-square-hmacsha256-signature'],
    send: ({ body }) =>
      post(body, {
        'x-square-hmacsha256-signature': hmac('sha256', 'square-signature-key', url + body, 'base64'),
      }),
  },
  {
    name: 'Linear, signed with node:crypto and accepted by @linear/sdk',
    provider: 'linear',
    secret: { value: 'lin_wh_secret' },
    signedHeaders: ['linear-signature'],
    bodies: 'linear',
    send: ({ body, id, sentAt }) => {
      const dated = JSON.stringify({ payload: body, webhookTimestamp: sentAt });
      return post(dated, {
        'linear-signature': hmac('sha256', 'lin_wh_secret', dated, 'hex'),
        'linear-delivery': id,
      });
    },
  },
  {
    name: 'Meta, signed with node:crypto as its documentation says (neither SDK nor published vector)',
    provider: 'meta',
    secret: { value: 'meta-app-secret' },
    signedHeaders: ['x-hub-signature-256'],
    send: ({ body }) =>
      post(body, { 'x-hub-signature-256': `sha256=${hmac('sha256', 'meta-app-secret', body, 'hex')}` }),
  },
  {
    name: 'Vercel, signed with node:crypto as its documentation says (neither SDK nor published vector)',
    provider: 'vercel',
    secret: { value: 'vercel-secret' },
    signedHeaders: ['x-vercel-signature'],
    send: ({ body }) => post(body, { 'x-vercel-signature': hmac('sha1', 'vercel-secret', body, 'hex') }),
  },
  {
    name: 'Webflow, signed with node:crypto as webflow-api does',
    provider: 'webflow',
    secret: { value: 'webflow-client-secret' },
    signedHeaders: ['x-webflow-signature', 'x-webflow-timestamp'],
    send: ({ body, sentAt }) =>
      post(body, {
        'x-webflow-signature': hmac('sha256', 'webflow-client-secret', `${sentAt}:${body}`, 'hex'),
        'x-webflow-timestamp': String(sentAt),
      }),
  },
];

/** A form's fields as Twilio's library wants them: a list where a name comes more than once. */
export function fieldsOf(form: string): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = Object.create(null);
  const parsed = new URLSearchParams(form);
  for (const name of parsed.keys()) {
    const values = [...parsed.getAll(name)];
    fields[name] = values.length > 1 ? values : values[0]!;
  }
  return fields;
}
