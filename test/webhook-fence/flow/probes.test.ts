import type { WebhookFenceSpec } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { fenceWith } from './fences.ts';
import { gatewayEvent } from './gateway-events.ts';
import { FenceSimulator, payment } from './simulator.ts';

describe('a probe', () => {
  it.each([
    ['HEAD', 200],
    ['OPTIONS', 204],
  ])('with %s is answered %i, counted and never published', async (method, statusCode) => {
    const fence = new FenceSimulator(fenceWith());
    const { path, headers, body } = {
      path: fence.fence.route,
      headers: fence.event().headers,
      body: payment(),
    };
    const receivedAt = fence.ports.clock.now();
    const answer = await fence.request(
      gatewayEvent({ method, path, receivedAt, body, headers: headers as Record<string, string> }),
    );
    expect(answer).toMatchObject({
      statusCode,
      body: '',
      headers: { allow: 'POST, HEAD, OPTIONS' },
    });
    expect(fence.tally()).toMatchObject({ skipped: 1, published: 0 });
    expect(fence.calls.filter(call => !call.startsWith('log.'))).toEqual([]);
    const settled = fence.ports.log.lines.find(({ event }) => event === 'request settled');
    expect(settled?.fields).toMatchObject({ code: 'PROBE' });
  });

  it('of another address is not answered', async () => {
    const fence = new FenceSimulator(fenceWith());
    const receivedAt = fence.ports.clock.now();
    const answer = await fence.request(gatewayEvent({ method: 'HEAD', path: '/other', receivedAt }));
    expect(answer.statusCode).toBe(404);
  });
});

describe('a delivery of GitLab without its id header', () => {
  const gitlab = (otherwise?: WebhookFenceSpec['idempotency']['otherwise']) =>
    new FenceSimulator(
      fenceWith({
        scheme: 'gitlab',
        idempotency: { key: 'delivery-id', ...(otherwise && { otherwise }) },
      }),
      { secret: { current: 'k' } },
    );
  const send = (fence: FenceSimulator, headers: Readonly<Record<string, string>> = {}, body = payment()) =>
    fence.send({ body, headers: { 'x-gitlab-token': 'k', ...headers } });
  const uuid = 'x-gitlab-event-uuid';

  it('is refused, kept, and released once the contract says what names it', async () => {
    const fence = gitlab();
    const answer = await send(fence, { [uuid]: 'a' });
    expect([answer.statusCode, answer.json.code]).toEqual([400, 'NO_DELIVERY_ID']);
    fence.deploy(gitlab({ header: uuid }).fence);
    expect((await fence.release({ dryRun: false })).ends).toEqual({ published: 1 });
  });

  it('is named by its content if the contract says so', async () => {
    const fence = gitlab('content');
    await send(fence, { [uuid]: 'a' });
    await send(fence, { [uuid]: 'b' });
    await send(fence, {}, payment('p-2'));
    expect(fence.tally()).toMatchObject({ published: 2, duplicate: 1 });
  });

  it('is named by another header and its content if the contract says so', async () => {
    const fence = gitlab({ header: uuid });
    await send(fence, { [uuid]: 'a' });
    await send(fence, { [uuid]: 'a' });
    await send(fence, { [uuid]: 'b' });
    await send(fence, { [uuid]: 'a' }, payment('p-2'));
    expect(fence.tally()).toMatchObject({ published: 3, duplicate: 1 });
    expect((await send(fence)).statusCode).toBe(400);
  });

  it('is named by its id if it has one', async () => {
    const fence = gitlab('content');
    await send(fence, { 'idempotency-key': 'a' });
    await send(fence, { 'idempotency-key': 'b' });
    expect(fence.tally()).toMatchObject({ published: 2 });
  });

  it.each<[string, Partial<WebhookFenceSpec>]>([
    ['a signed id', { idempotency: { key: 'delivery-id', otherwise: 'content' } }],
    [
      'an id that names nothing',
      { scheme: 'github', idempotency: { key: 'delivery-id', otherwise: 'content' } },
    ],
    ['content as the key', { scheme: 'gitlab', idempotency: { key: 'content', otherwise: 'content' } }],
    [
      'a header in capitals',
      { scheme: 'gitlab', idempotency: { key: 'delivery-id', otherwise: { header: 'X-Id' } } },
    ],
  ])('goes with no %s', (_, changes) => {
    expect(() => fenceWith(changes)).toThrow('idempotency.otherwise');
  });
});
