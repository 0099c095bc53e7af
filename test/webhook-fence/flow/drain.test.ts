import type { Context, SQSBatchResponse } from 'aws-lambda';
import type { WebhookFenceSpec } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { webhookDrain } from '#functions/webhook-drain.ts';
import { limits } from '#shared/contract/limits.ts';
import { AccessDenied } from '#shared/ports.ts';
import { fenceWith } from './fences.ts';
import { FenceSimulator, payment, spillEvent } from './simulator.ts';

const context = { awsRequestId: 'drain', getRemainingTimeInMillis: () => 30_000 } as Context;

/** A fence with one spilled delivery and a bus that is well again; drained under a contract that may have changed. */
async function spilled(changes: Partial<WebhookFenceSpec> = {}) {
  const fence = new FenceSimulator(fenceWith());
  fence.ports.bus.answer = () => ({ kind: 'throttled', reason: 'ThrottlingException' });
  const { json } = await fence.send();
  fence.ports.bus.answer = () => ({ kind: 'accepted' });
  const handler = webhookDrain(fenceWith(changes), fence.ports);
  const bodies = fence.ports.spillQueue.sent.map(body => ({ body: JSON.stringify(body), receives: 3 }));
  return {
    fence,
    correlationId: String(json.correlationId),
    drain: (messages = bodies) => handler(spillEvent(messages), context),
  };
}

describe('the drain', () => {
  it('makes the events that the archived delivery is, and keeps nothing of it in the queue', async () => {
    const { fence, drain } = await spilled();
    expect(JSON.stringify(fence.ports.spillQueue.sent)).not.toContain('p-1');
    expect(await drain()).toEqual({ batchItemFailures: [] });
    expect(fence.events()).toMatchObject([
      { data: { paymentId: 'p-1' }, ingestedat: '2026-01-05T08:00:00.000Z' },
    ]);
  });

  it.each<[string, Partial<WebhookFenceSpec>]>([
    ['skipped', { skips: [{ when: { field: '/type', is: 'paid' }, reason: 'no longer wanted' }] }],
    ['quarantined', { tenant: { from: '/shop', allowed: ['north'] } }],
  ])('ends a delivery that the contract now says is %s', async (outcome, changes) => {
    const { fence, correlationId, drain } = await spilled(changes);
    expect(await drain()).toEqual({ batchItemFailures: [] });
    expect(fence.tally()).toMatchObject({ [outcome]: 1, published: 0 });
    expect((await fence.status(correlationId)).json.status).toBe(outcome);
  });

  it('leaves a delivery that another is draining in the queue', async () => {
    const { fence, drain } = await spilled();
    fence.ports.once.run = async () => ({ kind: 'busy' });
    expect(await drain()).toEqual({ batchItemFailures: [{ itemIdentifier: '0' }] });
    expect(fence.ports.spillQueue.deferrals).toEqual([{ receiptHandle: 'handle-0', seconds: 40 }]);
  });

  it('publishes what was spilled but could not be remembered, and leaves its request the outcome that it had', async () => {
    const fence = new FenceSimulator(fenceWith());
    const { bus, once, log } = fence.ports;
    const run = once.run.bind(once);
    bus.answer = () => ({ kind: 'throttled', reason: 'ThrottlingException' });
    once.run = (claim, work) =>
      run(claim, async hold => {
        await work(hold);
        throw new Error('the table is down');
      });
    expect((await fence.send()).statusCode).toBe(503);
    once.run = run;
    bus.answer = () => ({ kind: 'accepted' });
    expect(await fence.drain()).toEqual([]);
    expect((await fence.send()).json.status).toBe('published');
    expect(fence.events()).toHaveLength(1);
    expect(fence.tally()).toMatchObject({ rejected: 1, published: 0, duplicate: 1 });
    expect(log.lines.find(({ event }) => event === 'delivery corrected')?.fields).toMatchObject({
      was: 'unknown',
      outcome: 'published',
    });
  });

  it('keeps what is no message of its own among the dead letters at once, and goes on with the next', async () => {
    const { fence, drain } = await spilled();
    const [good] = fence.ports.spillQueue.sent.map(body => ({ body: JSON.stringify(body), receives: 1 }));
    const messages = [{ body: '{"kind":"other"}', receives: 1 }, { body: 'nonsense', receives: 1 }, good!];
    expect(await drain(messages)).toEqual({ batchItemFailures: [] });
    expect(fence.ports.deadLetters.kept).toEqual([
      expect.objectContaining({ body: '{"kind":"other"}', reason: 'MESSAGE_UNREADABLE', receives: 1 }),
      expect.objectContaining({ body: 'nonsense', reason: 'MESSAGE_UNREADABLE', receives: 1 }),
    ]);
    expect(fence.eventIds()).toHaveLength(1);
  });

  it.each([
    ['the bus is down', 'BUS_UNAVAILABLE'],
    ['it may not read the archive', 'ACCESS_DENIED'],
    ['of a bug', 'WORK_FAILED'],
    ['another holds the delivery', 'WAITED_TOO_LONG'],
  ])('keeps a message that failed for the last time because %s among the dead letters', async (_, reason) => {
    const { fence, drain } = await spilled();
    const { bus, files, once, deadLetters } = fence.ports;
    const [{ correlationId }] = fence.ports.spillQueue.sent as [Record<string, unknown>];
    const waited = { since: '2026-01-01T00:00:00.000Z', times: 99 };
    const [body] = fence.ports.spillQueue.sent.map(sent => JSON.stringify({ ...sent, waited }));
    if (reason === 'BUS_UNAVAILABLE') bus.answer = () => ({ kind: 'unknown', reason: 'TimeoutError' });
    if (reason === 'WAITED_TOO_LONG') once.run = async () => ({ kind: 'busy' });
    if (reason === 'ACCESS_DENIED' || reason === 'WORK_FAILED')
      files.read = () => {
        throw reason === 'ACCESS_DENIED' ? new AccessDenied('denied') : new Error('a bug');
      };
    const tried = await drain([{ body: String(body), receives: limits.receivesMax - 1 }]);
    expect(tried.batchItemFailures).toHaveLength(1);
    expect(deadLetters.kept).toEqual([]);
    expect(await drain([{ body: String(body), receives: limits.receivesMax }])).toEqual({
      batchItemFailures: [],
    });
    const [letter] = deadLetters.kept;
    expect(letter).toMatchObject({ body, reason, correlationId, receives: 10 });
    expect(letter?.integration).toBe(fence.fence.id);
  });

  it('sends a message again, ever later, while the bus is down, and publishes it after hours', async () => {
    const { fence, correlationId } = await spilled();
    const { bus, clock, spillQueue, deadLetters } = fence.ports;
    const isUp = clock.now() + 6 * 3_600_000;
    bus.answer = () =>
      clock.now() < isUp ? { kind: 'unknown', reason: 'TimeoutError' } : { kind: 'accepted' };
    const delays: number[] = [];
    const send = spillQueue.send.bind(spillQueue);
    spillQueue.send = async (bodies, seconds = 0) => {
      delays.push(seconds);
      await send(bodies, seconds);
    };
    expect(await fence.drain()).toEqual([]);
    expect(fence.eventIds()).toHaveLength(1);
    expect((await fence.status(correlationId)).json.status).toBe('published');
    expect(deadLetters.kept).toEqual([]);
    expect(delays.slice(0, 4)).toEqual([10, 20, 40, 80]);
    expect(Math.max(...delays)).toBe(900);
  });

  it('leaves a message to its queue when it cannot be kept', async () => {
    const { fence, drain } = await spilled();
    fence.ports.deadLetters.keep = async () => Promise.reject(new AccessDenied('denied'));
    expect(await drain([{ body: 'nonsense', receives: 1 }])).toEqual({
      batchItemFailures: [{ itemIdentifier: '0' }],
    });
  });
});

/** A drain whose answers from the table come late: not before `until`. */
function slowDrain({ ports, fence }: FenceSimulator, until: Promise<unknown>) {
  const { once } = ports;
  const run: typeof once.run = async (...args) => {
    const end = await once.run(...args);
    await until;
    return end;
  };
  const slow = {
    ...{ run, again: once.again.bind(once), find: once.find.bind(once) },
    compare: once.compare.bind(once),
  };
  return webhookDrain(fence, { ...ports, once: slow });
}

describe('a delivery that was answered 202', () => {
  it('is published although its id was quarantined before and its message comes before it is remembered', async () => {
    const simulator = new FenceSimulator(fenceWith());
    const { bus, spillQueue, log } = simulator.ports;
    expect((await simulator.send({ body: payment('p-1', -1) })).json.status).toBe('quarantined');
    bus.answer = () => ({ kind: 'throttled', reason: 'down' });
    let answered = () => {};
    const drain = slowDrain(simulator, new Promise<void>(done => (answered = done)));
    const send = spillQueue.send.bind(spillQueue);
    let early: Promise<SQSBatchResponse> | undefined;
    spillQueue.send = async bodies => {
      early = drain(spillEvent(bodies.map(body => ({ body: JSON.stringify(body), receives: 1 }))), context);
      await send(bodies);
    };
    const { json } = await simulator.send({ body: payment('p-1', 7) });
    expect(json.status).toBe('accepted');
    bus.answer = () => ({ kind: 'accepted' });
    answered();
    if (((await early)?.batchItemFailures.length ?? 0) === 0) spillQueue.take();
    expect(await simulator.drain()).toEqual([]);
    expect((await simulator.status(json.correlationId)).json.status).toBe('published');
    expect(simulator.events()).toMatchObject([{ data: { cents: 7 } }]);
    expect(simulator.tally()).toMatchObject({ quarantined: 1, published: 1 });
    expect(log.lines.map(({ event }) => event)).not.toContain('drain conflict');
  });

  it('gets its outcome once when a second drain takes over from a slow one', async () => {
    const { fence, drain } = await spilled();
    const { bus, clock } = fence.ports;
    const put = bus.put.bind(bus);
    const ends: unknown[] = [];
    bus.put = async entries => {
      bus.put = put;
      clock.advance(31_000);
      ends.push(await drain());
      return put(entries);
    };
    ends.push(await drain());
    expect(ends).toEqual([{ batchItemFailures: [] }, { batchItemFailures: [{ itemIdentifier: '0' }] }]);
    expect(await drain()).toEqual({ batchItemFailures: [] });
    expect(fence.tally()).toMatchObject({ published: 1 });
    expect(fence.eventIds()).toHaveLength(1);
  });
});

describe('the lines of a delivery', () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  it('all carry integration, correlation id and trace id, whatever fails', async () => {
    const simulator = new FenceSimulator(fenceWith());
    const { bus, files, spillQueue, log } = simulator.ports;
    bus.answer = () => ({ kind: 'throttled', reason: 'down' });
    const write = files.write.bind(files);
    files.write = () => Promise.reject(new Error('down'));
    expect((await simulator.send({ headers: { traceparent } })).statusCode).toBe(503);
    files.write = write;
    const { json } = await simulator.send({ headers: { traceparent } });
    expect(await simulator.drain()).toHaveLength(1);
    bus.answer = () => ({ kind: 'accepted' });
    await spillQueue.send(spillQueue.sent.slice(0, 1));
    expect(await simulator.drain()).toEqual([]);
    const lines = log.lines.filter(({ event }) => !event.startsWith('secret '));
    expect(new Set(lines.map(({ event }) => event))).toEqual(
      new Set([
        'request failed',
        'request settled',
        'bus unavailable',
        'request spilled',
        'drain failed',
        'dead letter kept',
      ]),
    );
    for (const { event, fields } of lines)
      expect({ event, ...fields }).toMatchObject({
        event,
        integration: 'pay-hooks',
        correlationId: json.correlationId,
        traceId: '0af7651916cd43dd8448eb211c80319c',
      });
  });

  it('carry the request id and a trace id while it has no name', async () => {
    const simulator = new FenceSimulator(fenceWith());
    await simulator.send({ body: 'x'.repeat(2 ** 21) });
    await simulator.send({ headers: { traceparent, 'webhook-signature': 'v1,none' } });
    const lines = simulator.ports.log.lines.filter(({ event }) => event.startsWith('request '));
    expect(lines.map(({ event }) => event)).toEqual([
      'request settled',
      'request refused',
      'request settled',
    ]);
    for (const { fields } of lines)
      expect(fields).toMatchObject({
        integration: 'pay-hooks',
        requestId: expect.any(String),
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      });
    expect(lines.at(-1)?.fields.traceId).toBe('0af7651916cd43dd8448eb211c80319c');
  });
});
