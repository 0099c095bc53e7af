import * as z from 'zod';
import { accept, emit } from '../../shared/contract/define-webhook-fence.ts';
import { paid, paymentConfirmed } from './fences.ts';
import { GithubSender } from './github-sender.ts';

const item = accept({
  when: { field: '/type', is: 'item' },
  schema: z.object({ item: z.string() }),
  events: [paymentConfirmed],
  map: ({ item: paymentId }) => emit(paymentConfirmed, { paymentId, cents: 1 }),
});

const itemBody = (id: string) => JSON.stringify({ type: 'item', item: id });

describe('fields that name a delivery whose id is not signed', () => {
  const spec = { accepts: [paid, item], payloadHash: { fields: ['/type', '/data/id'] } };

  it('make a retry that changes the rest a repeat', async () => {
    const github = new GithubSender(spec);
    const first = await github.send('d-1', '{"type":"paid","pending":2,"data":{"id":"p-1","cents":1}}');
    const retry = await github.send('d-1', '{"type":"paid","pending":1,"data":{"id":"p-1","cents":1}}');
    expect(retry.body).toBe(first.body);
    expect(github.fence.events()).toHaveLength(1);
  });

  it.each([
    ['delivery-id', 'd-2'],
    ['content', undefined],
  ] as const)('name no delivery that lacks one of them: the whole content does (%s)', async (key, id) => {
    const github = new GithubSender({ ...spec, idempotency: { key } });
    await github.send('d-1', itemBody('a'));
    await github.send(id, itemBody('b'));
    await github.send(id, itemBody('b'));
    expect(github.fence.events()).toHaveLength(2);
    expect(github.fence.tally()).toMatchObject({ published: 2, duplicate: 1 });
  });
});
