import { shopifyApi } from '@shopify/shopify-api';
import '@shopify/shopify-api/adapters/node';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import type { Provider } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import type { WebhookRequest } from '#adapters/webhook-fence/core/signature/request.ts';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { verify } from '#adapters/webhook-fence/core/signature/verify.ts';
import { ed25519, hmac, post, whsec } from './senders.ts';

/* What providers' libraries accept beside the usual form of their requests and secrets. */

const body = '{"a":"ü"}';
const now = () => Math.floor(Date.now() / 1000) * 1000;
const bare = whsec.slice('whsec_'.length);

const check = (provider: Provider, request: WebhookRequest, secret: string) =>
  verify(schemes[provider], request, { secrets: [{ value: secret }], receivedAt: Date.now() });

function signed(prefix: string, secret: string): Record<string, string> {
  const sentAt = now();
  return {
    [`${prefix}-id`]: 'msg_1',
    [`${prefix}-timestamp`]: String(sentAt / 1000),
    [`${prefix}-signature`]: new StandardWebhook(secret).sign('msg_1', new Date(sentAt), body),
  };
}

describe('Svix', () => {
  it.each([
    ['its own headers', 'svix', whsec],
    ['the headers of the specification', 'webhook', whsec],
    ['a secret without its prefix', 'svix', bare],
  ])('is verified with %s, as its library does', (_, prefix, secret) => {
    const headers = signed(prefix, secret);
    expect(new SvixWebhook(secret).verify(body, headers)).toEqual({ a: 'ü' });
    expect(check('svix', post(body, headers), secret)).toMatchObject({ verified: true, deliveryId: 'msg_1' });
  });

  it('takes a public key for no shared secret', () => {
    expect(check('svix', post(body, signed('svix', whsec)), ed25519.whpk)).toMatchObject({
      reason: 'SIGNATURE_MISMATCH',
    });
  });
});

test('Standard Webhooks are verified with a secret without its prefix, as the library does', () => {
  const headers = signed('webhook', bare);
  expect(new StandardWebhook(bare).verify(body, headers)).toEqual({ a: 'ü' });
  expect(check('standard-webhooks', post(body, headers), bare)).toMatchObject({ verified: true });
});

test('an event of Shopify is verified by its headers, as the library does', async () => {
  const headers = {
    'shopify-hmac-sha256': hmac('sha256', 'shpss_client_secret', body, 'base64'),
    'shopify-webhook-id': 'w-1',
    'shopify-event-id': 'e-1',
    'shopify-topic': 'orders/create',
    'shopify-shop-domain': 'shop.example.com',
    'shopify-api-version': '2026-10',
    'shopify-handle': 'orders',
    'shopify-action': 'create',
    'shopify-resource-id': 'gid://shopify/Order/1',
    'shopify-triggered-at': '2026-11-20T08:00:00Z',
  };
  const shopify = shopifyApi({
    apiKey: 'none',
    apiSecretKey: 'shpss_client_secret',
    apiVersion: '2026-10' as never,
    hostName: 'edge.example.com',
    isEmbeddedApp: false,
    logger: { log: () => undefined },
  });
  const rawRequest = { method: 'POST', url: '/', headers };
  expect((await shopify.webhooks.validate({ rawBody: body, rawRequest })).valid).toBe(true);
  expect(check('shopify', post(body, headers), 'shpss_client_secret')).toMatchObject({
    verified: true,
    deliveryId: 'w-1',
  });
});

describe('Adyen', () => {
  /** @adyen/api-library joins what is null or missing as an empty text. */
  it.each([
    [
      'a null',
      { originalReference: null, merchantReference: 'r-1' },
      'psp-1::Shop:r-1:1130:EUR:AUTHORISATION:true',
    ],
    ['a missing reference', {}, 'psp-1::Shop::1130:EUR:AUTHORISATION:true'],
    ['a null reference', { merchantReference: null }, 'psp-1::Shop::1130:EUR:AUTHORISATION:true'],
  ])('is verified with %s, which counts as empty', (_, fields, text) => {
    const key = '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056';
    const item = {
      additionalData: { hmacSignature: hmac('sha256', Buffer.from(key, 'hex'), text, 'base64') },
      pspReference: 'psp-1',
      merchantAccountCode: 'Shop',
      amount: { value: 1130, currency: 'EUR' },
      eventCode: 'AUTHORISATION',
      success: 'true',
      ...fields,
    };
    const notification = { notificationItems: [{ NotificationRequestItem: item }] };
    expect(check('adyen', post(JSON.stringify(notification), {}), key)).toMatchObject({ verified: true });
  });
});
