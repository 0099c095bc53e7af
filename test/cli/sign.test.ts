import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { defineScheme } from '#adapters/webhook-fence/contract/define-scheme.ts';
import { accept, emit } from '#adapters/webhook-fence/contract/define-webhook-fence.ts';
import type { WebhookFenceSpec } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { providers } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { traitsOf } from '#adapters/webhook-fence/contract/webhook-traits.ts';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { schemeOf } from '#adapters/webhook-fence/core/webhook/scheme-of.ts';
import type { SampleRequest, Tamper } from '#cli/demo/fence-sample-shape.ts';
import { prepareRequest } from '#cli/demo/prepare-request.ts';
import { signedHeaders } from '#cli/demo/sign.ts';
import { makeFenceKeys, schemeShape } from '#local/secrets/fence-keys.ts';
import { fenceWith, paymentConfirmed } from '../webhook-fence/flow/fences.ts';
import { gatewayEvent } from '../webhook-fence/flow/gateway-events.ts';
import { FenceSimulator } from '../webhook-fence/flow/simulator.ts';

const folder = mkdtempSync(join(tmpdir(), 'samples-'));
afterAll(() => rmSync(folder, { recursive: true }));

const notification = {
  live: 'false',
  notificationItems: ['psp-1', 'psp-2'].map(pspReference => ({
    NotificationRequestItem: {
      pspReference,
      merchantAccountCode: 'Shop',
      merchantReference: 'order:1',
      amount: { value: 1130, currency: 'EUR' },
      eventCode: 'AUTHORISATION',
      success: 'true',
      additionalData: { cardSummary: '7777' },
    },
  })),
};

/** As it lies in a sample’s folder: written once, signed when it is sent. */
const files = {
  'order.json': '{"name":"Zoë","webhookTimestamp": 1500000000000}',
  'message.form': 'MessageSid=SM1&Body=Zo%C3%AB+1&NumMedia=0',
  'notification.json': JSON.stringify(notification),
};
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);

const anything = accept({
  schema: z.unknown(),
  events: [paymentConfirmed],
  map: () => emit(paymentConfirmed, { paymentId: 'p-1', cents: 1 }),
});

type Spec = Pick<WebhookFenceSpec, 'scheme' | 'body'>;

/** Sends a sample’s request to a fence that stands elsewhere than its contract’s `url` says, as the local cloud does. */
async function sent({ scheme, body = 'json' }: Spec, file: keyof typeof files, tamper?: Tamper) {
  const contract = fenceWith({
    scheme,
    body,
    ...(traitsOf(scheme).signsUrl && { url: 'https://hooks.example.com/partners/pay' }),
    idempotency: { key: 'content' },
    accepts: [anything],
    skips: [],
  });
  const keys = makeFenceKeys(schemeShape.parse(schemeOf(contract)));
  const fence = new FenceSimulator(contract, { secret: { current: keys.current } });
  const place = { url: `http://127.0.0.1:4566${contract.route}`, secrets: keys };
  const request: SampleRequest = { file, ...(tamper && { tamper }) };
  const receivedAt = fence.ports.clock.now();
  const prepared = prepareRequest(
    place,
    { fence: contract, sample: { name: 'good', folder, requests: [] }, request },
    receivedAt,
  );
  const { pathname, search } = new URL(prepared.url);
  const answer = await fence.request(
    gatewayEvent({
      path: pathname,
      query: search.slice(1),
      headers: prepared.headers,
      body: Buffer.from(prepared.body).toString('base64'),
      receivedAt,
      changes: { isBase64Encoded: true },
    }),
  );
  return { answer, fence };
}

const declared = (name: string, content: string) =>
  defineScheme({
    kind: 'signed',
    name,
    signature: { header: 'x-sig', prefix: 'v1=' },
    signers: [{ algorithm: 'hmac-sha512', encoding: 'hex-upper' }],
    content,
    ...(content.includes('{id}') && { id: { header: 'x-id' } }),
  });

const fileOf = { twilio: 'message.form', adyen: 'notification.json' } as const;
const known = providers.map(provider => {
  const body = provider === 'twilio' ? ('form' as const) : ('json' as const);
  const file = provider in fileOf ? fileOf[provider as keyof typeof fileOf] : 'order.json';
  return [provider, { scheme: provider, body }, file] as const;
});

const all = [
  ...known,
  ['Twilio with a JSON body', { scheme: 'twilio' }, 'order.json'],
  ['an address', { scheme: declared('address', '{method} {url} {body}') }, 'order.json'],
  ['an address and a form', { scheme: declared('mixed', '{url}{form}'), body: 'form' }, 'message.form'],
  ['a form’s bytes', { scheme: declared('bytes', '{id}.{body}'), body: 'form' }, 'message.form'],
] as const satisfies readonly (readonly [string, Spec, keyof typeof files])[];

describe.each(all)('a sample of %s', (_, spec, file) => {
  const { covers } = traitsOf(spec.scheme);

  it('is signed so that the fence takes it', async () => {
    const { answer, fence } = await sent(spec, file);
    expect(answer).toMatchObject({ statusCode: 202, json: { status: 'published' } });
    expect(fence.events()).toHaveLength(1);
  });

  it.each<Tamper>(['secret', 'signature', 'unsigned', ...(covers === 'sender' ? [] : ['body' as const])])(
    'is refused where it is tampered with: %s',
    async tamper => {
      const { answer, fence } = await sent(spec, file, tamper);
      expect(answer.statusCode).toBe(401);
      expect(fence.events()).toEqual([]);
    },
  );
});

describe('a sample of a provider whose clock lies in the body', () => {
  it('is sent now, whenever it was written, or long ago where the sample says so', async () => {
    expect((await sent({ scheme: 'linear' }, 'order.json')).answer.statusCode).toBe(202);
    expect((await sent({ scheme: 'linear' }, 'order.json', 'timestamp')).answer.statusCode).toBe(401);
  });
});

describe('headers alone', () => {
  it('are not given for a scheme whose signatures lie in the body', () => {
    const unsigned = { url: 'https://a.example/x', body: Buffer.from('{}'), id: 'd-1', sentAt: 0 };
    expect(() => signedHeaders(schemes.adyen, { current: 'ab' }, unsigned)).toThrow(
      'adyen has no header for its signature',
    );
  });
});
