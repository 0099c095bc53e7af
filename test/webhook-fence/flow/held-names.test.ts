import { fenceWith } from './fences.ts';
import { type Answered, FenceSimulator, payment } from './simulator.ts';

/** What is published can no longer be remembered. Gives what ends that. */
function forgetful({ ports: { once } }: FenceSimulator): () => void {
  const { run, again } = once;
  once.run = (claim, work) => run.call(once, claim, hold => failAfter(work(hold)));
  once.again = (claim, known, work) => again.call(once, claim, known, hold => failAfter(work(hold)));
  return () => Object.assign(once, { run, again });
}

const failAfter = async (work: Promise<unknown>): Promise<never> => {
  await work;
  throw new Error('the table is down');
};

/** How many contents came under one event id, at most. */
function contentsAnId(fence: FenceSimulator): number {
  const contents = new Map<unknown, Set<string>>();
  for (const { id, data } of fence.events())
    contents.set(id, (contents.get(id) ?? new Set()).add(JSON.stringify(data)));
  return Math.max(...[...contents.values()].map(({ size }) => size), 0);
}

const code = ({ statusCode, json }: Answered) => [statusCode, json.code ?? json.status];

describe('a delivery that was published and not remembered', () => {
  it('binds its name: other content is a conflict, and its own retry ends well', async () => {
    const fence = new FenceSimulator(fenceWith());
    const remember = forgetful(fence);
    expect((await fence.send({ body: payment('p-1') })).statusCode).toBe(503);
    expect(fence.events()).toHaveLength(1);
    remember();
    const corrected = { body: payment('p-2') };
    expect(code(await fence.send(corrected))).toEqual([409, 'DUPLICATE_CONFLICT']);
    expect(code(await fence.send({ body: payment('p-1') }))).toEqual([202, 'published']);
    expect(code(await fence.send(corrected))).toEqual([409, 'DUPLICATE_CONFLICT']);
    expect(contentsAnId(fence)).toBe(1);
    expect(fence.eventIds()).toHaveLength(1);
    expect(fence.tally()).toMatchObject({ rejected: 1, published: 1, quarantined: 2 });
  });

  it('binds its name also where another content was quarantined under it before', async () => {
    const fence = new FenceSimulator(fenceWith());
    expect((await fence.send({ body: payment('p-1', -1) })).json.status).toBe('quarantined');
    const remember = forgetful(fence);
    expect((await fence.send({ body: payment('p-1', 1) })).statusCode).toBe(503);
    remember();
    expect(code(await fence.send({ body: payment('p-1', 2) }))).toEqual([409, 'DUPLICATE_CONFLICT']);
    expect(code(await fence.send({ body: payment('p-1', 1) }))).toEqual([202, 'published']);
    expect(contentsAnId(fence)).toBe(1);
  });

  it('binds its name where the bus gave no answer and the delivery could not be spilled', async () => {
    const fence = new FenceSimulator(fenceWith());
    const { bus, spillQueue } = fence.ports;
    const { send } = spillQueue;
    bus.answer = () => ({ kind: 'unknown', reason: 'TimeoutError' });
    spillQueue.send = () => Promise.reject(new Error('the queue is down'));
    expect((await fence.send()).statusCode).toBe(503);
    bus.answer = () => ({ kind: 'accepted' });
    spillQueue.send = send;
    expect(code(await fence.send({ body: payment('p-2') }))).toEqual([409, 'DUPLICATE_CONFLICT']);
    expect(code(await fence.send())).toEqual([202, 'published']);
  });

  it('leaves its name free when it failed before it published', async () => {
    const fence = new FenceSimulator(fenceWith());
    const { write } = fence.ports.files;
    fence.ports.files.write = () => Promise.reject(new Error('the bucket is down'));
    expect((await fence.send()).statusCode).toBe(503);
    fence.ports.files.write = write;
    expect(code(await fence.send({ body: payment('p-2') }))).toEqual([202, 'published']);
  });

  it('never shares an event id with other content, wherever its process dies', async () => {
    const well = new FenceSimulator(fenceWith());
    await well.send();
    for (let at = 1; at <= well.calls.length; at++) {
      for (const when of ['before', 'after'] as const) {
        const fence = new FenceSimulator(fenceWith(), { crash: { at, when } });
        await fence.send({ body: payment('p-1') });
        fence.revive();
        fence.ports.clock.advance(40_000);
        const other = await fence.send({ body: payment('p-2') });
        const again = await fence.send({ body: payment('p-1') });
        const told = [other, again].map(({ statusCode }) => statusCode).sort();
        expect([at, when, told, contentsAnId(fence)]).toEqual([at, when, [202, 409], 1]);
      }
    }
  });
});
