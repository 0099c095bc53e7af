import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { shelvesFor } from '#adapters/webhook-fence/core/webhook/reject-shelf.ts';
import { limits } from '#shared/contract/limits.ts';
import { fenceWith } from './fences.ts';
import { type Delivery, FenceSimulator, otherSecret, payment } from './simulator.ts';

const hour = 3_600_000;

/** From an address of its own. */
function from(fence: FenceSimulator, sourceIp: string, delivery: Delivery): APIGatewayProxyEventV2 {
  const event = fence.event(delivery);
  const http = { ...event.requestContext.http, sourceIp };
  return { ...event, requestContext: { ...event.requestContext, http } };
}

const keptIds = (fence: FenceSimulator): string[] =>
  fence.ports.files
    .keys('rejects', 'pay-hooks/rejects/')
    .map(key => JSON.parse(fence.ports.files.text('rejects', key)).headers['webhook-id']);

describe('a flood of refused requests', () => {
  const fence = fenceWith({ rejects: { anHour: 40 } });
  const groupOf = (ip: string) => shelvesFor(fence, 'mismatch', ip)[1]!.name;
  const attacker = '198.51.100.1';
  const partner = ['203.0.113.7', '203.0.113.8', '203.0.113.9'].find(
    ip => groupOf(ip) !== groupOf(attacker),
  )!;

  it('from some addresses leaves room for those of others', async () => {
    const simulator = new FenceSimulator(fence, { secret: { current: otherSecret } });
    for (let i = 0; i < 60; i++)
      await simulator.request(from(simulator, attacker, { id: `flood_${i}`, secret: 'whsec_Zm9yZ2Vk' }));
    await simulator.request(from(simulator, partner, { id: 'genuine' }));
    expect(keptIds(simulator)).toContain('genuine');
    expect(keptIds(simulator)).toHaveLength(40 + 2 + 1);
  });

  it('of one cause leaves room for the others', async () => {
    const simulator = new FenceSimulator(fence);
    for (let i = 0; i < 60; i++) await simulator.send({ id: `flood_${i}`, secret: otherSecret });
    await simulator.send({ id: 'genuine', headers: { 'content-type': 'text/plain' } });
    await simulator.send({ id: 'malformed', headers: { 'webhook-signature': 'v1' } });
    expect(keptIds(simulator)).toEqual(expect.arrayContaining(['genuine', 'malformed']));
  });

  it('is bound by the contract, in number and in days', async () => {
    const simulator = new FenceSimulator(fenceWith({ rejects: { anHour: 1, keptDays: 2 } }));
    const expiries: number[] = [];
    const take = simulator.ports.rejectSlots.take.bind(simulator.ports.rejectSlots);
    simulator.ports.rejectSlots.take = (integration, at, slot) => {
      expiries.push(slot.expiresAt);
      return take(integration, at, slot);
    };
    for (let i = 0; i < 5; i++) await simulator.send({ id: `m_${i}`, secret: otherSecret });
    expect(keptIds(simulator)).toEqual(['m_0', 'm_1']);
    expect(expiries[0]).toBe(Date.UTC(2026, 0, 7, 8) / 1000);
    for (const rejects of [{ anHour: 0 }, { keptDays: limits.rejectsKeptDays + 1 }, { perHour: 1 }])
      expect(() => fenceWith({ rejects })).toThrow('rejects');
  });

  it('spreads addresses over all groups', () => {
    const groups = Array.from({ length: 500 }, (_, i) => groupOf(`198.51.${i >> 8}.${i & 255}`));
    expect(new Set(groups).size).toBe(limits.rejectSourceGroups);
  });
});

describe('a request whose only fault is the time of its signature', () => {
  const old = { id: 'msg_old', sentAt: Date.UTC(2026, 0, 5, 7) };

  async function refused(delivery: Delivery = old): Promise<FenceSimulator> {
    const fence = new FenceSimulator(fenceWith());
    expect((await fence.send(delivery)).statusCode).toBe(401);
    return fence;
  }

  it('is kept and said as genuine', async () => {
    const fence = await refused();
    expect(fence.ports.files.keys('rejects')).toEqual(['pay-hooks/rejects/2026-01-05T08/genuine/00001.json']);
    expect(fence.ports.log.lines).toContainEqual(
      expect.objectContaining({
        event: 'delivery refused',
        fields: expect.objectContaining({ reason: 'TIMESTAMP_TOO_OLD' }),
      }),
    );
  });

  it.each([
    ['too old', old, 'TIMESTAMP_TOO_OLD'],
    ['in the future', { sentAt: Date.UTC(2026, 0, 5, 9) }, 'TIMESTAMP_IN_FUTURE'],
  ])('%s: stays, unless an operator asks for it, which is recorded', async (_, delivery, reason) => {
    const fence = await refused(delivery);
    expect((await fence.release({ dryRun: false })).ends).toEqual({ [reason]: 1 });
    expect((await fence.release({ stale: true })).ends).toEqual({ stale: 1 });
    expect(fence.events()).toEqual([]);
    const report = await fence.release({ dryRun: false, stale: true });
    expect(report).toMatchObject({ ends: { published: 1 }, released: [{ end: 'published', stale: true }] });
    expect(fence.events()).toMatchObject([{ data: { paymentId: 'p-1' } }]);
    const [audit] = fence.ports.files.keys('rejects', 'pay-hooks/audit/').slice(-1);
    expect(JSON.parse(fence.ports.files.text('rejects', audit!))).toMatchObject({
      operator: 'ada',
      stale: true,
      released: [{ stale: true }],
    });
    expect(fence.ports.log.lines).toContainEqual(
      expect.objectContaining({
        event: 'reject released',
        fields: expect.objectContaining({ stale: true }),
      }),
    );
  });

  it('is a duplicate if the delivery was accepted in time', async () => {
    const fence = new FenceSimulator(fenceWith());
    const event = fence.event({ id: 'msg_1' });
    await fence.request(event);
    fence.ports.clock.advance(hour);
    event.requestContext.timeEpoch = fence.ports.clock.now();
    expect((await fence.request(event)).statusCode).toBe(401);
    expect((await fence.release({ dryRun: false, stale: true })).ends).toEqual({ duplicate: 1 });
    expect(fence.events()).toHaveLength(1);
  });

  it('stays if it was signed before the replay horizon: it may be a copy of a delivery that is forgotten', async () => {
    const fence = await refused({ sentAt: Date.UTC(2025, 10, 20) });
    expect((await fence.release({ dryRun: false, stale: true })).ends).toEqual({
      'past the replay horizon': 1,
    });
    expect(fence.events()).toEqual([]);
  });

  it('stays if its signature is wrong too', async () => {
    const fence = await refused({ ...old, secret: otherSecret });
    expect((await fence.release({ dryRun: false, stale: true })).ends).toEqual({ SIGNATURE_MISMATCH: 1 });
  });
});

describe('a release over several shelves', () => {
  it('goes on where it stopped, and looks at each reject once', async () => {
    const fence = new FenceSimulator(fenceWith({ rejects: { anHour: 2 } }), {
      secret: { current: otherSecret },
    });
    for (let i = 0; i < 6; i++)
      await fence.request(from(fence, `198.51.100.${i}`, { id: `msg_${i}`, body: payment(`p-${i}`) }));
    const kept = keptIds(fence).length;
    expect(kept).toBeGreaterThan(3);
    const read = fence.ports.files.read.bind(fence.ports.files);
    fence.ports.files.read = (...args) => {
      fence.ports.clock.advance(12_000);
      return read(...args);
    };
    let seen = 0;
    let next: object | undefined;
    do {
      const report = await fence.release(next ? { after: next } : {});
      seen += report.seen;
      next = report.next;
    } while (next);
    expect(seen).toBe(kept);
  });
});
