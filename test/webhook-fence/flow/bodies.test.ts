import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { accept, emit } from '#adapters/webhook-fence/contract/define-webhook-fence.ts';
import type { WebhookFenceSpec } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { fenceWith, paymentConfirmed } from './fences.ts';
import { gatewayEvent } from './gateway-events.ts';
import { FenceSimulator, payment } from './simulator.ts';

/** Signed over its bytes and handed over as the gateway does: JSON and `text/*` as text, everything else in base64. */
function post(changes: Partial<WebhookFenceSpec>) {
  const fence = new FenceSimulator(
    fenceWith({ scheme: 'github', idempotency: { key: 'content' }, ...changes }),
    { secret: { current: 'k' } },
  );
  const send = (bytes: Uint8Array | string, type: string) => {
    const body = Buffer.from(bytes);
    const isText = /^(?:application\/json|text\/)/.test(type);
    return fence.request(
      gatewayEvent({
        path: fence.fence.route,
        receivedAt: fence.ports.clock.now(),
        body: isText ? body.toString('utf8') : body.toString('base64'),
        changes: { isBase64Encoded: !isText },
        headers: {
          'content-type': type,
          'x-hub-signature-256': `sha256=${createHmac('sha256', 'k').update(body).digest('hex')}`,
        },
      }),
    );
  };
  return { fence, send };
}

const json = 'application/json';
const formType = 'application/x-www-form-urlencoded';

describe('a body of JSON', () => {
  it('may begin with a byte order mark, which is signed', async () => {
    const { fence, send } = post({});
    expect((await send(`\ufeff${payment('käse')}`, json)).json.status).toBe('published');
    expect(fence.events()).toMatchObject([{ data: { paymentId: 'käse' } }]);
  });

  it('is read in ISO 8859-1 where it says so and arrives whole', async () => {
    const { fence, send } = post({});
    const bytes = Buffer.from(payment('k\xe4se \x80'), 'latin1');
    expect((await send(bytes, 'application/vnd.pay+json; charset=iso-8859-1')).json.status).toBe('published');
    expect(fence.events()).toMatchObject([{ data: { paymentId: 'käse €' } }]);
  });

  it('that says ISO 8859-1 and is UTF-8 is read as that', async () => {
    const { fence, send } = post({});
    expect((await send(payment('käse'), 'application/json; charset=ISO-8859-1')).statusCode).toBe(202);
    expect(fence.events()).toMatchObject([{ data: { paymentId: 'käse' } }]);
  });

  it('whose bytes the gateway replaced cannot be verified, and the log says so', async () => {
    const { fence, send } = post({});
    const bytes = Buffer.from(payment('k\xe4se'), 'latin1');
    expect((await send(bytes, 'application/json; charset=iso-8859-1')).statusCode).toBe(401);
    const refused = fence.ports.log.lines.find(({ event }) => event === 'request refused');
    expect(refused?.fields.detail).toContain('API Gateway replaces bytes');
  });

  it('whose bytes the gateway replaced is quarantined where a token proves its sender', async () => {
    const fence = new FenceSimulator(fenceWith({ scheme: 'api-key', idempotency: { key: 'content' } }), {
      secret: { current: 'k' },
    });
    const { json: answer } = await fence.request(
      gatewayEvent({
        path: fence.fence.route,
        receivedAt: fence.ports.clock.now(),
        body: Buffer.from(payment('k\xe4se'), 'latin1').toString('utf8'),
        headers: { 'content-type': 'application/json; charset=latin1', 'x-api-key': 'k' },
      }),
    );
    expect(answer).toMatchObject({ status: 'quarantined', code: 'UNREADABLE_PAYLOAD' });
  });

  it('of 3,000,000 bytes that are mostly quotes fits into an event of Lambda, and is published', async () => {
    const body = JSON.stringify({
      type: 'paid',
      data: { id: 'p-1', cents: 1 },
      rest: Array.from({ length: 999_980 }, () => ''),
    });
    expect(body.length).toBeGreaterThan(2_999_900);
    const { fence, send } = post({ bodyBytesMax: 3_000_000 });
    expect(Buffer.byteLength(JSON.stringify(fence.event({ body })))).toBeLessThan(6 * 1_048_576);
    expect((await send(body, json)).json.status).toBe('published');
  });
});

describe('a form that holds JSON in a field', () => {
  const changes = { formField: 'payload', contentTypes: [formType, json] };

  it('is read as that JSON, beside JSON itself', async () => {
    const { fence, send } = post(changes);
    expect(
      (await send(new URLSearchParams({ payload: payment('a&b=ü') }).toString(), formType)).statusCode,
    ).toBe(202);
    expect((await send(payment('p-2'), json)).json.status).toBe('published');
    expect(fence.events().map(({ data }) => data)).toMatchObject([
      { paymentId: 'a&b=ü' },
      { paymentId: 'p-2' },
    ]);
  });

  it.each([
    ['without the field', 'other=1'],
    ['with the field twice', 'payload=1&payload=2'],
    ['with a field that is no JSON', 'payload=paid'],
  ])('%s is quarantined', async (_, body) => {
    const { send } = post(changes);
    expect((await send(body, formType)).json).toMatchObject({
      status: 'quarantined',
      code: 'UNREADABLE_PAYLOAD',
    });
  });

  it('accepts forms alone unless the contract says more', async () => {
    const { send } = post({ formField: 'payload' });
    expect((await send(payment(), json)).statusCode).toBe(415);
  });

  it.each<[string, Partial<WebhookFenceSpec>]>([
    [
      'a form read field by field',
      {
        formField: 'payload',
        body: 'form',
        accepts: [accept({ schema: z.object({}), events: [paymentConfirmed], map: () => [] })],
        skips: [],
      },
    ],
    ['no name', { formField: '' }],
    [
      'an address signed beside the body',
      { formField: 'payload', scheme: 'square', url: 'https://hooks.example.com/a' },
    ],
  ])('goes with no %s', (_, spec) => {
    expect(() => fenceWith({ idempotency: { key: 'content' }, ...spec })).toThrow('formField');
  });
});

describe('a form', () => {
  const accepts = [
    accept({
      schema: z.object({ 'data[id]': z.string(), 'items[]': z.array(z.string()) }),
      events: [paymentConfirmed],
      map: form => emit(paymentConfirmed, { paymentId: form['data[id]'], cents: form['items[]'].length }),
    }),
  ];

  it('keeps brackets in names, and makes a list of a field that comes more than once', async () => {
    const { fence, send } = post({ body: 'form', accepts, skips: [] });
    expect((await send('data%5Bid%5D=p&items%5B%5D=b&items[]=a', formType)).json.status).toBe('published');
    expect(fence.events()).toMatchObject([{ data: { paymentId: 'p', cents: 2 } }]);
  });

  it('is read in ISO 8859-1 where it says so', async () => {
    const { fence, send } = post({ body: 'form', accepts, skips: [] });
    const body = 'data[id]=k%E4se+%80&items[]=a&items[]=b';
    expect((await send(body, `${formType}; charset=ISO-8859-1`)).json.status).toBe('published');
    expect(fence.events()).toMatchObject([{ data: { paymentId: 'käse €' } }]);
    expect((await send(`${body}&x=1`, formType)).json.code).toBe('UNREADABLE_PAYLOAD');
  });

  it('with __proto__ is quarantined', async () => {
    const { send } = post({ body: 'form', accepts, skips: [] });
    expect((await send('__proto__=1', formType)).json.code).toBe('UNREADABLE_PAYLOAD');
  });
});
