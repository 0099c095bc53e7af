import { webhookFencePorts } from '#adapters/webhook-fence/aws/webhook-fence-ports.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import type { BusAnswer } from '#shared/ports.ts';
import { type LocalAws, startLocalAws } from '#test/shared/ports/local-aws.ts';
import { fenceWith, paid } from './fences.ts';
import { type Answered, FenceSimulator, otherSecret, payment } from './simulator.ts';

let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws();
});

afterAll(() => aws.stop());

const settings = {
  BUS_NAME: 'edge',
  CLAIMS_TABLE: 'claims',
  RAW_BUCKET: 'raw',
  QUARANTINE_BUCKET: 'quarantine',
  SPILL_QUEUE_URL: 'http://127.0.0.1/spill',
  DEAD_LETTERS_URL: 'http://127.0.0.1/dead',
  SECRET_ID: 'edge/dev/pay-hooks',
};

/** On Powertools and DynamoDB over loopback, with a bus that fails now and then. */
function simulator(): FenceSimulator {
  const { once, idClaims, quota, rejectSlots } = webhookFencePorts(settings, { replayHorizonDays: 40 });
  const fence = new FenceSimulator(fenceWith({ tenantQuota: { requests: 1_000, perSeconds: 60 } }), {
    ports: { once, idClaims, quota, rejectSlots, clock: systemClock },
  });
  fence.ports.bus.answer = (_, call): BusAnswer =>
    [{ kind: 'accepted' }, { kind: 'throttled', reason: 'a' }, { kind: 'unknown', reason: 'b' }][
      [0, 0, 1, 0, 2, 1, 1, 2, 0][call % 9]!
    ] as BusAnswer;
  return fence;
}

const send = (fence: FenceSimulator, n: number, secret?: string): Promise<Answered> => {
  const now = Date.now();
  const event = fence.event({
    id: `msg_${n}`,
    body: payment(`p-${n}`),
    sentAt: now,
    ...(secret && { secret }),
  });
  event.requestContext.timeEpoch = now;
  return fence.request(event);
};

describe('concurrent signed requests, repeats and forgeries, on a bus that fails', () => {
  it('are as many events as deliveries accepted, and repeats are answered the same', async () => {
    const fence = simulator();
    const order = Array.from({ length: 120 }, (_, i) => (i * 7) % 40);
    const answers = await Promise.all([
      ...order.map(n => send(fence, n)),
      ...order.slice(0, 20).map(n => send(fence, n + 1_000, otherSecret)),
    ]);
    const again = await Promise.all(order.slice(0, 40).map(n => send(fence, n)));
    fence.ports.bus.answer = () => ({ kind: 'accepted' });
    expect(await fence.drain()).toEqual([]);
    const genuine = answers.slice(0, 120);
    const accepted = genuine.filter(answer => answer.statusCode === 202);
    const bodies = new Map([...accepted, ...again].map(answer => [answer.json.correlationId, answer.body]));
    expect([...accepted, ...again].every(({ json, body }) => bodies.get(json.correlationId) === body)).toBe(
      true,
    );
    expect(genuine.every(answer => [202, 503].includes(answer.statusCode))).toBe(true);
    expect(bodies.size).toBe(40);
    expect(fence.eventIds()).toHaveLength(40);
    const tally = fence.tally();
    expect(tally).toMatchObject({ published: 40, quarantined: 0 });
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
    expect(dead).toEqual([]);
    expect(answers.every(({ statusCode }) => [202, 503].includes(statusCode))).toBe(true);
    const taken = answers.filter(({ statusCode }) => statusCode === 202);
    expect(taken.every(answer => answer.json.status === 'published')).toBe(true);
    expect((await fence.status(json.correlationId)).json.status).toBe('published');
    expect(fence.ports.bus.accepted).toHaveLength(1);
    const tally = fence.tally();
    expect(Object.values(tally).reduce((a, b) => a + b)).toBe(fence.received);
  });
});
