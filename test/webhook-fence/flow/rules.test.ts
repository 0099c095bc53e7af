import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { accept, emit } from '#adapters/webhook-fence/contract/define-webhook-fence.ts';
import type { WebhookFenceSpec } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { listedKey } from '#adapters/webhook-fence/core/listing/listed-key.ts';
import shopify from '#integrations/shopify-orders/contract.ts';
import { traceparentOf } from '#shared/core/identity/trace.ts';
import { fenceWith, paid, paymentConfirmed } from './fences.ts';
import { gatewayEvent } from './gateway-events.ts';
import { type Delivery, FenceSimulator, payment, type SimulatorOptions } from './simulator.ts';

async function sent(changes: Partial<WebhookFenceSpec>, delivery: Delivery = {}) {
  const fence = new FenceSimulator(fenceWith(changes));
  const answer = await fence.send(delivery);
  return { fence, answer, event: fence.events()[0] };
}

describe('what a delivery is', () => {
  it('is skipped by a declared rule, answered 202 and counted', async () => {
    const { answer, fence } = await sent({}, { body: '{"type":"ping"}' });
    expect(answer).toMatchObject({
      statusCode: 202,
      json: { status: 'skipped', reason: 'pings say nothing' },
    });
    expect(fence.tally()).toMatchObject({ skipped: 1, published: 0 });
    expect(fence.ports.files.keys('raw')).toHaveLength(1);
  });

  it('is skipped when a rule says so for all that no other rule names', async () => {
    const skips = [{ when: 'otherwise', reason: 'only payments matter' }] as const;
    expect((await sent({ skips }, { body: '{"type":"x"}' })).answer.json).toMatchObject({
      status: 'skipped',
    });
    expect((await sent({ skips })).answer.json).toMatchObject({ status: 'published' });
  });

  it('is remembered by the item that it is about, where the provider’s list is compared', async () => {
    const listing = shopify.listing && { ...shopify.listing, delivered: '/data/id' };
    const { fence } = await sent({ ...(listing && { listing }) });
    const holder = (id: string) => fence.ports.idClaims.holder(listedKey('pay-hooks', id));
    expect(await holder('p-1')).toMatch(/^pay-hooks\./);
    await fence.send({ id: 'd-2', body: '{"type":"other","data":{"id":"p-2"}}' });
    await fence.send({ id: 'd-3', body: payment('p-3', -1) });
    expect(await holder('p-2')).toBeUndefined();
    expect(await holder('p-3')).toMatch(/^pay-hooks\./);
    expect(await (await sent({})).fence.ports.idClaims.holder(listedKey('pay-hooks', 'p-1'))).toBeUndefined();
  });

  it('is decided by headers too, all conditions of a rule together', async () => {
    const both = [
      { header: 'x-topic', is: ['paid', 'settled'] },
      { field: '/data/cents', is: '100' },
    ] as const;
    const accepts = [accept({ ...(paid as object), when: both } as never)];
    const asked = (topic: string, cents: number) =>
      sent({ accepts }, { body: payment('p-1', cents), headers: { 'x-topic': topic } });
    expect((await asked('settled', 100)).answer.json.status).toBe('published');
    expect((await asked('other', 100)).answer.json.code).toBe('UNKNOWN_DELIVERY');
    expect((await asked('settled', 101)).answer.json.code).toBe('UNKNOWN_DELIVERY');
  });

  it('may be several events, each with an id of its own, the same on every retry', async () => {
    const accepts = [
      accept({
        schema: z.object({ data: z.object({ id: z.string() }) }),
        events: [paymentConfirmed],
        map: ({ data }) => [1, 2].map(cents => emit(paymentConfirmed, { paymentId: data.id, cents })),
      }),
    ];
    const { fence } = await sent({ accepts });
    expect(fence.eventIds()).toHaveLength(2);
    expect((await sent({ accepts })).fence.eventIds()).toEqual(fence.eventIds());
  });

  it('is skipped when the mapping makes no event of it', async () => {
    const accepts = [accept({ schema: z.unknown(), events: [paymentConfirmed], map: () => [] })];
    expect((await sent({ accepts })).answer.json.status).toBe('skipped');
  });

  it('is quarantined when the mapping throws or emits what was not declared', async () => {
    const throws = () => {
      throw new Error('with a personal value');
    };
    const undeclared = () =>
      emit({ ...paymentConfirmed } as typeof paymentConfirmed, { paymentId: 'p', cents: 1 });
    for (const map of [throws, undeclared]) {
      const accepts = [accept({ schema: z.unknown(), events: [paymentConfirmed], map: map as never })];
      const { answer, fence } = await sent({ accepts });
      expect(answer.json.code).toBe('MAPPING_FAILED');
      expect(JSON.stringify(fence.ports.log.lines)).not.toContain('personal value');
    }
  });

  it.each([
    ['undefined', undefined, 'the mapping gave undefined'],
    ['a promise', Promise.resolve(), 'the mapping gave a promise; a mapping may not wait for anything'],
    ['a list with a hole', [null], 'item 1 of what the mapping gave is null'],
  ])('is quarantined when the mapping gives %s', async (_, given, detail) => {
    const accepts = [accept({ schema: z.unknown(), events: [paymentConfirmed], map: () => given as never })];
    const { answer } = await sent({ accepts });
    expect(answer.json).toMatchObject({ code: 'MAPPING_FAILED', detail });
  });

  it('tells the mapping who, when, under which id and with which headers that the contract asks for', async () => {
    let seen: unknown;
    const map = (_: unknown, delivery: unknown) => {
      seen = delivery;
      return [];
    };
    const accepts = [accept({ schema: z.unknown(), events: [paymentConfirmed], map: map as never })];
    const skips = [{ when: { header: 'x-topic', is: 'ping' }, reason: 'pings say nothing' }];
    const headers = { 'x-topic': 'paid', 'x-attempt': '2' };
    await sent({ accepts, skips }, { sentAt: Date.UTC(2026, 0, 5, 7, 59), headers });
    expect(seen).toEqual({
      tenant: 'shop',
      deliveryId: 'msg_1',
      receivedAt: '2026-01-05T08:00:00.000Z',
      sentAt: '2026-01-05T07:59:00.000Z',
      headers: { 'x-topic': 'paid' },
    });
  });

  it('larger than the bus takes is quarantined', async () => {
    const { answer } = await sent({ bodyBytesMax: 3_000_000 }, { body: payment('p'.repeat(1_100_000)) });
    expect(answer.json.code).toBe('EVENT_TOO_LARGE');
  });
});

describe('the order of events', () => {
  const at = (field: unknown, sentAt = Date.UTC(2026, 0, 5, 7, 59)) =>
    sent(
      { sequenceFrom: '/at' },
      { sentAt, body: JSON.stringify({ type: 'paid', at: field, data: { id: 'p', cents: 1 } }) },
    );

  it('is the sender’s signed clock where no field is named', async () => {
    const { event } = await sent({}, { sentAt: Date.UTC(2026, 0, 5, 7, 59) });
    expect(event).toMatchObject({ sequence: '20260105075900000000000', time: '2026-01-05T07:59:00.000Z' });
  });

  it.each([
    ['epoch seconds', 1_767_600_000, '20260105080000000000000'],
    ['epoch milliseconds', 1_767_600_000_250, '20260105080000250000000'],
    ['digits as text', '1767600000', '20260105080000000000000'],
    ['an instant', '2026-01-05T08:00:00Z', '20260105080000000000000'],
    ['an instant to the nanosecond', '2026-01-05T08:00:00.123456789Z', '20260105080000123456789'],
    ['an instant elsewhere', '2026-01-05T03:00:00-05:00', '20260105080000000000000'],
  ])('is a field’s: %s', async (_, field, sequence) => {
    expect((await at(field)).event).toMatchObject({ sequence });
  });

  it.each([[undefined], [null], ['soon'], [-1], ['2026-13-01T00:00:00Z'], [{}], [9_007_199_254_740_991]])(
    'is a fault of the payload when the field is %p',
    async field => {
      expect((await at(field)).answer.json).toMatchObject({ code: 'INVALID_PAYLOAD', at: { column: '/at' } });
    },
  );

  it('lets early and late callbacks be told apart, whatever order they come in', async () => {
    const fence = new FenceSimulator(fenceWith({ sequenceFrom: '/at' }));
    const send = (id: string, seconds: number) =>
      fence.send({
        id,
        body: JSON.stringify({ type: 'paid', at: seconds, data: { id: 'p', cents: seconds } }),
      });
    await send('late', 1_767_600_010);
    await send('early', 1_767_600_001);
    const [late, early] = fence.events();
    expect(String(late!.sequence) > String(early!.sequence)).toBe(true);
  });
});

describe('a trace', () => {
  const valid = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

  it('is taken over', async () => {
    expect((await sent({}, { headers: { traceparent: valid } })).event).toMatchObject({ traceparent: valid });
  });

  it('is told in the answer, as the event has it', async () => {
    const fence = new FenceSimulator(fenceWith());
    const answers = [
      await fence.send(),
      await fence.send({ id: 'msg_2', body: '{"type": "unknown"}' }),
      await fence.send({ id: 'msg_3', headers: { traceparent: valid } }),
    ];
    const [first, , third] = answers.map(({ headers }) => headers.traceparent);
    expect(fence.events().map(({ traceparent }) => traceparent)).toEqual([first, third]);
    expect(third).toBe(valid);
    const forged = await fence.send({ id: 'msg_4', secret: 'whsec_AAAA' });
    expect([forged.statusCode, forged.headers.traceparent]).toEqual([401, undefined]);
  });

  it.each([
    'nonsense',
    valid.toUpperCase(),
    `ff${valid.slice(2)}`,
    valid.replace(/-4bf9.{28}-/, `-${'0'.repeat(32)}-`),
    valid.replace(/-00f0.{12}-/, `-${'0'.repeat(16)}-`),
    `${valid}-00`,
    `${valid},${valid}`,
  ])('is begun where the sender’s is %s', async traceparent => {
    const { event } = await sent({}, { headers: { traceparent } });
    expect(event).toMatchObject({ traceparent: traceparentOf(String(event!.correlationid)) });
  });
});

describe('a tenant in the payload', () => {
  const tenant = { from: '/shop', allowed: ['north', '17'] } as const;
  const secrets = { sharedByTenants: { reason: 'One shop system signs for all.' } };
  const body = (shop: unknown) => JSON.stringify({ type: 'paid', shop, data: { id: 'p', cents: 1 } });

  it.each([
    ['north', 'north'],
    [17, '17'],
  ])('that may speak: %p', async (shop, tenantid) => {
    expect((await sent({ tenant, secrets }, { body: body(shop) })).event).toMatchObject({ tenantid });
  });

  it.each([['west'], [undefined], [null], [['north']], ['NORTH']])('that may not: %p', async shop => {
    const { answer, fence } = await sent(
      { tenant, secrets, answers: { quarantined: { status: 422 } } },
      { body: body(shop) },
    );
    expect(answer).toMatchObject({
      statusCode: 422,
      json: { code: 'TENANT_MISMATCH', at: { column: '/shop' } },
    });
    expect(fence.tally()).toMatchObject({ quarantined: 1 });
  });

  it('is not asked of a delivery that a rule skips', async () => {
    const { answer, fence } = await sent({ tenant, secrets }, { body: '{"type":"ping"}' });
    expect(answer.json).toMatchObject({ status: 'skipped', reason: 'pings say nothing' });
    expect(fence.tally()).toMatchObject({ skipped: 1, quarantined: 0 });
  });

  it('is asked of one that no rule names, before it is left out', async () => {
    const skips = [{ when: 'otherwise', reason: 'only payments matter' }] as const;
    const unknown = (shop: string) =>
      sent({ tenant, secrets, skips }, { body: `{"type":"other","shop":"${shop}"}` });
    expect((await unknown('west')).answer.json).toMatchObject({ code: 'TENANT_MISMATCH' });
    expect((await unknown('north')).answer.json).toMatchObject({ status: 'skipped' });
  });
});

describe('other ways to send', () => {
  const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');

  function fenceOf(changes: Partial<WebhookFenceSpec>, secret: SimulatorOptions['secret']) {
    return new FenceSimulator(fenceWith({ idempotency: { key: 'content' }, ...changes }), {
      secret: secret!,
    });
  }

  const request = (fence: FenceSimulator, more: Partial<Parameters<typeof gatewayEvent>[0]>) =>
    fence.request(gatewayEvent({ path: fence.fence.route, receivedAt: fence.ports.clock.now(), ...more }));

  it('forms, signed with the address that the partner calls', async () => {
    const url = 'https://hooks.example.com/twilio';
    const accepts = [
      accept({
        when: { field: 'Status', is: 'paid' },
        schema: z.object({ Sid: z.string(), Cents: z.string() }),
        events: [paymentConfirmed],
        map: form => emit(paymentConfirmed, { paymentId: form.Sid, cents: Number(form.Cents) }),
      }),
    ];
    const fence = fenceOf({ scheme: 'twilio', url, body: 'form', accepts, skips: [] }, { current: 'k' });
    const sign = (text: string) => createHmac('sha1', 'k').update(`${url}?a=1${text}`).digest('base64');
    const send = (body: string, signed: string) =>
      request(fence, {
        body,
        query: 'a=1',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': sign(signed) },
      });
    expect((await send('Sid=S1&Status=paid&Cents=5', 'Cents5SidS1Statuspaid')).statusCode).toBe(202);
    expect(fence.events()).toMatchObject([{ data: { paymentId: 'S1', cents: 5 } }]);
    const doubled = await send('Sid=S2&Sid=S2&Status=paid&Cents=5', 'Cents5SidS2Statuspaid');
    expect(doubled.json).toMatchObject({ status: 'quarantined', code: 'INVALID_PAYLOAD' });
  });

  it('a captured form whose fields end elsewhere is no second event: fields are signed without borders', async () => {
    const url = 'https://hooks.example.com/twilio';
    const schema = z.object({ MessageSid: z.string(), NumMedia: z.string().optional() });
    const accepts = [
      accept({
        schema,
        events: [paymentConfirmed],
        map: form => emit(paymentConfirmed, { paymentId: form.MessageSid, cents: 1 }),
      }),
    ];
    const signed = createHmac('sha1', 'k').update(`${url}MessageSidSM1NumMedia0`).digest('base64');
    for (const key of ['content', 'delivery-id'] as const) {
      const fence = fenceOf(
        { scheme: 'twilio', url, body: 'form', accepts, skips: [], idempotency: { key } },
        { current: 'k' },
      );
      const send = (body: string, id: string) =>
        request(fence, {
          body,
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            'x-twilio-signature': signed,
            'i-twilio-idempotency-token': id,
          },
        });
      expect((await send('MessageSid=SM1&NumMedia=0', 'a')).json.status).toBe('published');
      expect(await send('MessageSid=SM1NumMedia0', 'b')).toMatchObject({
        statusCode: 409,
        json: { code: 'DUPLICATE_CONFLICT' },
      });
      expect(fence.events()).toHaveLength(1);
    }
  });

  it('Slack’s handshake is answered with its challenge, signed or not at all', async () => {
    const fence = fenceOf({ scheme: 'slack' }, { current: 'k' });
    const body = '{"type":"url_verification","challenge":"abc123"}';
    const seconds = String(fence.ports.clock.now() / 1000);
    const send = (key: string) =>
      request(fence, {
        body,
        headers: {
          'content-type': 'application/json',
          'x-slack-request-timestamp': seconds,
          'x-slack-signature': `v0=${hmac(key, `v0:${seconds}:${body}`)}`,
        },
      });
    expect(await send('k')).toMatchObject({
      statusCode: 200,
      body: 'abc123',
      headers: { 'content-type': 'text/plain' },
    });
    expect((await send('other')).statusCode).toBe(401);
    expect(fence.tally()).toMatchObject({ skipped: 1, rejected: 1 });
    expect(fence.events()).toEqual([]);
  });

  it('Meta’s handshake by GET is answered to its verify token alone', async () => {
    const fence = fenceOf({ scheme: 'meta' }, { current: 'k', handshake: 'verify-me' });
    const ask = (token: string) =>
      request(fence, {
        method: 'GET',
        query: `hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1158201444`,
      });
    expect(await ask('verify-me')).toMatchObject({ statusCode: 200, body: '1158201444' });
    expect((await ask('other')).statusCode).toBe(401);
    expect((await request(fence, { method: 'GET' })).statusCode).toBe(400);
    const body = payment();
    const posted = await request(fence, {
      body,
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${hmac('k', body)}` },
    });
    expect(posted.statusCode).toBe(202);
  });
});
