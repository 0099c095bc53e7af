import fc from 'fast-check';
import { fenceWith } from './fences.ts';
import { FenceSimulator, payment } from './simulator.ts';

const runs = { numRuns: 150 };

describe('any signed request', () => {
  const delivery = fc.record({
    id: fc.stringMatching(/^[A-Za-z0-9_-]{1,60}$/),
    name: fc.string({ minLength: 1, maxLength: 40 }).filter(name => !/\p{Surrogate}|\0/u.test(name)),
    skew: fc.integer({ min: -300, max: 300 }),
  });

  it('within the tolerance passes', async () => {
    await fc.assert(
      fc.asyncProperty(delivery, async ({ id, name, skew }) => {
        const fence = new FenceSimulator(fenceWith());
        const sentAt = fence.ports.clock.now() + skew * 1000;
        const answer = await fence.send({ id, body: payment(name), sentAt });
        expect(answer).toMatchObject({ statusCode: 202, json: { status: 'published' } });
        expect(fence.events()).toMatchObject([{ data: { paymentId: name } }]);
      }),
      runs,
    );
  });

  it('of which any bit is changed is refused', async () => {
    const parts = ['body', 'webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...parts), fc.nat(), fc.nat(7), async (part, at, bit) => {
        const fence = new FenceSimulator(fenceWith());
        const event = fence.event();
        const bytes = Buffer.from(part === 'body' ? event.body! : event.headers[part]!);
        bytes[at % bytes.length]! ^= 1 << bit;
        if (part === 'body') Object.assign(event, { body: bytes.toString('base64'), isBase64Encoded: true });
        else event.headers[part] = bytes.toString('latin1');
        const answer = await fence.request(event);
        expect(answer.statusCode).toBe(401);
        expect(fence.events()).toEqual([]);
      }),
      runs,
    );
  });
});

describe('any deliveries, in any order, some again and some at once', () => {
  it('are each one event, and the books balance', async () => {
    const sends = fc.array(fc.record({ n: fc.nat(6), again: fc.boolean() }), { minLength: 1, maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(sends, async list => {
        const fence = new FenceSimulator(fenceWith());
        for (const { n, again } of list) {
          await fence.send({ id: `msg_${n}`, body: payment(`p-${n}`) });
          if (again) await fence.send({ id: `msg_${n}`, body: payment(`p-${n}`, 7) });
        }
        const ids = new Set(list.map(({ n }) => n)).size;
        const tally = fence.tally();
        expect(fence.eventIds()).toHaveLength(ids);
        expect(tally).toMatchObject({
          published: ids,
          quarantined: list.filter(({ again }) => again).length,
        });
        expect(Object.values(tally).reduce((a, b) => a + b)).toBe(fence.received);
      }),
      { numRuns: 60 },
    );
  });
});
