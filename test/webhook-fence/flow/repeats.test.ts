import { createHash } from 'node:crypto';
import type { WebhookFenceSpec } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { MemoryOnce } from '#adapters/webhook-fence/memory/memory-once.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import { fenceWith } from './fences.ts';
import { gatewayEvent } from './gateway-events.ts';
import { GithubSender } from './github-sender.ts';
import { FenceSimulator, payment } from './simulator.ts';

describe('the same delivery again', () => {
  it('is answered the same, byte for byte, and makes no second event', async () => {
    const fence = new FenceSimulator(fenceWith());
    const first = await fence.send();
    fence.ports.clock.advance(120_000);
    const again = await fence.send({ headers: { traceparent: 'changed', 'x-other': '1' } });
    expect(again).toEqual(first);
    expect(fence.events()).toHaveLength(1);
    expect(fence.tally()).toMatchObject({ published: 1, duplicate: 1 });
  });

  it('100 times at once makes one event and identical answers', async () => {
    const fence = new FenceSimulator(fenceWith(), {
      ports: { clock: systemClock, once: new MemoryOnce(systemClock) },
    });
    const event = fence.event({ sentAt: Date.now() });
    event.requestContext.timeEpoch = Date.now();
    const answers = await Promise.all(Array.from({ length: 100 }, () => fence.request(event)));
    expect(new Set(answers.map(answer => `${answer.statusCode} ${answer.body}`)).size).toBe(1);
    expect(answers[0]!.statusCode).toBe(202);
    expect(fence.ports.bus.accepted).toHaveLength(1);
    expect(fence.tally()).toMatchObject({ published: 1, duplicate: 99 });
  });

  it('while the first is at work waits 2 seconds, then 503 with Retry-After, never 202', async () => {
    const fence = new FenceSimulator(fenceWith());
    let finish = () => {};
    const put = fence.ports.bus.put.bind(fence.ports.bus);
    fence.ports.bus.put = async entries => {
      await new Promise<void>(done => {
        finish = done;
      });
      return put(entries);
    };
    const first = fence.send();
    await new Promise(done => setTimeout(done, 5));
    const before = fence.ports.clock.now();
    const second = await fence.send();
    expect(second).toMatchObject({
      statusCode: 503,
      headers: { 'retry-after': '5' },
      json: { code: 'STILL_WORKING' },
    });
    expect(fence.ports.clock.now() - before).toBe(2_000);
    finish();
    expect((await first).statusCode).toBe(202);
    expect((await fence.send()).body).toBe((await first).body);
  });

  it('of a quarantined delivery is answered as the first and quarantined once', async () => {
    const fence = new FenceSimulator(fenceWith({ answers: { quarantined: { status: 422 } } }));
    const first = await fence.send({ body: 'null' });
    expect(await fence.send({ body: 'null' })).toEqual(first);
    expect(first.statusCode).toBe(422);
    expect(fence.tally()).toMatchObject({ quarantined: 1, duplicate: 1 });
  });
});

describe('the same id with another body', () => {
  it.each([409, 202] as const)('is quarantined and answered %s as the contract says', async status => {
    const fence = new FenceSimulator(fenceWith({ answers: { conflict: { status } } }));
    const first = await fence.send();
    const other = await fence.send({ body: payment('p-2') });
    expect(other).toMatchObject({
      statusCode: status,
      json: { code: 'DUPLICATE_CONFLICT', correlationId: first.json.correlationId },
    });
    expect(fence.events()).toHaveLength(1);
    expect(fence.tally()).toMatchObject({ published: 1, quarantined: 1 });
    const [key] = fence.ports.files.keys('quarantine');
    expect(JSON.parse(fence.ports.files.text('quarantine', key!))).toMatchObject({ body: payment('p-2') });
    expect((await fence.send()).body).toBe(first.body);
  });

  it('is a repeat where the fields that the contract hashes are the same', async () => {
    const fence = new FenceSimulator(fenceWith({ payloadHash: { fields: ['/type', '/data'] } }));
    const write = (rest: object) => ({ body: JSON.stringify(rest) });
    const first = await fence.send(write({ pending: 2, type: 'paid', data: { id: 'p-1', cents: 1 } }));
    const again = await fence.send(write({ data: { cents: 1, id: 'p-1' }, type: 'paid', pending: 1 }));
    expect(again).toEqual(first);
    expect((await fence.send(write({ type: 'paid', data: { id: 'p-1', cents: 2 } }))).statusCode).toBe(409);
  });

  it('is a conflict where a payload lacks a field that the contract hashes', async () => {
    const fence = new FenceSimulator(fenceWith({ payloadHash: { fields: ['/data/version'] } }));
    expect((await fence.send({ body: payment('p-1', 1) })).statusCode).toBe(202);
    expect((await fence.send({ body: payment('p-1', 2) })).statusCode).toBe(409);
  });
});

describe('another body under the id of a delivery that is at work', () => {
  /** A delivery whose archive is not written before `go` is called. */
  function held(end: () => void = () => {}) {
    const fence = new FenceSimulator(fenceWith());
    let go = () => {};
    const gate = new Promise<void>(done => {
      go = done;
    });
    const write = fence.ports.files.write.bind(fence.ports.files);
    fence.ports.files.write = async (...args) => {
      fence.ports.files.write = write;
      await gate;
      end();
      return write(...args);
    };
    return { fence, go, first: fence.send({ body: payment('p-1', 1) }) };
  }

  it('waits, and is told to come again, for nothing was accepted yet', async () => {
    const { fence, go, first } = held(() => {
      throw new Error('down');
    });
    await new Promise(done => setTimeout(done, 5));
    expect(await fence.send({ body: payment('p-1', 2) })).toMatchObject({
      statusCode: 503,
      headers: { 'retry-after': '5' },
      json: { code: 'STILL_WORKING' },
    });
    go();
    expect((await first).statusCode).toBe(503);
    expect((await fence.send({ body: payment('p-1', 2) })).statusCode).toBe(202);
    expect(fence.events()).toMatchObject([{ data: { cents: 2 } }]);
  });

  it('is a conflict when that delivery is taken meanwhile', async () => {
    const { fence, go, first } = held();
    await new Promise(done => setTimeout(done, 5));
    const sleep = fence.ports.clock.sleep.bind(fence.ports.clock);
    fence.ports.clock.sleep = async milliseconds => {
      go();
      await first;
      return sleep(milliseconds);
    };
    expect((await fence.send({ body: payment('p-1', 2) })).statusCode).toBe(409);
    expect((await first).statusCode).toBe(202);
    expect(fence.events()).toMatchObject([{ data: { cents: 1 } }]);
  });
});

describe('an id that the signature does not cover', () => {
  it('does not get round the dedupe by being removed, changed or replaced', async () => {
    const github = new GithubSender();
    const first = await github.send('guid-1');
    expect((await github.send(undefined)).body).toBe(first.body);
    expect((await github.send('guid-2')).body).toBe(first.body);
    expect(github.fence.events()).toHaveLength(1);
    expect(github.fence.events()[0]).toMatchObject({ externalref: 'guid-1' });
  });

  it('is a conflict with new content, and spoils neither the content nor the id', async () => {
    const github = new GithubSender();
    await github.send('guid-1');
    expect((await github.send('guid-1', payment('p-2'))).statusCode).toBe(409);
    expect((await github.send('guid-2', payment('p-2'))).statusCode).toBe(202);
    expect((await github.send('guid-1')).statusCode).toBe(202);
    expect(github.fence.events()).toHaveLength(2);
  });

  it.each(['files', 'spillQueue', 'bus', 'once'] as const)(
    'is held by nothing that was answered 503: its retry may have other bytes (%s)',
    async port => {
      const github = new GithubSender();
      const { ports } = github.fence;
      const down = () => Promise.reject(new Error('down'));
      ports.bus.answer = () => ({ kind: 'throttled', reason: 'down' });
      const failing = { files: 'write', spillQueue: 'send', bus: 'put', once: 'run' }[port];
      const target = ports[port] as unknown as Record<string, unknown>;
      const well = target[failing];
      target[failing] = down;
      expect((await github.send('guid-2', `${payment()} `)).statusCode).toBe(503);
      target[failing] = well;
      ports.bus.answer = () => ({ kind: 'accepted' });
      expect((await github.send('guid-2', payment())).statusCode).toBe(202);
      expect(github.fence.eventIds()).toHaveLength(1);
      expect((await github.send('guid-2', payment('p-2'))).statusCode).toBe(409);
    },
  );

  it('is held by no delivery that died on the way, once its time is over', async () => {
    const github = new GithubSender({}, { crash: { at: 4, when: 'before' } });
    expect((await github.send('guid-1', `${payment()} `)).statusCode).toBe(503);
    expect(github.fence.calls.at(-1)).toBe('files.write');
    github.fence.revive();
    expect((await github.send('guid-1')).json.code).toBe('STILL_WORKING');
    github.fence.ports.clock.advance(30_000);
    expect((await github.send('guid-1')).statusCode).toBe(202);
    expect(github.fence.eventIds()).toHaveLength(1);
  });

  it('is not needed', async () => {
    const github = new GithubSender();
    expect((await github.send(undefined)).statusCode).toBe(202);
    expect(github.fence.events()[0]).toMatchObject({
      externalref: `content:${createHash('sha256').update(payment()).digest('hex')}`,
    });
  });
});

describe('a token that signs nothing', () => {
  const send = (fence: FenceSimulator, id: string | undefined, body = payment()) =>
    fence.request(
      gatewayEvent({
        path: fence.fence.route,
        body,
        receivedAt: fence.ports.clock.now(),
        headers: {
          'content-type': 'application/json',
          'x-gitlab-token': 'k',
          ...(id === undefined ? {} : { 'idempotency-key': id }),
        },
      }),
    );
  const gitlab = (changes: Partial<WebhookFenceSpec> = {}) =>
    new FenceSimulator(fenceWith({ scheme: 'gitlab', ...changes }), { secret: { current: 'k' } });

  it('lets its holder send the same body twice under two ids', async () => {
    const fence = gitlab();
    await send(fence, '1');
    await send(fence, '2');
    expect(fence.eventIds()).toHaveLength(2);
  });

  it('is told 400 when the id that tells repeats apart is missing', async () => {
    const fence = gitlab();
    expect(await send(fence, undefined)).toMatchObject({ statusCode: 400, json: { code: 'NO_DELIVERY_ID' } });
    expect(fence.tally()).toMatchObject({ rejected: 1 });
  });

  it('needs no id where the content names deliveries', async () => {
    const fence = gitlab({ idempotency: { key: 'content' } });
    expect((await send(fence, undefined)).statusCode).toBe(202);
    expect((await send(fence, '1')).statusCode).toBe(202);
    expect(fence.eventIds()).toHaveLength(1);
  });
});

describe('an id in the body', () => {
  const byField = { idempotency: { key: { bodyField: '/data/id' } } } as const;

  it('names the delivery whatever id its header has', async () => {
    const fence = new FenceSimulator(fenceWith(byField));
    const first = await fence.send({ id: 'msg_1' });
    expect((await fence.send({ id: 'msg_2' })).body).toBe(first.body);
    expect((await fence.send({ id: 'msg_3', body: payment('p-1', 7) })).statusCode).toBe(409);
    expect((await fence.send({ id: 'msg_4', body: payment('p-2') })).statusCode).toBe(202);
    expect(fence.events()).toHaveLength(2);
  });

  it.each([
    ['missing', '{"type":"paid"}'],
    ['empty', payment('')],
    ['too long', payment('p'.repeat(257))],
    ['no text', '{"type":"paid","data":{"id":{},"cents":1}}'],
  ])('that is %s is a fault of the payload, told with its place', async (_, body) => {
    const fence = new FenceSimulator(fenceWith(byField));
    const answer = await fence.send({ body });
    expect(answer.json).toMatchObject({
      status: 'quarantined',
      code: 'INVALID_PAYLOAD',
      at: { column: '/data/id' },
    });
    expect((await fence.send({ body })).body).toBe(answer.body);
    expect(fence.tally()).toMatchObject({ quarantined: 1, duplicate: 1 });
  });
});
