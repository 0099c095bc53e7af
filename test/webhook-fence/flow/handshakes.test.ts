import { createHmac } from 'node:crypto';
import type { Handshake } from '#adapters/webhook-fence/contract/webhook-handshake.ts';
import type { WebhookScheme } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { fenceWith } from './fences.ts';
import { gatewayEvent } from './gateway-events.ts';
import { FenceSimulator } from './simulator.ts';

const get = { method: 'GET', when: [{ query: 'challenge' }], proof: 'none' } as const;

const ask = (fence: FenceSimulator, query: string, tenant?: string) =>
  fence.request(
    gatewayEvent({
      method: 'GET',
      path: fence.fence.route.replace('{tenant}', tenant ?? ''),
      route: fence.fence.route,
      query,
      ...(tenant !== undefined && { pathParameters: { tenant } }),
      receivedAt: fence.ports.clock.now(),
    }),
  );

const outcome = (fence: FenceSimulator) =>
  fence.ports.log.lines.findLast(({ event }) => event === 'request settled')?.fields;

describe('a handshake', () => {
  it('that anyone may ask for needs no published key', async () => {
    const echo: Handshake = { ...get, answer: { text: '{query:challenge}' } };
    const scheme: WebhookScheme = {
      kind: 'jwt',
      name: 'acme',
      token: { header: 'authorization', prefix: 'Bearer ' },
      algorithms: ['RS256'],
      keys: { jwks: 'https://keys.example.com/jwks.json' },
      claims: { aud: 'us' },
      handshakes: [echo],
    };
    const fence = new FenceSimulator(fenceWith({ scheme, idempotency: { key: 'content' } }));
    expect(await ask(fence, 'challenge=abc')).toMatchObject({ statusCode: 200, body: 'abc' });
    expect(outcome(fence)).toMatchObject({ outcome: 'skipped', code: 'HANDSHAKE' });
    expect((await ask(fence, 'other=abc')).statusCode).toBe(400);
    expect(fence.ports.web.asked).toEqual([]);
  });

  it('is answered with the secret of the tenant in the path', async () => {
    const crc: Handshake = {
      ...get,
      answer: { json: { token: { digest: 'hmac-sha256', of: '{query:challenge}', encoding: 'hex' } } },
    };
    const scheme: WebhookScheme = {
      kind: 'signed',
      name: 'acme',
      signature: { header: 'x-signature' },
      signers: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
      content: '{body}',
      handshakes: [crc],
    };
    const tenant = { fromPath: true, allowed: ['north', 'south', 'west'] } as const;
    const fence = new FenceSimulator(fenceWith({ scheme, tenant, idempotency: { key: 'content' } }), {
      secret: { current: { north: 'of-north', south: 'of-south' } },
    });
    const token = createHmac('sha256', 'of-south').update('abc').digest('hex');
    expect((await ask(fence, 'challenge=abc', 'south')).json).toEqual({ token });
    expect((await ask(fence, 'challenge=abc', 'west')).statusCode).toBe(503);
  });
});
