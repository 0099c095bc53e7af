import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { accept, emit } from '#adapters/webhook-fence/contract/define-webhook-fence.ts';
import type { WebhookFenceSpec } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { fenceWith, paymentConfirmed } from '../webhook-fence/flow/fences.ts';
import { gatewayEvent } from '../webhook-fence/flow/gateway-events.ts';
import { FenceSimulator } from '../webhook-fence/flow/simulator.ts';
import { cases } from '../webhook-fence/providers/cases.ts';
import type { ProviderCase } from '../webhook-fence/providers/provider-case.ts';
import { providerRows } from '../webhook-fence/providers/provider-table.ts';
import { discord } from './schemes/discord.ts';
import { docusign } from './schemes/docusign.ts';
import { xero } from './schemes/xero.ts';
import { zendesk } from './schemes/zendesk.ts';
import { zoom } from './schemes/zoom.ts';

const guide = readFileSync('docs/guides/receive-webhooks.md', 'utf8');
const folder = 'test/guides/schemes';

describe('the examples of schemes', () => {
  it.each(readdirSync(folder))('%s is in the guide as it is tested', file => {
    expect(guide).toContain(`\`\`\`ts\n${readFileSync(`${folder}/${file}`, 'utf8')}\`\`\`\n`);
  });
});

test('the examples with a name of their own are what the name stands for', () => {
  for (const scheme of [zendesk, zoom, discord, xero, docusign]) expect(schemes[scheme.name]).toEqual(scheme);
});

test('the guide lists every provider with how it was checked', () => {
  const [, section = ''] = guide.split('## Providers that were checked\n');
  expect(section.split('\n').filter(line => line.startsWith('| ') && !line.startsWith('| provider'))).toEqual(
    providerRows(),
  );
});

/** What the guide has below each example. */
const lines: Readonly<Record<string, [line: string, Partial<WebhookFenceSpec>]>> = {
  Zendesk: ["idempotency: { key: 'delivery-id' }", { idempotency: { key: 'delivery-id' } }],
  Zoom: [
    "idempotency: { key: 'content' }, answers: { accepted: { status: 200 } }",
    { idempotency: { key: 'content' }, answers: { accepted: { status: 200 } } },
  ],
  Discord: [
    "idempotency: { key: 'content' }, answers: { accepted: { status: 204 } }",
    { idempotency: { key: 'content' }, answers: { accepted: { status: 204 } } },
  ],
  Dropbox: [
    "idempotency: { key: 'content' }, answers: { accepted: { status: 200 } }, replayHorizonDays: 1",
    { idempotency: { key: 'content' }, answers: { accepted: { status: 200 } }, replayHorizonDays: 1 },
  ],
  'AWS SNS': [
    "idempotency: { key: { bodyField: '/MessageId' } }, contentTypes: ['text/plain']",
    { idempotency: { key: { bodyField: '/MessageId' } }, contentTypes: ['text/plain'] },
  ],
  Plaid: [
    "idempotency: { key: 'content' }, answers: { accepted: { status: 200 } }",
    { idempotency: { key: 'content' }, answers: { accepted: { status: 200 } } },
  ],
  Xero: [
    "idempotency: { key: 'content' }, answers: { accepted: { status: 200, body: '' } }",
    { idempotency: { key: 'content' }, answers: { accepted: { status: 200, body: '' } } },
  ],
  DocuSign: [
    "idempotency: { key: 'content' }, answers: { accepted: { status: 200 } }",
    { idempotency: { key: 'content' }, answers: { accepted: { status: 200 } } },
  ],
};

const anything = accept({
  schema: z.unknown(),
  events: [paymentConfirmed],
  map: () => emit(paymentConfirmed, { paymentId: 'p-1', cents: 1 }),
});

/** A fence as a newcomer writes it from the guide, and the provider before it. */
function fenceOf(one: ProviderCase): FenceSimulator {
  const [, spec] = lines[one.provider]!;
  const fence = fenceWith({ accepts: [anything], skips: [], ...spec, scheme: one.scheme });
  const current = one.secrets.map(({ value }) => value);
  const simulator = new FenceSimulator(fence, {
    secret: { current: current.length > 0 ? current : 'not used' },
  });
  simulator.ports.clock.advance(one.at - simulator.ports.clock.now());
  return simulator;
}

function send(fence: FenceSimulator, { method, url, headers, body }: ProviderCase['request']) {
  const contentType = fence.fence.contentTypes.includes('text/plain')
    ? 'text/plain; charset=UTF-8'
    : 'application/json';
  return fence.request(
    gatewayEvent({
      method,
      path: fence.fence.route,
      query: new URL(url).search.slice(1),
      headers: { 'content-type': contentType, ...(headers as Record<string, string>) },
      body: Buffer.from(body).toString(),
      receivedAt: fence.ports.clock.now(),
    }),
  );
}

describe.each(Object.keys(lines))('a fence for %s, from the guide alone', provider => {
  const one = cases.find(each => each.provider === provider)!;

  it('has its line in the guide', () => {
    const [, section = ''] = guide.split(`\n### ${provider}\n`);
    expect(section.split('\n### ')[0]).toContain(`\n\`${lines[provider]![0]}\`\n`);
  });

  it('publishes a genuine delivery once and refuses a changed one', async () => {
    const fence = fenceOf(one);
    for (const url of [
      String(JSON.parse(Buffer.from(one.request.body).toString()).SigningCertURL),
      'https://production.plaid.com/webhook_verification_key/get',
    ])
      if (one.document) fence.ports.web.publish(url, one.document);
    const status = fence.fence.answers.accepted.status;
    expect((await send(fence, one.request)).statusCode).toBe(status);
    expect((await send(fence, one.request)).statusCode).toBe(status);
    expect(fence.events()).toHaveLength(1);
    const changed = {
      ...one.request,
      body: Buffer.from(Buffer.from(one.request.body).toString().replace(/1/, '2')),
    };
    expect((await send(fence, changed)).statusCode).toBe(401);
    expect(fence.events()).toHaveLength(1);
  });

  for (const { request, reply } of one.handshakes ?? [])
    it(`answers the check of its address by ${request.method}`, async () => {
      const fence = fenceOf(one);
      const asked = Buffer.from(request.body).toString();
      if (one.document) fence.ports.web.publish(JSON.parse(asked).SigningCertURL, one.document);
      if (reply.visit) fence.ports.web.publish(reply.visit, '');
      const answer = await send(fence, request);
      expect(answer).toMatchObject({ statusCode: reply.statusCode, body: reply.body });
      expect(fence.tally()).toMatchObject({ skipped: 1 });
    });
});
