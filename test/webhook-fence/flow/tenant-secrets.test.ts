import { createHmac } from 'node:crypto';
import type { WebhookFenceSpec } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { fenceWith } from './fences.ts';
import { gatewayEvent } from './gateway-events.ts';
import { FenceSimulator, otherSecret, secret, signature } from './simulator.ts';

const north = secret;
const south = otherSecret;
const shops = { tenant: { from: '/shop', allowed: ['north', 'south'] } } as const;
const keys = {
  current: { north, south },
  statusKey: { north: 'key-of-north', south: 'key-of-south' },
};

const of = (shop: string, id = 'p-1') => JSON.stringify({ type: 'paid', shop, data: { id, cents: 1 } });

const fenceOf = (changes: Partial<WebhookFenceSpec> = {}, document: object = keys) =>
  new FenceSimulator(fenceWith({ ...shops, ...changes }), { secret: document });

describe('secrets of several tenants', () => {
  it('each prove a delivery that names their own tenant', async () => {
    const fence = fenceOf();
    expect((await fence.send({ id: 'a', secret: north, body: of('north') })).json.status).toBe('published');
    expect((await fence.send({ id: 'b', secret: south, body: of('south') })).json.status).toBe('published');
    expect(fence.events().map(({ tenantid }) => tenantid)).toEqual(['north', 'south']);
  });

  it('never prove one that names another tenant: TENANT_MISMATCH, in the books of the secret’s tenant', async () => {
    const fence = fenceOf();
    const { json } = await fence.send({ secret: south, body: of('north') });
    expect(json).toMatchObject({ status: 'quarantined', code: 'TENANT_MISMATCH', at: { column: '/shop' } });
    expect(fence.events()).toEqual([]);
    expect((await fence.status(json.correlationId, 'key-of-south')).json.status).toBe('quarantined');
    expect((await fence.status(json.correlationId, 'key-of-north')).statusCode).toBe(404);
  });

  it('keep that verdict when an operator reprocesses the delivery', async () => {
    const fence = fenceOf();
    const { json } = await fence.send({ secret: south, body: of('north') });
    expect(await fence.redrive(json)).toEqual([]);
    expect(fence.events()).toEqual([]);
  });

  it('do not let one tenant take another’s ids', async () => {
    const fence = fenceOf();
    await fence.send({ id: 'msg_1', secret: south, body: of('south', 'p-9') });
    const mine = await fence.send({ id: 'msg_1', secret: north, body: of('north') });
    expect(mine.json.status).toBe('published');
    expect(fence.eventIds()).toHaveLength(2);
  });

  it('tell the status by the sender’s own id, of the tenant that asks', async () => {
    const fence = fenceOf();
    const theirs = await fence.send({ id: 'msg_1', secret: south, body: of('south', 'p-9') });
    const mine = await fence.send({ id: 'msg_1', secret: north, body: of('north') });
    const asked = async (key: string) => (await fence.status('msg_1', key)).json.correlationId;
    expect(await asked('key-of-south')).toBe(theirs.json.correlationId);
    expect(await asked('key-of-north')).toBe(mine.json.correlationId);
    const ofAll = fenceOf({}, { ...keys, statusKey: 'key-of-all' });
    const one = await ofAll.send({ id: 'msg_2', secret: south, body: of('south') });
    expect((await ofAll.status('msg_2', 'key-of-all')).json.correlationId).toBe(one.json.correlationId);
  });

  it('do not let one tenant take another’s ids that no signature covers', async () => {
    const fence = fenceOf({ scheme: 'github' }, { current: { north: 'n', south: 's' } });
    const send = (key: string, body: string) =>
      fence.request(
        gatewayEvent({
          path: fence.fence.route,
          body,
          receivedAt: fence.ports.clock.now(),
          headers: {
            'content-type': 'application/json',
            'x-hub-signature-256': `sha256=${createHmac('sha256', key).update(body).digest('hex')}`,
            'x-github-delivery': 'd-1',
          },
        }),
      );
    expect((await send('s', of('south'))).json.status).toBe('published');
    expect((await send('n', of('north'))).json.status).toBe('published');
  });

  it('use up only their own tenant’s quota', async () => {
    const fence = fenceOf({ tenantQuota: { requests: 1, perSeconds: 10 } });
    await fence.send({ id: '1', secret: south, body: of('north') });
    expect((await fence.send({ id: '2', secret: south, body: of('south') })).statusCode).toBe(429);
    expect((await fence.send({ id: '3', secret: north, body: of('north') })).statusCode).toBe(202);
  });

  it('rotate for each tenant alone', async () => {
    const fence = fenceOf({}, { current: { north, south: `${south.slice(0, -1)}x` }, previous: { south } });
    expect((await fence.send({ secret: south, body: of('south') })).json.status).toBe('published');
    const line = fence.ports.log.lines.find(({ event }) => event === 'previous secret used');
    expect(line?.fields).toMatchObject({ tenant: 'south' });
  });

  it('are told a stale signature from a wrong one', async () => {
    const fence = fenceOf();
    const sentAt = fence.ports.clock.now() - 3_600_000;
    expect((await fence.send({ secret: south, body: of('south'), sentAt })).statusCode).toBe(401);
    const settled = fence.ports.log.lines.find(({ event }) => event === 'request settled');
    expect(settled?.fields).toMatchObject({ code: 'TIMESTAMP_TOO_OLD' });
  });

  it.each([
    ['one text for all', { current: north }],
    ['a key that two tenants share', { current: { north, south: north } }],
    ['a previous key of another tenant', { current: { north, south }, previous: { south: north } }],
    ['a tenant that the contract does not name', { current: { north, west: south } }],
    ['a tenant without a key', { current: { north: '' } }],
  ])('are unusable as %s: 503, and the alarm', async (_, document) => {
    const fence = fenceOf({}, document);
    expect((await fence.send({ secret: north, body: of('north') })).statusCode).toBe(503);
    const settled = fence.ports.log.lines.find(({ event }) => event === 'request settled');
    expect(settled?.fields).toMatchObject({ code: 'NO_KEYS' });
  });

  it('may be missing for a tenant that has not begun', async () => {
    const fence = fenceOf({}, { current: { north } });
    expect((await fence.send({ secret: north, body: of('north') })).statusCode).toBe(202);
    expect((await fence.send({ id: '2', secret: south, body: of('south') })).statusCode).toBe(401);
  });

  it('are one for all where the contract says so', async () => {
    const shared = { secrets: { sharedByTenants: { reason: 'One system signs for all.' } } };
    const fence = fenceOf(shared, { current: north });
    expect((await fence.send({ secret: north, body: of('south') })).json.status).toBe('published');
    expect((await fenceOf(shared).send({ secret: north, body: of('north') })).statusCode).toBe(503);
  });
});

describe('a tenant in the path', () => {
  const inPath = { tenant: { fromPath: true, allowed: ['north', 'south'] } } as const;
  const payload = '{"type":"paid","data":{"id":"p-1","cents":1}}';

  function send(fence: FenceSimulator, tenant: string, key: string, body = payload) {
    const now = fence.ports.clock.now();
    const seconds = Math.floor(now / 1000);
    return fence.request(
      gatewayEvent({
        path: fence.fence.route.replace('{tenant}', tenant),
        route: fence.fence.route,
        pathParameters: { tenant },
        body,
        receivedAt: now,
        headers: {
          'content-type': 'application/json',
          'webhook-id': 'msg_1',
          'webhook-timestamp': String(seconds),
          'webhook-signature': signature(key, `msg_1.${seconds}.${body}`),
        },
      }),
    );
  }

  it('is a segment of the route, and is the events’ tenant', async () => {
    const fence = fenceOf(inPath);
    expect(fence.fence.route).toBe('/webhooks/pay-hooks/{tenant}');
    expect((await send(fence, 'north', north)).json.status).toBe('published');
    expect((await send(fence, 'south', south)).json.status).toBe('published');
    expect(fence.events().map(({ tenantid }) => tenantid)).toEqual(['north', 'south']);
  });

  it.each([
    ['another tenant', 'north'],
    ['nobody we know', 'west'],
  ])('that names %s than the secret is TENANT_MISMATCH', async (_, tenant) => {
    const fence = fenceOf(inPath);
    expect((await send(fence, tenant, south)).json).toMatchObject({ code: 'TENANT_MISMATCH' });
    expect(fence.events()).toEqual([]);
  });

  it('is kept with a refused request, and used when that is released', async () => {
    const fence = fenceOf(inPath, { current: { north: south } });
    expect((await send(fence, 'north', north)).statusCode).toBe(401);
    fence.ports.secrets.write(JSON.stringify(keys), fence.ports.clock.now());
    fence.ports.clock.advance(600_000);
    const report = await fence.release({ dryRun: false });
    expect(report.ends).toEqual({ published: 1 });
    expect(fence.events()[0]).toMatchObject({ tenantid: 'north' });
  });

  it('is proved by a signature that covers the address, also with one secret for all', async () => {
    const url = 'https://hooks.example.com/pay/{tenant}';
    const shared = { sharedByTenants: { reason: 'One system signs for all.' } };
    const square = { scheme: 'square', url, secrets: shared, idempotency: { key: 'content' } } as const;
    const fence = fenceOf({ ...inPath, ...square }, { current: 'k' });
    const sendTo = (tenant: string, signed: string) =>
      fence.request(
        gatewayEvent({
          path: `/webhooks/pay-hooks/${tenant}`,
          route: fence.fence.route,
          pathParameters: { tenant },
          body: payload,
          receivedAt: fence.ports.clock.now(),
          headers: {
            'content-type': 'application/json',
            'x-square-hmacsha256-signature': createHmac('sha256', 'k')
              .update(url.replace('{tenant}', signed) + payload)
              .digest('base64'),
          },
        }),
      );
    expect((await sendTo('north', 'south')).statusCode).toBe(401);
    expect((await sendTo('north', 'north')).json.status).toBe('published');
    expect((await sendTo('south', 'south')).json.status).toBe('published');
    expect(fence.events().map(({ tenantid }) => tenantid)).toEqual(['north', 'south']);
    expect((await sendTo('west', 'west')).json).toMatchObject({ code: 'TENANT_MISMATCH' });
  });
});
