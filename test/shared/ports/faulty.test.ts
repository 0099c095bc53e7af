import { memoryPorts } from '#adapters/file-lane/memory/memory-ports.ts';
import { Crash, type CrashPlan, faulty } from '#shared/memory/faulty.ts';
import { lease, newHandoff } from './given.ts';

const dying = (plan: CrashPlan) => {
  const world = memoryPorts({ pieceBytes: 3 });
  return { world, ports: faulty(world, plan) };
};

describe('a process that dies', () => {
  it('before its call leaves no effect', async () => {
    const { world, ports } = dying({ at: 1, when: 'before' });
    await expect(ports.ledger.open(newHandoff(), lease('one'))).rejects.toBeInstanceOf(Crash);
    expect(world.ledger.all()).toEqual([]);
  });

  it('after its call leaves the effect and gives no answer', async () => {
    const { world, ports } = dying({ at: 2, when: 'after' });
    await ports.ledger.find('acme-orders.1');
    await expect(ports.ledger.open(newHandoff(), lease('one'))).rejects.toBeInstanceOf(Crash);
    expect(world.ledger.all()).toHaveLength(1);
  });

  it('does nothing afterwards, not even tidy up', async () => {
    const { world, ports } = dying({ at: 1, when: 'after' });
    await expect(ports.laneQueue.send([{ n: 1 }])).rejects.toBeInstanceOf(Crash);
    await expect(ports.laneQueue.send([{ n: 2 }])).rejects.toBeInstanceOf(Crash);
    expect(world.laneQueue.sent).toEqual([{ n: 1 }]);
    expect(ports.calls).toEqual(['laneQueue.send']);
  });

  it('may die before or amid a read', async () => {
    for (const when of ['before', 'after'] as const) {
      const { world, ports } = dying({ at: 1, when });
      const ref = world.files.put('inbound', 'a.csv', '0123456789');
      const pieces: Uint8Array[] = [];
      const reading = async () => {
        for await (const piece of ports.files.read(ref)) pieces.push(piece);
      };
      await expect(reading()).rejects.toBeInstanceOf(Crash);
      expect(pieces).toEqual([]);
    }
  });

  it('stops a read that another call’s death finds under way', async () => {
    const { world, ports } = dying({ at: 2, when: 'before' });
    const reading = ports.files
      .read(world.files.put('inbound', 'a.csv', '0123456789'))
      [Symbol.asyncIterator]();
    await reading.next();
    await expect(ports.clock.sleep(1)).rejects.toBeInstanceOf(Crash);
    await expect(reading.next()).rejects.toBeInstanceOf(Crash);
  });

  it('that is never to die only counts its calls', async () => {
    const { world, ports } = dying({ at: Number.POSITIVE_INFINITY, when: 'before' });
    const ref = await ports.files.write('raw', 'a', Buffer.from('abc'), 'text/plain');
    ports.log.info('written', { uri: ports.files.uri(ref), at: ports.clock.now() });
    await ports.bus.put([{ id: '1', source: 's', detailType: 't', detail: '{}' }]);
    expect(ports.calls).toEqual(['files.write', 'bus.put']);
    expect(world.log.lines).toHaveLength(1);
  });
});

describe('the clock in memory', () => {
  it('stands until it is advanced or slept on', async () => {
    const { clock } = memoryPorts({ now: 1_000 });
    await clock.sleep(50);
    clock.advance(5);
    expect(clock.now()).toBe(1_055);
  });

  it('gives the same numbers, from 0 and below 1, for the same seed', () => {
    const draw = (seed: number) => {
      const { clock } = memoryPorts({ seed });
      return Array.from({ length: 100 }, () => clock.random());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7).every(n => n >= 0 && n < 1)).toBe(true);
  });
});

describe('the queue in memory', () => {
  it('hands over what was sent since the last time', async () => {
    const { laneQueue } = memoryPorts();
    await laneQueue.send([{ n: 1 }, { n: 2 }]);
    expect(laneQueue.take()).toEqual([{ n: 1 }, { n: 2 }]);
    await laneQueue.send([{ n: 3 }]);
    await laneQueue.defer('receipt', 30);
    expect([laneQueue.take(), laneQueue.take()]).toEqual([[{ n: 3 }], []]);
    expect(laneQueue.deferrals).toEqual([{ receiptHandle: 'receipt', seconds: 30 }]);
  });
});
