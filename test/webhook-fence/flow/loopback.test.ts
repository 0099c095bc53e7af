import { webhookTables } from '#adapters/webhook-fence/aws/tables.ts';
import { MemoryClock } from '#shared/memory/memory-clock.ts';
import type { BusAnswer } from '#shared/ports.ts';
import { type LocalAws, startLocalAws } from '#test/shared/ports/local-aws.ts';
import { fenceWith, paid } from './fences.ts';
import { type Answered, FenceSimulator, otherSecret, payment } from './simulator.ts';

let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws();
});

afterAll(() => aws.stop());

/**
 * Uses a claims table on 127.0.0.1 and a bus that refuses some calls. A slow machine changes nothing: the table's client has no time
 * limit, waiting takes no time, and an invocation may run for a day, so no call and no claim ends early.
 */
function simulator(): FenceSimulator {
  const fence = new FenceSimulator(fenceWith({ tenantQuota: { requests: 1_000, perSeconds: 60 } }), {
    ports: {
      ...webhookTables({ claims: 'claims', operate: 'operate' }, 40, aws.dynamo),
      clock: new MemoryClock(),
    },
    invocationMilliseconds: 86_400_000,
  });
  fence.ports.bus.answer = (_, call): BusAnswer =>
    [{ kind: 'accepted' }, { kind: 'throttled', reason: 'a' }, { kind: 'unknown', reason: 'b' }][
      [0, 0, 1, 0, 2, 1, 1, 2, 0][call % 9]!
    ] as BusAnswer;
  return fence;
}

const send = (fence: FenceSimulator, n: number, secret?: string): Promise<Answered> =>
  fence.send({ id: `msg_${n}`, body: payment(`p-${n}`), ...(secret && { secret }) });

describe('concurrent signed requests, repeats and forgeries, on a bus that fails', () => {
  it('are as many events as deliveries accepted, and repeats are answered the same', async () => {
    const fence = simulator();
    const order = Array.from({ length: 60 }, (_, i) => (i * 7) % 20);
    const answers = await Promise.all([
      ...order.map(n => send(fence, n)),
      ...order.slice(0, 10).map(n => send(fence, n + 1_000, otherSecret)),
    ]);
    const again = await Promise.all(order.slice(0, 20).map(n => send(fence, n)));
    fence.ports.bus.answer = () => ({ kind: 'accepted' });
    expect(await fence.drain()).toEqual([]);
    const genuine = answers.slice(0, 60);
    const accepted = genuine.filter(answer => answer.statusCode === 202);
    const bodies = new Map([...accepted, ...again].map(answer => [answer.json.correlationId, answer.body]));
    expect([...accepted, ...again].every(({ json, body }) => bodies.get(json.correlationId) === body)).toBe(
      true,
    );
    expect(genuine.every(answer => [202, 503].includes(answer.statusCode))).toBe(true);
    expect(again.every(answer => answer.statusCode === 202)).toBe(true);
    expect(bodies.size).toBe(20);
    expect(fence.eventIds()).toHaveLength(20);
    const tally = fence.tally();
    expect(tally).toMatchObject({ published: 20, quarantined: 0 });
    expect(Object.values(tally).reduce((a, b) => a + b)).toBe(fence.received);
  });
});

describe('a quarantined delivery that comes again many times at once, after its cause was fixed, beside an operator’s redrive', () => {
  it('is published once, whoever comes first, and has one outcome a request', async () => {
    const fence = simulator();
    fence.ports.bus.answer = () => ({ kind: 'accepted' });
    fence.deploy(fenceWith({ skips: [], accepts: [{ ...paid, when: { field: '/type', is: 'payed' } }] }));
    const { json } = await send(fence, 5_000);
    expect(json.status).toBe('quarantined');
    fence.deploy(fenceWith());
    const [dead, ...answers] = await Promise.all([
      fence.redrive(json),
      ...Array.from({ length: 25 }, () => send(fence, 5_000)),
    ]);
    // The drain may have met one at work ten times: an operator then redrives.
    await fence.ports.spillQueue.send(dead.map(body => JSON.parse(body)));
    expect(await fence.drain()).toEqual([]);
    expect(answers.every(({ statusCode }) => [202, 503].includes(statusCode))).toBe(true);
    const taken = answers.filter(({ statusCode }) => statusCode === 202);
    expect(taken.every(answer => answer.json.status === 'published')).toBe(true);
    expect((await fence.status(json.correlationId)).json.status).toBe('published');
    expect(fence.ports.bus.accepted).toHaveLength(1);
    const tally = fence.tally();
    expect(Object.values(tally).reduce((a, b) => a + b)).toBe(fence.received);
  });
});
