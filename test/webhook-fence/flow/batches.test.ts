import * as z from 'zod';
import { accept } from '#adapters/webhook-fence/contract/define-webhook-fence.ts';
import { idText } from '#adapters/webhook-fence/contract/id-text.ts';
import { emitItem } from '#adapters/webhook-fence/contract/item-emission.ts';
import { fenceWith, paymentConfirmed } from './fences.ts';
import { FenceSimulator } from './simulator.ts';

interface Item {
  readonly id: string | number;
  readonly cents: number;
  readonly at?: number | string;
}

const item = z.object({ id: idText(), cents: z.int(), at: z.union([z.number(), z.string()]).optional() });

const batchFence = fenceWith({
  accepts: [
    accept({
      schema: z.array(item),
      events: [paymentConfirmed],
      map: items =>
        items.map(({ id, cents, at }) =>
          emitItem(
            paymentConfirmed,
            { paymentId: `p-${id}`, cents },
            { id, ...(at !== undefined && { happenedAt: at }) },
          ),
        ),
    }),
  ],
  skips: [],
});

const item1 = { id: 1, cents: 10 };
const item2 = { id: 2, cents: 20 };
const item3 = { id: 3, cents: 30 };

const open = () => new FenceSimulator(batchFence);
const send = (fence: FenceSimulator, id: string, ...items: readonly Item[]) =>
  fence.send({ id, body: JSON.stringify(items) });
const paymentsOf = (fence: FenceSimulator) =>
  fence.events().map(({ data }) => (data as { paymentId: string }).paymentId);

describe('the items of batches', () => {
  it('are one event each, in whatever delivery they come again', async () => {
    const fence = open();
    expect((await send(fence, 'a', item1, item2)).json.status).toBe('published');
    expect((await send(fence, 'b', item2, item3)).json.status).toBe('published');
    expect(paymentsOf(fence)).toEqual(['p-1', 'p-2', 'p-3']);
    expect(fence.eventIds()).toHaveLength(3);
    expect(fence.tally()).toMatchObject({ published: 2 });
    const line = fence.ports.log.lines.find(({ event }) => event === 'items repeated');
    expect(line?.fields).toMatchObject({ repeated: 1, events: 1, integration: 'pay-hooks' });
  });

  it('have ids of their own: place and delivery do not matter', async () => {
    const [one, other] = [open(), open()];
    await send(one, 'a', item1, item2);
    await send(other, 'z', item2, item1);
    expect(one.eventIds()).toEqual(other.eventIds());
  });

  it('that are all known make a delivery that is skipped, with that reason', async () => {
    const fence = open();
    await send(fence, 'a', item1, item2);
    const again = await send(fence, 'b', item2, item1);
    expect(again.json).toMatchObject({ status: 'skipped', reason: expect.stringContaining('every item') });
    expect(fence.events()).toHaveLength(2);
    expect(fence.tally()).toMatchObject({ published: 1, skipped: 1 });
  });

  it('with other content are a conflict with its place, and nothing of the delivery is published', async () => {
    const fence = open();
    await send(fence, 'a', item1);
    const { json } = await send(fence, 'b', item3, { ...item1, cents: 11 });
    expect(json).toMatchObject({ status: 'quarantined', code: 'DUPLICATE_CONFLICT', at: { record: 2 } });
    expect(paymentsOf(fence)).toEqual(['p-1']);
    expect((await send(fence, 'c', item3)).json.status).toBe('published');
  });

  it('that come twice in one delivery are one event, or a conflict', async () => {
    const fence = open();
    expect((await send(fence, 'a', item1, item1)).json.status).toBe('published');
    expect(fence.events()).toHaveLength(1);
    const { json } = await send(fence, 'b', item2, { ...item2, cents: 21 });
    expect(json).toMatchObject({ code: 'DUPLICATE_CONFLICT', at: { record: 2 } });
  });

  it('with data that its event refuses are a fault of the delivery', async () => {
    const { json } = await send(open(), 'a', item1, { id: 2, cents: 1, at: 'never' });
    expect(json).toMatchObject({ code: 'INVALID_PAYLOAD', at: { record: 2 } });
  });

  it('of a quarantined delivery are free', async () => {
    const fence = open();
    const { json } = await send(fence, 'a', item1, { ...item2, id: '' });
    expect(json.status).toBe('quarantined');
    expect((await send(fence, 'b', { ...item1, cents: 11 })).json.status).toBe('published');
  });

  it('wait with their delivery while the bus is down, and are known meanwhile', async () => {
    const fence = open();
    fence.ports.bus.answer = () => ({ kind: 'throttled', reason: 'down' });
    expect((await send(fence, 'a', item1)).json.status).toBe('accepted');
    fence.ports.bus.answer = () => ({ kind: 'accepted' });
    expect((await send(fence, 'b', item1, item2)).json.status).toBe('published');
    expect(await fence.drain()).toEqual([]);
    expect(paymentsOf(fence).sort()).toEqual(['p-1', 'p-2']);
  });

  it('that may have been published before their function died are published again as they were, or conflict', async () => {
    const well = open();
    await send(well, 'a', item1);
    for (let at = 1; at <= well.calls.length; at++) {
      const fence = new FenceSimulator(batchFence, { crash: { at, when: 'after' } });
      await send(fence, 'a', item1);
      fence.revive();
      fence.ports.clock.advance(40_000);
      const other = await send(fence, 'b', { ...item1, cents: 11 });
      const same = await send(fence, 'c', item1);
      const contents = new Set(fence.events().map(({ data }) => JSON.stringify(data)));
      expect([at, fence.eventIds().length, contents.size]).toEqual([at, 1, 1]);
      const statuses = [other.json.status, same.json.status].sort().join();
      expect(['quarantined,published', 'published,quarantined', 'quarantined,skipped']).toContain(statuses);
    }
  });

  it('are ordered by their own times', async () => {
    const fence = open();
    await send(fence, 'a', { ...item1, at: 1_767_600_002 }, { ...item2, at: '2026-01-05T08:00:01Z' }, item3);
    const [later, earlier, whole] = fence.events();
    expect(later).toMatchObject({ time: '2026-01-05T08:00:02.000Z' });
    expect(earlier).toMatchObject({ time: '2026-01-05T08:00:01Z' });
    expect(whole).toMatchObject({ time: '2026-01-05T08:00:00.000Z' });
    const sequences = [whole, earlier, later].map(event => String(event?.sequence));
    expect([...sequences].sort()).toEqual(sequences);
    const { json } = await send(fence, 'b', { id: 4, cents: 4 }, { id: 5, cents: 5, at: 'yesterday' });
    expect(json).toMatchObject({ code: 'INVALID_PAYLOAD', at: { record: 2 } });
  });

  it('are at most so many in one delivery', async () => {
    const many = Array.from({ length: 1_001 }, (_, i) => ({ id: i, cents: i }));
    expect((await send(open(), 'a', ...many)).json).toMatchObject({
      code: 'INVALID_PAYLOAD',
      detail: 'the delivery has 1001 items; at most 1000 are taken',
    });
  });

  it('of two deliveries at the same moment are still one event', async () => {
    const fence = open();
    const ends = await Promise.all([send(fence, 'a', item1, item2), send(fence, 'b', item2, item1)]);
    const again = await Promise.all([send(fence, 'a', item1, item2), send(fence, 'b', item2, item1)]);
    expect(again.every(({ statusCode }) => statusCode === 202)).toBe(true);
    expect(ends.some(({ json }) => json.status === 'published')).toBe(true);
    expect(fence.eventIds()).toHaveLength(2);
    expect(fence.events()).toHaveLength(2);
  });
});
