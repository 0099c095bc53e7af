import { statusRoute } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { fenceWith } from './fences.ts';
import type { gatewayEvent } from './gateway-events.ts';
import {
  type Answered,
  type Delivery,
  FenceSimulator,
  otherSecret,
  payment,
  signature,
  statusKey,
} from './simulator.ts';

const now = Date.UTC(2026, 0, 5, 8);
const seconds = now / 1000;

/** What nobody may learn: why. */
const unauthenticated = {
  code: 'UNAUTHENTICATED',
  detail: 'The signature or token does not prove who sent the request. Check the secret and the clock.',
};

async function sent(
  delivery: Delivery,
  fence = fenceWith(),
): Promise<{ answer: Answered; fence: FenceSimulator }> {
  const simulator = new FenceSimulator(fence);
  return { answer: await simulator.send(delivery), fence: simulator };
}

const header = (name: string, value: string): Delivery => ({ headers: { [name]: value } });
const good = signature('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', `msg_1.${seconds}.${payment()}`);

describe('a request that proves nothing is answered 401, whatever is wrong, and makes no event', () => {
  const signedAt = (timestamp: string): Delivery => ({
    headers: {
      'webhook-timestamp': timestamp,
      'webhook-signature': signature(
        'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
        `msg_1.${timestamp}.${payment()}`,
      ),
    },
  });

  it.each<[string, Delivery]>([
    ['an empty signature header', header('webhook-signature', '')],
    ['a doubled signature header, as the gateway joins it', header('webhook-signature', 'v1,AAAA,v1,BBBB')],
    ['an overlong signature header', header('webhook-signature', `${good} ${'v1,'.padEnd(5_000, 'A')}`)],
    ['a malformed signature header', header('webhook-signature', 'garbage')],
    ['an unknown version', header('webhook-signature', good.replace('v1,', 'v9,'))],
    ['an empty id', header('webhook-id', '')],
    ['another id', header('webhook-id', 'msg_2')],
    ['a wrong secret', { secret: otherSecret }],
    ['a body changed by one bit', { event: { body: payment().replace('p-1', 'p-0') } }],
    ['a body cut short', { event: { body: payment().slice(0, -1) } }],
    ['a timestamp in the past', { sentAt: now - 301_000 }],
    ['a timestamp in the future', { sentAt: now + 301_000 }],
    ['a negative timestamp', signedAt(`-${seconds}`)],
    ['a timestamp in milliseconds', signedAt(String(now))],
    ['a timestamp that is no number', signedAt('soon')],
    ['a timestamp with a fraction', signedAt(`${seconds}.5`)],
  ])('%s', async (_, delivery) => {
    const { answer, fence } = await sent(delivery);
    expect(answer.statusCode).toBe(401);
    expect(answer.json).toEqual(unauthenticated);
    expect(fence.events()).toEqual([]);
    expect(fence.tally()).toMatchObject({ rejected: 1 });
    expect(fence.ports.files.keys('raw')).toEqual([]);
  });

  it('a signed header that is not there', async () => {
    for (const name of ['webhook-signature', 'webhook-id', 'webhook-timestamp']) {
      const fence = new FenceSimulator(fenceWith());
      const event = fence.event();
      delete event.headers[name];
      const answer = await fence.request(event);
      expect([name, answer.statusCode, answer.json]).toEqual([name, 401, unauthenticated]);
    }
  });

  it('passes at the edges of the tolerance', async () => {
    expect((await sent({ sentAt: now - 300_000 })).answer.statusCode).toBe(202);
    expect((await sent({ sentAt: now + 300_000 })).answer.statusCode).toBe(202);
  });
});

describe('a request that is not as agreed is told what to change', () => {
  it('404 for another route, 405 for another method', async () => {
    const fence = new FenceSimulator(fenceWith());
    const event = fence.event();
    for (const routeKey of ['POST /webhooks/other', `POST ${statusRoute(fence.fence)}`, '$default'])
      expect((await fence.request({ ...event, routeKey })).statusCode).toBe(404);
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const http = { ...event.requestContext.http, method };
      const answer = await fence.request({ ...event, requestContext: { ...event.requestContext, http } });
      expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'POST']);
    }
    expect(fence.tally()).toMatchObject({ rejected: 6 });
  });

  it.each([
    'application/json;charset=UTF-8',
    'Application/JSON',
    'application/cloudevents+json',
    'application/json; charset="utf-8"',
  ])('202 for %s', async type => {
    expect((await sent(header('content-type', type))).answer.statusCode).toBe(202);
  });

  it.each(['identity', 'Identity', ''])('202 for a body encoded as %p', async encoding => {
    expect((await sent(header('content-encoding', encoding))).answer.statusCode).toBe(202);
  });

  it('403 for an address that was not agreed', async () => {
    const allowed = fenceWith({ allowFrom: ['203.0.113.0/29', '2001:db8::/32'] });
    expect((await sent({}, allowed)).answer.statusCode).toBe(202);
    for (const sourceIp of ['203.0.113.8', '2001:db9::1', 'unknown']) {
      const fence = new FenceSimulator(allowed);
      const event = fence.event();
      const http = { ...event.requestContext.http, sourceIp };
      const answer = await fence.request({ ...event, requestContext: { ...event.requestContext, http } });
      expect([sourceIp, answer.statusCode]).toEqual([sourceIp, 403]);
    }
  });
});

describe('how the gateway hands it over makes no difference', () => {
  it('header names in any case', async () => {
    const fence = new FenceSimulator(fenceWith());
    const event = fence.event();
    const headers = Object.fromEntries(
      Object.entries(event.headers).map(([name, value]) => [name.toUpperCase(), value]),
    );
    expect((await fence.request({ ...event, headers })).statusCode).toBe(202);
  });

  it('a base64 body', async () => {
    const body = payment('käse-1');
    const { answer, fence } = await sent({
      body,
      event: { body: Buffer.from(body).toString('base64'), isBase64Encoded: true },
    });
    expect(answer.statusCode).toBe(202);
    expect(fence.events()).toMatchObject([{ data: { paymentId: 'käse-1' } }]);
  });

  it.each([
    ['nothing', ''],
    ['a stage', '/dev'],
    ['the mapping key of a domain', '/partners/pay'],
  ])('a path with %s before the route, deliveries and questions after them alike', async (_, prefix) => {
    const fence = new FenceSimulator(fenceWith());
    const send = (event: ReturnType<typeof gatewayEvent>) =>
      fence.request({ ...event, rawPath: prefix + event.rawPath });
    const { statusCode, json } = await send(fence.event());
    expect(statusCode).toBe(202);
    expect(await send(fence.statusEvent(json.correlationId, statusKey))).toMatchObject({
      statusCode: 200,
      json: { status: 'published' },
    });
  });

  it('the time of receipt is the gateway’s, not ours', async () => {
    const fence = new FenceSimulator(fenceWith());
    const event = fence.event();
    fence.ports.clock.advance(3_600_000);
    expect((await fence.request(event)).statusCode).toBe(202);
  });
});

describe('a genuine delivery whose payload cannot be read is quarantined', () => {
  const nested = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;

  it.each([
    ['0 bytes', '', 'UNREADABLE_PAYLOAD'],
    ['what is not JSON', 'paid', 'UNREADABLE_PAYLOAD'],
    ['JSON cut short', '{"type":"paid"', 'UNREADABLE_PAYLOAD'],
    ['doubled names', '{"type":"paid","type":"ping"}', 'UNREADABLE_PAYLOAD'],
    ['__proto__', '{"type":"paid","__proto__":{"admin":true}}', 'UNREADABLE_PAYLOAD'],
    ['depth 10,000', nested, 'UNREADABLE_PAYLOAD'],
    [
      'a number beyond 2^53 where a number is read',
      '{"type":"paid","data":{"id":"p","cents":9007199254740993}}',
      'INVALID_PAYLOAD',
    ],
    ['a payload without its fields', '{"type":"paid"}', 'INVALID_PAYLOAD'],
    ['a kind that no rule knows', '{"type":"refunded"}', 'UNKNOWN_DELIVERY'],
    ['null', 'null', 'UNKNOWN_DELIVERY'],
    ['a value that the mapping refuses', payment('p-1', -1), 'OUT_OF_RANGE'],
    ['a value that the event refuses', payment('p-1', 1.5), 'SCHEMA_VIOLATION'],
  ])('%s', async (_, body, code) => {
    for (const status of [202, 422] as const) {
      const { answer, fence } = await sent({ body }, fenceWith({ answers: { quarantined: { status } } }));
      expect(answer).toMatchObject({ statusCode: status, json: { status: 'quarantined', code } });
      expect(fence.events()).toEqual([]);
      expect(fence.tally()).toMatchObject({ quarantined: 1 });
      const [key] = fence.ports.files.keys('quarantine');
      const kept = JSON.parse(fence.ports.files.text('quarantine', key!));
      expect(kept).toMatchObject({ code, class: expect.any(String), remedy: expect.any(String), body });
      expect(fence.ports.files.keys('raw')).toHaveLength(1);
    }
  });

  it('bytes that are no UTF-8 are kept as they came', async () => {
    const bytes = Buffer.from([0x7b, 0xff, 0x7d]);
    const fence = new FenceSimulator(fenceWith());
    const event = fence.event();
    const content = Buffer.concat([Buffer.from(`msg_1.${seconds}.`), bytes]);
    event.headers['webhook-signature'] = signature('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', content);
    const answer = await fence.request({ ...event, body: bytes.toString('base64'), isBase64Encoded: true });
    expect(answer.json).toMatchObject({
      status: 'quarantined',
      code: 'UNREADABLE_PAYLOAD',
      at: { byteOffset: 1 },
    });
    const [key] = fence.ports.files.keys('quarantine');
    expect(JSON.parse(fence.ports.files.text('quarantine', key!)).bodyBase64).toBe(bytes.toString('base64'));
  });

  it('answers and logs hold no value of the payload', async () => {
    const { answer, fence } = await sent({
      body: '{"type":"secret-kind","data":{"id":"secret-id","cents":"secret"}}',
    });
    expect(JSON.stringify([answer.body, fence.ports.log.lines])).not.toContain('secret-');
  });
});

describe('a flood', () => {
  it('of 1,000 forged requests lets every real one pass and costs a bounded number of calls', async () => {
    const fence = new FenceSimulator(fenceWith());
    const forged = Array.from({ length: 1_000 }, (_, i) =>
      fence.send({ id: `forged_${i}`, secret: otherSecret }),
    );
    const real = Array.from({ length: 20 }, (_, i) =>
      fence.send({ id: `real_${i}`, body: payment(`p-${i}`) }),
    );
    const answers = await Promise.all([...forged.slice(0, 500), ...real, ...forged.slice(500)]);
    expect(answers.filter(answer => answer.statusCode === 202)).toHaveLength(20);
    expect(answers.filter(answer => answer.statusCode === 401)).toHaveLength(1_000);
    expect(fence.eventIds()).toHaveLength(20);
    expect(fence.ports.secrets.reads).toBeLessThanOrEqual(2);
    expect(fence.tally()).toEqual({
      published: 20,
      rejected: 1_000,
      duplicate: 0,
      quarantined: 0,
      skipped: 0,
    });
  });
});
