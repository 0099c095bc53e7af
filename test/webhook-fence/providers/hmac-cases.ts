import { defineScheme, hmacScheme } from '#adapters/webhook-fence/contract/define-scheme.ts';
import type { SignedScheme } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { docusign } from '../../guides/schemes/docusign.ts';
import { zendesk } from '../../guides/schemes/zendesk.ts';
import { hmac, post } from '../core/signature/senders.ts';
import { address, at, body, type ProviderCase, seconds } from './provider-case.ts';

/*
 * Providers that sign with a shared secret, and have no handshake. Where the source is a library, the signature below was accepted by
 * its version of November 2026, which is not kept here for its size.
 */

const secret = 'k';
const secrets = [{ value: secret }];
const signed = hmac('sha256', secret, body, 'hex');

type Hmac = Pick<ProviderCase, 'provider' | 'checked' | 'source'> & {
  readonly scheme: SignedScheme;
  readonly headers: Record<string, string>;
  readonly key?: string;
  readonly text?: string;
  readonly time?: number;
  readonly url?: string;
};

const of = ({ headers, key = secret, text = body, time = at, url, ...rest }: Hmac): ProviderCase => ({
  ...rest,
  secrets: key === secret ? secrets : [{ value: key }],
  at: time,
  request: post(text, headers, url),
});

const stamped = (name: string, spec: Partial<SignedScheme>): SignedScheme =>
  defineScheme({
    kind: 'signed',
    name,
    signers: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
    content: '{timestamp}{body}',
    ...spec,
  });

/** `t=1760000000,v1=…`, as Stripe writes it. */
const likeStripe = (name: string, header: string): SignedScheme =>
  defineScheme({
    ...(schemes.stripe as SignedScheme),
    name,
    signature: { header, elements: { separator: ',', assignment: '=' } },
  });

const svixHeaders = (prefix: string) => ({
  [`${prefix}-id`]: 'msg_1',
  [`${prefix}-timestamp`]: seconds,
  [`${prefix}-signature`]: 'v1,NskB+O1LTN43V5dYKoKi3omxJFWv1pBiznNBdcUlU7g=',
});

const whsec = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

const revolut =
  '{"data":{"id":"645a7696-22f3-aa47-9c74-cbae0449cc46","new_state":"completed","old_state":"pending","request_id":"app_charges-9f5d5eb3-1e06-46c5-b1c0-3914763e0bcb"},"event":"TransactionStateChanged","timestamp":"2023-05-09T16:36:38.028960Z"}';

const plain = (
  provider: string,
  header: string,
  more: Partial<Hmac> & { prefix?: string } = {},
): ProviderCase => {
  const { prefix = '', ...rest } = more;
  return of({
    provider,
    checked: 'example',
    source: '',
    scheme: hmacScheme({
      name: provider.toLowerCase().replaceAll(/\W+/g, '-'),
      header,
      ...(prefix && { prefix }),
    }),
    headers: { [header]: prefix + signed },
    ...rest,
  });
};

const inBase64 = (provider: string, header: string, source: string): ProviderCase =>
  of({
    provider,
    checked: 'example',
    source,
    scheme: hmacScheme({ name: provider.toLowerCase(), header, encoding: 'base64' }),
    headers: { [header]: hmac('sha256', secret, body, 'base64') },
  });

export const hmacCases: readonly ProviderCase[] = [
  of({
    provider: 'Intercom',
    checked: 'example',
    source: 'developers.intercom.com/docs/webhooks/setting-up-webhooks, "Signed notifications"',
    scheme: schemes.intercom as SignedScheme,
    headers: { 'x-hub-signature': `sha1=${hmac('sha1', secret, body, 'hex')}` },
  }),
  of({
    provider: 'Typeform',
    checked: 'example',
    source: 'typeform.com/developers/webhooks/secure-your-webhooks',
    scheme: schemes.typeform as SignedScheme,
    headers: { 'typeform-signature': `sha256=${hmac('sha256', secret, body, 'base64')}` },
  }),
  of({
    provider: 'Mux',
    checked: 'SDK',
    source: '@mux/mux-node, webhooks.verifySignature',
    scheme: likeStripe('mux', 'mux-signature'),
    key: 'mux-secret',
    headers: {
      'mux-signature': `t=${seconds},v1=3f06b5d3dcbcfb77d1ef567252fa336786da101e6982ba2d8310fa3a041fcfc2`,
    },
  }),
  of({
    provider: 'WorkOS',
    checked: 'SDK',
    source: '@workos-inc/node, webhooks.verifyHeader',
    scheme: stamped('workos', {
      signature: { header: 'workos-signature', elements: { separator: ', ', assignment: '=' } },
      signers: [{ element: 'v1', algorithm: 'hmac-sha256', encoding: 'hex' }],
      content: '{timestamp}.{body}',
      timestamp: { from: { element: 't' }, format: 'milliseconds', toleranceSeconds: 180 },
    }),
    key: 'wos',
    headers: {
      'workos-signature': `t=${at}, v1=6175e937fb7ff35c4b66da867de416c2ea8987d2dd328efa2a0e477cd79f8251`,
    },
  }),
  of({
    provider: 'PagerDuty',
    checked: 'example',
    source: 'developer.pagerduty.com/docs/verifying-webhook-signatures',
    scheme: stamped('pagerduty', {
      signature: { header: 'x-pagerduty-signature', elements: { separator: ',', assignment: '=' } },
      signers: [{ element: 'v1', algorithm: 'hmac-sha256', encoding: 'hex' }],
      content: '{body}',
    }),
    headers: { 'x-pagerduty-signature': `v1=${'0'.repeat(64)},v1=${signed}` },
  }),
  of({
    provider: 'Paystack',
    checked: 'example',
    source: 'paystack.com/docs/payments/webhooks, "Verify event origin"',
    scheme: hmacScheme({ name: 'paystack', header: 'x-paystack-signature', algorithm: 'hmac-sha512' }),
    headers: { 'x-paystack-signature': hmac('sha512', secret, body, 'hex') },
  }),
  of({
    provider: 'Airwallex',
    checked: 'example',
    source:
      'airwallex.com/docs/developer-tools/webhooks/listen-for-webhook-events, "Check webhook signatures"',
    scheme: stamped('airwallex', {
      signature: { header: 'x-signature' },
      timestamp: { from: { header: 'x-timestamp' }, format: 'milliseconds', toleranceSeconds: 300 },
    }),
    headers: { 'x-timestamp': String(at), 'x-signature': hmac('sha256', secret, `${at}${body}`, 'hex') },
  }),
  of({
    provider: 'Coinbase Commerce',
    checked: 'SDK',
    source: 'coinbase-commerce-node, Webhook.verifySigHeader',
    scheme: hmacScheme({ name: 'coinbase', header: 'x-cc-webhook-signature' }),
    key: 'cc',
    headers: { 'x-cc-webhook-signature': '43205abc53517c3106d9faaf502763d600621620e70bd36fdbaf770ff2026603' },
  }),
  of({
    provider: 'Revolut',
    checked: 'vector',
    source: 'developer.revolut.com/docs/guides/manage-accounts/webhooks/verify-the-payload-signature',
    scheme: stamped('revolut', {
      signature: { header: 'revolut-signature', elements: { separator: ',', assignment: '=' } },
      signers: [{ element: 'v1', algorithm: 'hmac-sha256', encoding: 'hex' }],
      content: 'v1.{timestamp}.{body}',
      timestamp: {
        from: { header: 'revolut-request-timestamp' },
        format: 'milliseconds',
        toleranceSeconds: 300,
      },
    }),
    key: 'wsk_r59a4HfWVAKycbCaNO1RvgCJec02gRd8',
    text: revolut,
    time: 1_683_650_202_360,
    headers: {
      'revolut-request-timestamp': '1683650202360',
      'revolut-signature': 'v1=bca326fb378d0da7f7c490ad584a8106bab9723d8d9cdd0d50b4c5b3be3837c0',
    },
  }),
  plain('Grafana', 'x-grafana-alerting-signature', {
    source:
      'grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier',
  }),
  of({
    provider: 'Calendly',
    checked: 'example',
    source: 'developer.calendly.com/api-docs/webhook-signatures',
    scheme: likeStripe('calendly', 'calendly-webhook-signature'),
    headers: {
      'calendly-webhook-signature': `t=${seconds},v1=${hmac('sha256', secret, `${seconds}.${body}`, 'hex')}`,
    },
  }),
  of({
    provider: 'Razorpay',
    checked: 'SDK',
    source: 'razorpay, validateWebhookSignature',
    scheme: hmacScheme({ name: 'razorpay', header: 'x-razorpay-signature', idHeader: 'x-razorpay-event-id' }),
    key: 'rzp',
    headers: { 'x-razorpay-signature': 'eb4b85bb54df0e6ca3b57da74ea719ee03d4861137019d209994f3e23a1d237f' },
  }),
  plain('Lemon Squeezy', 'x-signature', { source: 'docs.lemonsqueezy.com/help/webhooks/signing-requests' }),
  inBase64('WooCommerce', 'x-wc-webhook-signature', 'woocommerce.com/document/webhooks, "Secret"'),
  plain('Sentry', 'sentry-hook-signature', {
    source:
      'docs.sentry.io/organization/integrations/integration-platform/webhooks, "Verifying the signature"',
  }),
  of({
    provider: 'GoCardless',
    checked: 'SDK',
    source: 'gocardless-nodejs, webhooks.parse',
    scheme: hmacScheme({ name: 'gocardless', header: 'webhook-signature' }),
    key: 'gc',
    text: '{"events":[{"id":"EV1"}]}',
    headers: { 'webhook-signature': '62c3546d530e9c6c5f420904ba3a45db5c05ee6bf7ee0ab72402f63e90eafafc' },
  }),
  of({
    provider: 'LINE',
    checked: 'SDK',
    source: '@line/bot-sdk, validateSignature',
    scheme: hmacScheme({ name: 'line', header: 'x-line-signature', encoding: 'base64' }),
    key: 'line',
    headers: { 'x-line-signature': 'Uc1wDMEK5Bq7d3sQkxbEmN8fJVgMlZBfvp4GdUcL3y8=' },
  }),
  inBase64('Tally', 'tally-signature', 'tally.so/help/webhooks, "Signing secret"'),
  of({
    provider: 'Notion',
    checked: 'SDK',
    source: '@notionhq/client, signWebhookPayload',
    scheme: hmacScheme({ name: 'notion', header: 'x-notion-signature', prefix: 'sha256=' }),
    key: 'secret_tnb',
    headers: {
      'x-notion-signature': 'sha256=89bd33a7296e8b4532bd7bd3937457aad8463704d4122091fbd049ec33987b4c',
    },
  }),
  ...[
    ['Clerk', 'svix', '@clerk/backend, verifyWebhook'],
    ['Resend', 'svix', 'resend, webhooks.verify'],
    ['OpenAI', 'webhook', 'openai, webhooks.verifySignature'],
    ['Replicate', 'webhook', 'replicate, validateWebhook'],
  ].map(([provider = '', prefix = '', source = '']) =>
    of({
      provider,
      checked: 'SDK',
      source,
      scheme: (prefix === 'svix' ? schemes.svix : schemes['standard-webhooks']) as SignedScheme,
      key: whsec,
      headers: svixHeaders(prefix),
    }),
  ),
  of({
    provider: 'DocuSign',
    checked: 'example',
    source: 'developers.docusign.com/platform/webhooks/connect/hmac; three keys, of which the second is ours',
    scheme: docusign as SignedScheme,
    headers: {
      'x-docusign-signature-1': hmac('sha256', 'another key', body, 'base64'),
      'x-docusign-signature-2': hmac('sha256', secret, body, 'base64'),
    },
  }),
  of({
    provider: 'Box',
    checked: 'SDK',
    source: 'box-node-sdk, WebhooksManager.validateMessage',
    scheme: stamped('box', {
      signature: { header: ['box-signature-primary', 'box-signature-secondary'] },
      signers: [{ algorithm: 'hmac-sha256', encoding: 'base64' }],
      content: '{body}{timestamp}',
      timestamp: { from: { header: 'box-delivery-timestamp' }, format: 'rfc3339', toleranceSeconds: 600 },
      id: { header: 'box-delivery-id' },
    }),
    key: 'PRIMARY',
    headers: {
      'box-delivery-id': 'f96bb54b-ee16-4fc5-aa65-8c2d9e5b546f',
      'box-delivery-timestamp': '2025-10-09T08:53:20-00:00',
      'box-signature-primary': 'Fg+fezPteT7iIvZWGtN1sKjjC7sCOVYTvlJcS3ZWbWg=',
      'box-signature-secondary': hmac('sha256', 'SECONDARY', `${body}2025-10-09T08:53:20-00:00`, 'base64'),
    },
  }),
  of({
    provider: 'Zendesk',
    checked: 'example',
    source: 'developer.zendesk.com/documentation/webhooks/verifying; the signing key that it gives for tests',
    scheme: zendesk as SignedScheme,
    key: 'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==',
    time: Date.parse('2021-07-25T10:00:00Z'),
    headers: {
      'x-zendesk-webhook-signature-timestamp': '2021-07-25T10:00:00Z',
      'x-zendesk-webhook-signature': hmac(
        'sha256',
        'dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==',
        `2021-07-25T10:00:00Z${body}`,
        'base64',
      ),
    },
  }),
  of({
    provider: 'Klaviyo',
    checked: 'example',
    source: 'developers.klaviyo.com/en/docs/working_with_system_webhooks',
    scheme: stamped('klaviyo', {
      signature: { header: 'klaviyo-signature' },
      content: '{body}{timestamp}',
      timestamp: { from: { header: 'klaviyo-timestamp' }, format: 'http-date', toleranceSeconds: 300 },
    }),
    time: Date.parse('2026-04-14T03:50:12Z'),
    headers: {
      'klaviyo-timestamp': 'Tue, 14 Apr 2026 03:50:12 GMT',
      'klaviyo-signature': hmac('sha256', secret, `${body}Tue, 14 Apr 2026 03:50:12 GMT`, 'hex'),
    },
  }),
  of({
    provider: 'Contentful',
    checked: 'SDK',
    source: '@contentful/node-apps-toolkit, signRequest',
    scheme: stamped('contentful', {
      signature: { header: 'x-contentful-signature' },
      content: '{method}\n{path}\n{signedHeaders:x-contentful-signed-headers}\n{body}',
      timestamp: { from: { header: 'x-contentful-timestamp' }, format: 'milliseconds', toleranceSeconds: 30 },
    }),
    key: 'a'.repeat(64),
    url: 'https://edge.example.com/hooks/cms',
    headers: {
      'x-contentful-topic': 'ContentManagement.Entry.publish',
      'x-contentful-timestamp': String(at),
      'x-contentful-signed-headers': 'x-contentful-signed-headers,x-contentful-timestamp,x-contentful-topic',
      'x-contentful-signature': 'cc08d3b3245608ac599c8671273632cbf2028f8bb73ed0b6c216452cd7e01ca1',
    },
  }),
  of({
    provider: 'Mailgun',
    checked: 'example',
    source: 'documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks',
    scheme: stamped('mailgun', {
      signature: { field: '/signature/signature' },
      content: '{timestamp}{field:/signature/token}',
      timestamp: { from: { field: '/signature/timestamp' }, format: 'seconds', toleranceSeconds: 300 },
      unsignedBody: { reason: 'Mailgun signs a token that it uses once.' },
      retryFields: ['/signature/token'],
    }),
    text: JSON.stringify({
      signature: {
        token: 'e0b5477167110d68991efc6b9f89f0a11066af27834600e123',
        timestamp: seconds,
        signature: hmac(
          'sha256',
          secret,
          `${seconds}e0b5477167110d68991efc6b9f89f0a11066af27834600e123`,
          'hex',
        ),
      },
      'event-data': { id: 'CPgfbmQMTCKtHW6uIWtuVe', event: 'delivered' },
    }),
    headers: {},
  }),
  of({
    provider: 'Twilio, shared key',
    checked: 'example',
    source: 'twilio.com/docs/usage/webhooks/webhook-shared-keys (public beta)',
    scheme: schemes.twilio as SignedScheme,
    key: 'shared-key',
    text: 'From=%2B15550100&Body=Hi',
    headers: {
      'x-twilio-webhooks-signature-settings': 'key=SK1,algorithm=HMAC_SHA256',
      'x-twilio-signature': hmac('sha256', 'shared-key', `${address}BodyHiFrom+15550100`, 'base64'),
    },
  }),
];
