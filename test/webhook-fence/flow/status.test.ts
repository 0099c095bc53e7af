import { createHmac } from 'node:crypto';
import { accept } from '#adapters/webhook-fence/contract/define-webhook-fence.ts';
import { fenceWith, paid } from './fences.ts';
import { FenceSimulator, otherSecret, payment, secret } from './simulator.ts';

const invalid = '{"type":"paid"}';

describe('the status of a delivery', () => {
  it('says why it is quarantined, and no more once it is published', async () => {
    const fence = new FenceSimulator(fenceWith());
    const { json } = await fence.send({ body: invalid });
    const told = await fence.status(json.correlationId);
    expect(told).toMatchObject({
      statusCode: 200,
      json: {
        correlationId: json.correlationId,
        status: 'quarantined',
        code: 'INVALID_PAYLOAD',
        at: { column: '/data' },
        detail: expect.any(String),
        remedy: expect.any(String),
      },
    });
    await fence.send();
    expect((await fence.status(json.correlationId)).json).toEqual({
      correlationId: json.correlationId,
      status: 'published',
    });
  });

  it('says why it is skipped', async () => {
    const fence = new FenceSimulator(fenceWith());
    const { json } = await fence.send({ body: '{"type":"ping"}' });
    expect((await fence.status(json.correlationId)).json).toMatchObject({
      status: 'skipped',
      reason: 'pings say nothing',
    });
  });

  it('says why one that was accepted while the bus was down was quarantined after all', async () => {
    const fence = new FenceSimulator(fenceWith());
    fence.ports.bus.answer = () => ({ kind: 'throttled', reason: 'a' });
    const { json } = await fence.send();
    expect((await fence.status(json.correlationId)).json.status).toBe('accepted');
    const refuses = {
      ...paid,
      map: () => {
        throw new Error('no');
      },
    };
    fence.deploy(fenceWith({ accepts: [accept(refuses as never)] }));
    fence.ports.bus.answer = () => ({ kind: 'accepted' });
    await fence.drain();
    expect((await fence.status(json.correlationId)).json).toMatchObject({
      status: 'quarantined',
      code: 'MAPPING_FAILED',
    });
  });

  it('can be asked by the sender’s own id, signed or in the body', async () => {
    const signed = new FenceSimulator(fenceWith());
    const { json } = await signed.send({ id: 'msg_77' });
    expect((await signed.status('msg_77')).json).toEqual({
      correlationId: json.correlationId,
      status: 'published',
    });
    const inBody = new FenceSimulator(fenceWith({ idempotency: { key: { bodyField: '/data/id' } } }));
    const { json: other } = await inBody.send({ body: payment('p-9') });
    expect((await inBody.status('p-9')).json.correlationId).toBe(other.correlationId);
  });

  it('can be asked by an id that the signature does not cover, as long as the id is held', async () => {
    const fence = new FenceSimulator(fenceWith({ scheme: 'github' }), {
      secret: { current: 'k', statusKey: 's' },
    });
    const { json } = await fence.send({
      headers: {
        'x-github-delivery': 'a-guid',
        'x-hub-signature-256': `sha256=${createHmac('sha256', 'k').update(payment()).digest('hex')}`,
      },
    });
    expect(json.status).toBe('published');
    expect((await fence.status('a-guid', 's')).json.correlationId).toBe(json.correlationId);
    expect((await fence.status('another-guid', 's')).statusCode).toBe(404);
  });

  it('by the sender’s own id is that of the asking tenant: two may use the same', async () => {
    const fence = new FenceSimulator(fenceWith({ tenant: { from: '/shop', allowed: ['north', 'south'] } }), {
      secret: {
        current: { north: secret, south: otherSecret },
        statusKey: { north: 'key-of-north', south: 'key-of-south' },
      },
    });
    const body = (shop: string) => JSON.stringify({ type: 'paid', shop, data: { id: shop, cents: 1 } });
    const north = await fence.send({ secret, body: body('north') });
    expect((await fence.status('msg_1', 'key-of-south')).statusCode).toBe(404);
    const south = await fence.send({ secret: otherSecret, body: body('south') });
    for (const [key, { json }] of [
      ['key-of-north', north],
      ['key-of-south', south],
    ] as const)
      expect((await fence.status('msg_1', key)).json.correlationId).toBe(json.correlationId);
  });

  it('of an unknown id is unknown, and without the key nobody learns even that', async () => {
    const fence = new FenceSimulator(fenceWith());
    expect(await fence.status('msg_1')).toMatchObject({ statusCode: 404, json: { status: 'unknown' } });
    expect((await fence.status('msg_1', 'wrong')).statusCode).toBe(401);
  });
});
