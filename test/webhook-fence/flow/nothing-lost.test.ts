import type { MemoryBusAnswer } from '#shared/memory/memory-bus.ts';
import { AccessDenied, type BusAnswer } from '#shared/ports.ts';
import { fenceWith } from './fences.ts';
import { FenceSimulator } from './simulator.ts';

const down: Record<string, MemoryBusAnswer> = {
  throttled: { kind: 'throttled', reason: 'ThrottlingException' },
  'silent, having taken the event': { kind: 'unknown', reason: 'timeout', taken: true },
  silent: { kind: 'unknown', reason: 'timeout' },
  'not ours to use': { kind: 'denied', reason: 'AccessDeniedException' },
};

describe.each(Object.entries(down))('when the bus is %s', (_, answer) => {
  it('the delivery is answered 202 all the same, waits in the queue and is published with the same id', async () => {
    const well = new FenceSimulator(fenceWith());
    await well.send();
    const fence = new FenceSimulator(fenceWith());
    fence.ports.bus.answer = () => answer;
    const accepted = await fence.send();
    expect(accepted).toMatchObject({ statusCode: 202, json: { status: 'accepted' } });
    expect((await fence.send()).body).toBe(accepted.body);
    expect((await fence.status(accepted.json.correlationId)).json.status).toBe('accepted');
    fence.ports.bus.answer = () => ({ kind: 'accepted' });
    expect(await fence.drain()).toEqual([]);
    expect(fence.eventIds()).toEqual(well.eventIds());
    expect(fence.tally()).toMatchObject({ published: 1, duplicate: 1 });
    expect((await fence.status(accepted.json.correlationId)).json.status).toBe('published');
    expect((await fence.send()).body).toBe(accepted.body);
  });

  it('for long, it stays in the queue until its DLQ', async () => {
    const fence = new FenceSimulator(fenceWith());
    fence.ports.bus.answer = () => answer;
    await fence.send();
    expect(await fence.drain()).toHaveLength(1);
    expect(fence.tally()).toMatchObject({ published: 0, quarantined: 0 });
  });
});

it('is short with the bus while someone waits', async () => {
  const fence = new FenceSimulator(fenceWith());
  fence.ports.bus.answer = () => down.throttled!;
  await fence.send();
  expect(fence.ports.bus.calls).toBe(3);
});

it('a bus that comes back at the third attempt makes no detour', async () => {
  const fence = new FenceSimulator(fenceWith());
  fence.ports.bus.answer = (_, call): BusAnswer => (call < 3 ? down.throttled! : { kind: 'accepted' });
  expect((await fence.send()).json.status).toBe('published');
  expect(fence.ports.spillQueue.sent).toEqual([]);
});

it('what the bus refuses for good is quarantined and still answered 202', async () => {
  const fence = new FenceSimulator(fenceWith({ answers: { quarantined: { status: 422 } } }));
  fence.ports.bus.answer = () => ({ kind: 'refused', reason: 'MalformedDetail' });
  expect(await fence.send()).toMatchObject({
    statusCode: 202,
    json: { status: 'quarantined', code: 'PUBLISH_REFUSED' },
  });
  expect(fence.ports.files.keys('quarantine')).toHaveLength(1);
});

it('what the bus refuses for good when drained is quarantined then', async () => {
  const fence = new FenceSimulator(fenceWith());
  fence.ports.bus.answer = () => down.throttled!;
  const { json } = await fence.send();
  fence.ports.bus.answer = () => ({ kind: 'refused', reason: 'MalformedDetail' });
  expect(await fence.drain()).toEqual([]);
  expect(fence.tally()).toMatchObject({ quarantined: 1 });
  expect((await fence.status(json.correlationId)).json.status).toBe('quarantined');
});

it('a spilled message delivered twice is settled once', async () => {
  const fence = new FenceSimulator(fenceWith());
  fence.ports.bus.answer = () => down.throttled!;
  await fence.send();
  fence.ports.bus.answer = () => ({ kind: 'accepted' });
  await fence.ports.spillQueue.send([fence.ports.spillQueue.sent[0]!]);
  expect(await fence.drain()).toEqual([]);
  expect(fence.tally()).toMatchObject({ published: 1 });
  expect(fence.events()).toHaveLength(1);
});

describe('when what must be kept cannot be kept', () => {
  it.each(['spillQueue', 'files', 'once'] as const)(
    'nothing is remembered: 503 with Retry-After, and the same delivery passes later (%s)',
    async port => {
      const fence = new FenceSimulator(fenceWith());
      const failing = { spillQueue: 'send', files: 'write', once: 'run' }[port];
      const target = fence.ports[port] as unknown as Record<string, unknown>;
      const well = target[failing];
      if (port === 'spillQueue') fence.ports.bus.answer = () => down.throttled!;
      target[failing] = () => Promise.reject(new AccessDenied('not today'));
      const refused = await fence.send();
      expect(refused).toMatchObject({ statusCode: 503, headers: { 'retry-after': '5' } });
      expect(fence.tally()).toMatchObject({ rejected: 1, published: 0 });
      target[failing] = well;
      fence.ports.bus.answer = () => ({ kind: 'accepted' });
      expect((await fence.send()).statusCode).toBe(202);
      expect(fence.eventIds()).toHaveLength(1);
    },
  );

  it('503 when the quarantine cannot be written, and quarantined later', async () => {
    const fence = new FenceSimulator(fenceWith());
    const write = fence.ports.files.write.bind(fence.ports.files);
    fence.ports.files.write = (bucket, ...rest) =>
      bucket === 'quarantine' ? Promise.reject(new Error('not now')) : write(bucket, ...rest);
    expect((await fence.send({ body: 'null' })).statusCode).toBe(503);
    fence.ports.files.write = write;
    expect((await fence.send({ body: 'null' })).json.status).toBe('quarantined');
  });
});
