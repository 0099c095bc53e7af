import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { defineScheme } from '#adapters/webhook-fence/contract/define-scheme.ts';
import { accept, emit } from '#adapters/webhook-fence/contract/define-webhook-fence.ts';
import type { WebhookFenceSpec } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { fenceWith, paymentConfirmed } from './fences.ts';
import { gatewayEvent } from './gateway-events.ts';
import { FenceSimulator } from './simulator.ts';

const hmac = (content: string) => createHmac('sha256', 'k').update(content).digest('hex');

/** A sender that signs each try again, over a body that it changes. */
class Sender {
  readonly fence: FenceSimulator;
  readonly #headers: (body: string, now: number) => Record<string, string>;

  constructor(
    spec: Partial<WebhookFenceSpec>,
    headers: (body: string, now: number) => Record<string, string>,
  ) {
    this.fence = new FenceSimulator(fenceWith(spec), { secret: { current: 'k' } });
    this.#headers = headers;
  }

  send(payload: (now: number) => object) {
    const now = this.fence.ports.clock.now();
    const body = JSON.stringify(payload(now));
    const headers = { 'content-type': 'application/json', ...this.#headers(body, now) };
    return this.fence.request(gatewayEvent({ path: this.fence.fence.route, body, receivedAt: now, headers }));
  }
}

const linear = (id: string) =>
  new Sender({ scheme: 'linear' }, body => ({ 'linear-signature': hmac(body), 'linear-delivery': id }));

const stripe = () =>
  new Sender({ scheme: 'stripe', idempotency: { key: { bodyField: '/id' } } }, (body, now) => {
    const seconds = Math.floor(now / 1000);
    return { 'stripe-signature': `t=${seconds},v1=${hmac(`${seconds}.${body}`)}` };
  });

const issue = (cents: number) => (webhookTimestamp: number) => ({
  type: 'paid',
  data: { id: 'p-1', cents },
  webhookTimestamp,
});

const event = (cents: number, pending_webhooks: number) => () => ({
  id: 'evt_1',
  type: 'paid',
  data: { id: 'p-1', cents },
  pending_webhooks,
});

describe('a sender that changes the body when it tries again', () => {
  it('Linear: another webhookTimestamp is a repeat', async () => {
    const sender = linear('d-1');
    const first = await sender.send(issue(1));
    sender.fence.ports.clock.advance(3_600_000);
    const again = await sender.send(issue(1));
    expect(again).toEqual(first);
    expect(sender.fence.tally()).toMatchObject({ published: 1, duplicate: 1, quarantined: 0 });
    expect(sender.fence.events()).toHaveLength(1);
  });

  it('Linear: other data under the same id is a conflict', async () => {
    const sender = linear('d-1');
    await sender.send(issue(1));
    expect((await sender.send(issue(2))).json.code).toBe('DUPLICATE_CONFLICT');
  });

  it('Stripe: another pending_webhooks is a repeat, other data a conflict', async () => {
    const sender = stripe();
    const first = await sender.send(event(1, 2));
    expect(await sender.send(event(1, 1))).toEqual(first);
    expect((await sender.send(event(2, 1))).json.code).toBe('DUPLICATE_CONFLICT');
    expect(sender.fence.tally()).toMatchObject({ published: 1, duplicate: 1, quarantined: 1 });
  });

  it('a declared scheme names such fields, also below the top level', async () => {
    const scheme = defineScheme({
      kind: 'signed',
      name: 'acme',
      signature: { header: 'x-acme' },
      signers: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
      content: '{body}',
      retryFields: ['/try/count', '/a~1b'],
    });
    const sender = new Sender({ scheme, idempotency: { key: 'content' } }, body => ({
      'x-acme': hmac(body),
    }));
    const tried = (count: number, by: string) => () => ({
      type: 'paid',
      data: { id: 'p-1', cents: 1 },
      try: { count, by },
      'a/b': count,
    });
    const first = await sender.send(tried(1, 'x'));
    expect(await sender.send(tried(2, 'x'))).toEqual(first);
    expect((await sender.send(tried(2, 'y'))).json.correlationId).not.toBe(first.json.correlationId);
    expect(sender.fence.tally()).toMatchObject({ published: 2, duplicate: 1 });
  });

  it('a signature in the body is such a field, as Mailgun signs', async () => {
    const scheme = defineScheme({
      kind: 'signed',
      name: 'mailgun',
      signature: { field: '/signature/signature' },
      signers: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
      content: '{timestamp}{field:/signature/token}',
      timestamp: { from: { field: '/signature/timestamp' }, format: 'seconds', toleranceSeconds: 300 },
      unsignedBody: { reason: 'Mailgun signs a token that it uses once.' },
      retryFields: ['/signature/token'],
    });
    const sender = new Sender({ scheme, idempotency: { key: { bodyField: '/data/id' } } }, () => ({}));
    const delivered = (token: string, cents: number) => (now: number) => {
      const timestamp = String(Math.floor(now / 1000));
      const signature = { timestamp, token, signature: hmac(timestamp + token) };
      return { signature, type: 'paid', data: { id: 'p-1', cents } };
    };
    const first = await sender.send(delivered('t1'.repeat(25), 1));
    expect(first.json.status).toBe('published');
    sender.fence.ports.clock.advance(3_600_000);
    expect(await sender.send(delivered('t2'.repeat(25), 1))).toEqual(first);
    expect((await sender.send(delivered('t3'.repeat(25), 2))).json.code).toBe('DUPLICATE_CONFLICT');
  });

  it('a field of a form is named by its name', async () => {
    const scheme = defineScheme({
      kind: 'signed',
      name: 'acme',
      signature: { header: 'x-acme' },
      signers: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
      content: '{body}',
      retryFields: ['attempt'],
    });
    const fence = new FenceSimulator(
      fenceWith({
        scheme,
        body: 'form',
        idempotency: { key: 'content' },
        accepts: [
          accept({
            schema: z.object({ id: z.string() }),
            events: [paymentConfirmed],
            map: ({ id }) => emit(paymentConfirmed, { paymentId: id, cents: 1 }),
          }),
        ],
        skips: [],
      }),
      { secret: { current: 'k' } },
    );
    const send = (body: string) =>
      fence.request(
        gatewayEvent({
          path: fence.fence.route,
          body,
          receivedAt: fence.ports.clock.now(),
          headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-acme': hmac(body) },
        }),
      );
    const first = await send('id=p-1&attempt=1');
    expect(await send('id=p-1&attempt=2')).toEqual(first);
    expect(first.json.status).toBe('published');
  });
});
