import { createHash } from 'node:crypto';
import { apiKeyScheme, defineScheme } from '#adapters/webhook-fence/contract/define-scheme.ts';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { post } from '../core/signature/senders.ts';
import { at, body, type ProviderCase } from './provider-case.ts';

/* Providers that present the secret itself, or hash it with the body. */

const basic = (provider: string, source: string): ProviderCase => ({
  provider,
  checked: 'example',
  source,
  scheme: schemes['basic-auth'],
  secrets: [{ value: 'edge:pass' }],
  at,
  request: post(body, { authorization: `Basic ${Buffer.from('edge:pass').toString('base64')}` }),
});

export const plainCases: readonly ProviderCase[] = [
  basic('Chargebee', 'chargebee.com/docs/2.0/webhook_settings.html, "Basic authentication"'),
  basic('Postmark', 'postmarkapp.com/developer/webhooks/webhooks-overview, "Protecting your webhook"'),
  {
    provider: 'Auth0',
    checked: 'example',
    source: 'auth0.com/docs/customize/log-streams/custom-log-streams, "Authorization Token"',
    scheme: apiKeyScheme({ name: 'auth0', header: 'authorization' }),
    secrets: [{ value: 'log-stream-token' }],
    at,
    request: post(body, { authorization: 'log-stream-token' }),
  },
  {
    provider: 'Deepgram',
    checked: 'example',
    source: 'developers.deepgram.com/docs/callback, "dg-token"',
    scheme: apiKeyScheme({ name: 'deepgram', header: 'dg-token' }),
    secrets: [{ value: 'deepgram-key-id' }],
    at,
    request: post(body, { 'dg-token': 'deepgram-key-id' }),
  },
  {
    provider: 'Recharge',
    checked: 'example',
    source:
      'developer.rechargepayments.com, "Webhooks, validation": SHA-256 of the client secret and the body',
    scheme: defineScheme({
      kind: 'signed',
      name: 'recharge',
      signature: { header: 'x-recharge-hmac-sha256' },
      signers: [{ algorithm: 'sha256', encoding: 'hex' }],
      content: '{secret}{body}',
    }),
    secrets: [{ value: 'client-secret' }],
    at,
    request: post(body, {
      'x-recharge-hmac-sha256': createHash('sha256').update(`client-secret${body}`).digest('hex'),
    }),
  },
];
