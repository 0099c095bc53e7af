import { takeMessage } from '#adapters/file-lane/flow/take-message.ts';
import type { Reception } from '#adapters/file-lane/flow/work.ts';
import { type MemoryPorts, memoryPorts } from '#adapters/file-lane/memory/memory-ports.ts';
import type { FileLanePorts } from '#adapters/file-lane/ports.ts';
import { limits } from '#shared/contract/limits.ts';
import type { ObjectRef } from '#shared/core/outcome/object-ref.ts';
import { zipOf } from '../core/file/zip-of.ts';
import { header, laneWith, rows } from './lanes.ts';
import { noticeOf } from './simulator.ts';

/** A call that takes so long that the invocation dies in it: no `finally` runs. */
const forever = () => new Promise<never>(() => undefined);

const quiet = async () => {
  for (let turns = 0; turns < 200; turns++) await new Promise(resolve => setImmediate(resolve));
};

interface Taking {
  readonly id: string;
  readonly body: string;
  readonly ports: FileLanePorts;
  readonly hidden?: number[];
}

const take = ({ id, body, ports, hidden = [] }: Taking): Promise<Reception> => {
  const ends = ports.clock.now() + limits.functionSecondsMax * 1000;
  const invocation = { id, remainingMilliseconds: () => ends - ports.clock.now() };
  const hideMessage = async (seconds: number) => void hidden.push(ports.clock.now() + seconds * 1000);
  const bounds = { ...limits, checkpointRecordsMax: 1 };
  return takeMessage({ lane: laneWith(), ports, invocation, bounds, hideMessage }, { body, receives: 1 });
};

const given = () => {
  const ports = memoryPorts();
  const object = ports.files.put('inbound', 'shop/in/items_1.csv', header + rows(8));
  return { ports, body: JSON.stringify(noticeOf(object, { id: 'notice-1', now: ports.clock.now() })) };
};

/** Each call of the bus takes 50 seconds. `last`: the one in which the invocation dies. */
const slowBus = (ports: MemoryPorts, last = Number.POSITIVE_INFINITY): FileLanePorts => {
  let calls = 0;
  return {
    ...ports,
    bus: {
      put: async entries => {
        calls += 1;
        if (calls === last) return forever();
        await ports.clock.sleep(50_000);
        return ports.bus.put(entries);
      },
    },
  };
};

it('work that takes longer than a lease stays leased, and its message hidden', async () => {
  const { ports, body } = given();
  const hidden: number[] = [];
  const slow = slowBus(ports);
  const seen: boolean[] = [];
  const put: FileLanePorts['bus']['put'] = async entries => {
    const answers = await slow.bus.put(entries);
    await take({ id: 'another', body, ports });
    seen.push((hidden.at(-1) ?? 0) > ports.clock.now());
    return answers;
  };
  expect(await take({ id: 'owner', body, ports: { ...slow, bus: { put } }, hidden })).toEqual({
    kind: 'done',
  });
  const ids = ports.bus.accepted.map(({ detail }) => JSON.parse(detail).id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(seen.length).toBeGreaterThan(7);
  expect(seen.every(Boolean)).toBe(true);
  expect(ports.ledger.all()).toMatchObject([{ state: 'complete', attempts: 1 }]);
});

it('work whose invocation died goes on two minutes after its last heartbeat', async () => {
  const { ports, body } = given();
  const hidden: number[] = [];
  void take({ id: 'owner', body, ports: slowBus(ports, 4), hidden });
  await quiet();
  const lastBeat = ports.clock.now();
  expect(hidden.at(-1)).toBe(lastBeat + limits.leaseMilliseconds + 5_000);
  ports.clock.advance(limits.leaseMilliseconds - 1_000);
  expect(await take({ id: 'early', body, ports })).toEqual({ kind: 'done' });
  expect(ports.ledger.all()).toMatchObject([{ state: 'processing' }]);
  ports.clock.advance(1_000);
  for (let [rest] = ports.laneQueue.take(); rest; [rest] = ports.laneQueue.take())
    expect(await take({ id: 'heir', body: JSON.stringify(rest), ports })).toEqual({ kind: 'done' });
  expect(ports.ledger.all()).toMatchObject([{ state: 'complete', tally: { published: 8 } }]);
});

/** Each piece that `isSlow` names takes 50 seconds to come; meanwhile another invocation tries. */
const slowFiles = (
  ports: MemoryPorts,
  body: string,
  isSlow: (object: ObjectRef, range: unknown) => boolean,
): FileLanePorts => {
  async function* read(...[object, range]: Parameters<FileLanePorts['files']['read']>) {
    for await (const piece of ports.files.read(object, range)) {
      if (isSlow(object, range)) {
        await ports.clock.sleep(50_000);
        await take({ id: 'another', body, ports });
      }
      yield piece;
    }
  }
  const get = (files: MemoryPorts['files'], name: keyof MemoryPorts['files']) =>
    name === 'read' ? read : (files[name] as () => unknown).bind(files);
  return { ...ports, files: new Proxy(ports.files, { get: get as never }) };
};

it('an archive that is read for longer than a lease stays leased', async () => {
  const ports = memoryPorts({ pieceBytes: 40 });
  const content = zipOf([{ name: 'items_1.csv', content: Buffer.from(header + rows(8)) }]);
  const object = ports.files.put('inbound', 'shop/in/items_1.csv.zip', content);
  const body = JSON.stringify(noticeOf(object, { id: 'notice-1', now: ports.clock.now() }));
  const begun = ports.clock.now();
  const slow = slowFiles(ports, body, ({ bucket }, range) => bucket === 'inbound' && range === undefined);
  expect(await take({ id: 'owner', body, ports: slow })).toEqual({ kind: 'done' });
  expect(ports.clock.now() - begun).toBeGreaterThan(2 * limits.leaseMilliseconds);
  expect(ports.ledger.all()).toMatchObject([{ state: 'complete', attempts: 1 }]);
});

it('earlier rows that are collected for longer than a lease stay leased', async () => {
  const ports = memoryPorts({ pieceBytes: 800 });
  const bad = Array.from({ length: 12 }, (_, n) => `i-${n},1,note,wrong\n`).join('');
  const object = ports.files.put('inbound', 'shop/in/items_1.csv', header + bad);
  const notice = JSON.stringify(noticeOf(object, { id: 'notice-1', now: ports.clock.now() }));
  expect(await take({ id: 'first', body: notice, ports })).toEqual({ kind: 'done' });
  const [{ id: handoffId } = { id: '' }] = ports.ledger.all();
  const at = new Date(ports.clock.now()).toISOString();
  const body = JSON.stringify({ kind: 'edge.reprocess', handoffId, request: 'plan-1', at });
  const begun = ports.clock.now();
  const slow = slowFiles(
    ports,
    body,
    ({ bucket, key }) => bucket === 'quarantine' && key.includes(handoffId),
  );
  expect(await take({ id: 'owner', body, ports: slow })).toEqual({ kind: 'done' });
  expect(ports.clock.now() - begun).toBeGreaterThan(2 * limits.leaseMilliseconds);
  expect(ports.ledger.all()).toMatchObject([{}, { state: 'rejected', attempts: 1 }]);
});
