import { LinearWebhookClient } from '@linear/sdk/webhooks';
import { verify as verifyForGithub } from '@octokit/webhooks-methods';
import { Paddle } from '@paddle/paddle-node-sdk';
import { EventWebhook } from '@sendgrid/eventwebhook';
import { shopifyApi } from '@shopify/shopify-api';
import '@shopify/shopify-api/adapters/node';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { validateRequest, validateRequestWithBody } from 'twilio/lib/webhooks/webhooks.js';
import type { WebhookRequest } from '#adapters/webhook-fence/core/signature/request.ts';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { verify } from '#adapters/webhook-fence/core/signature/verify.ts';
import { fieldsOf, type Sender, senders, sendgridKey, stripe, whsec } from './senders.ts';

/** A provider's own verification of the same request, by the library's own clock. */
type Official = (request: WebhookRequest, header: (name: string) => string) => unknown;

const text = (request: WebhookRequest): string => Buffer.from(request.body).toString();

const shopify = shopifyApi({
  apiKey: 'none',
  apiSecretKey: 'shpss_client_secret',
  apiVersion: '2026-10' as never,
  hostName: 'edge.example.com',
  isEmbeddedApp: false,
  logger: { log: () => undefined },
});

const officials: Readonly<Record<string, Official>> = {
  'Standard Webhooks v1': request =>
    new StandardWebhook(whsec).verify(text(request), request.headers as never),
  Svix: request => new SvixWebhook(whsec).verify(text(request), request.headers as never),
  Stripe: (request, header) =>
    stripe.webhooks.constructEvent(text(request), header('stripe-signature'), 'whsec_test_secret'),
  GitHub: (request, header) =>
    verifyForGithub('It is no secret', text(request), header('x-hub-signature-256')),
  Shopify: async request => {
    const rawRequest = { method: 'POST', url: '/', headers: request.headers };
    return (await shopify.webhooks.validate({ rawBody: text(request), rawRequest })).valid;
  },
  'Twilio form': (request, header) =>
    validateRequest('twilio-auth-token', header('x-twilio-signature'), request.url, fieldsOf(text(request))),
  'Twilio JSON': (request, header) =>
    validateRequestWithBody('twilio-auth-token', header('x-twilio-signature'), request.url, text(request)),
  SendGrid: (request, header) => {
    const webhook = new EventWebhook();
    return webhook.verifySignature(
      webhook.convertPublicKeyToECDSA(sendgridKey),
      text(request),
      header('x-twilio-email-event-webhook-signature'),
      header('x-twilio-email-event-webhook-timestamp'),
    );
  },
  Paddle: (request, header) =>
    new Paddle('none').webhooks.isSignatureValid(
      text(request),
      'pdl_ntfset_secret',
      header('paddle-signature'),
    ),
  Linear: (request, header) =>
    new LinearWebhookClient('lin_wh_secret').verify(Buffer.from(request.body), header('linear-signature')),
};

async function accepts(official: Official, request: WebhookRequest): Promise<boolean> {
  try {
    return (await official(request, name => String(request.headers[name]))) !== false;
  } catch {
    // Most libraries refuse by throwing, each with an error of its own.
    return false;
  }
}

const senderOf = (name: string): Sender => senders.find(sender => sender.name.startsWith(`${name},`))!;

describe.each(Object.entries(officials))('%s: its own library and ours', (name, official) => {
  const sender = senderOf(name);
  const scheme = schemes[sender.provider];
  const sentAt = () => Math.floor(Date.now() / 1000) * 1000;
  const body =
    sender.bodies === 'form' ? 'From=%2B15550100&Body=Gr%C3%BC%C3%9Fe+%26+more&Body=2' : '{"é": "ü"}';

  it('both accept the same request', async () => {
    const request = await sender.send({ body, sentAt: sentAt(), id: 'msg_1' });
    expect(await accepts(official, request)).toBe(true);
    expect(verify(scheme, request, { secrets: [sender.secret], receivedAt: Date.now() })).toMatchObject({
      verified: true,
    });
  });

  it('both refuse it with another body', async () => {
    const request = await sender.send({ body, sentAt: sentAt(), id: 'msg_1' });
    const changed = { ...request, body: Buffer.from(text(request).replace(/[0-9é]/, '7')) };
    expect(await accepts(official, changed)).toBe(false);
    expect(verify(scheme, changed, { secrets: [sender.secret], receivedAt: Date.now() }).verified).toBe(
      false,
    );
  });
});
