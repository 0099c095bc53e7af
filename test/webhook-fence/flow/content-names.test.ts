import * as z from 'zod';
import { accept, emit } from '#adapters/webhook-fence/contract/define-webhook-fence.ts';
import { paid, paymentConfirmed } from './fences.ts';
import { GithubSender } from './github-sender.ts';

const item = accept({
  when: { field: '/type', is: 'item' },
  schema: z.object({ item: z.string() }),
  events: [paymentConfirmed],
  map: ({ item: paymentId }) => emit(paymentConfirmed, { paymentId, cents: 1 }),
});

const itemBody = (id: string) => JSON.stringify({ type: 'item', item: id });

describe('a delivery that a rule judges by a header', () => {
  const created = { ...paid, when: { header: 'x-topic', is: 'created' } };
  const spec = { accepts: [created], skips: [{ when: { header: 'x-topic', is: 'ping' }, reason: 'pings' }] };
  const topic = (name: string) => ({ 'x-topic': name });

  it.each([
    ['an unsigned id', 'delivery-id'],
    ['the content', 'content'],
  ] as const)(
    'is not taken for one with the same body under another header, where %s names it',
    async (_, key) => {
      const github = new GithubSender({ ...spec, idempotency: { key } });
      const updated = await github.send('d-1', undefined, topic('updated'));
      expect(updated.json).toMatchObject({ status: 'quarantined', code: 'UNKNOWN_DELIVERY' });
      expect((await github.send('d-2', undefined, topic('ping'))).json.status).toBe('skipped');
      const made = await github.send('d-3', undefined, topic('created'));
      expect(made.json.status).toBe('published');
      expect((await github.send('d-3', undefined, topic('created'))).body).toBe(made.body);
      expect(github.fence.tally()).toMatchObject({ quarantined: 1, skipped: 1, published: 1, duplicate: 1 });
    },
  );

  it('is known again whatever its other headers and its unsigned id', async () => {
    const github = new GithubSender(spec);
    const first = await github.send('d-1', undefined, { ...topic('created'), 'x-attempt': '1' });
    const again = await github.send(undefined, undefined, { ...topic('created'), 'x-attempt': '2' });
    expect(again.body).toBe(first.body);
    expect(github.fence.events()).toHaveLength(1);
  });

  it('may not come under an id that was taken with another header', async () => {
    const github = new GithubSender(spec);
    await github.send('d-1', undefined, topic('created'));
    expect((await github.send('d-1', undefined, topic('ping'))).json.code).toBe('DUPLICATE_CONFLICT');
  });
});

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
