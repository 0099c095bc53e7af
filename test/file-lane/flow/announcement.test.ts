import { takeMessage } from '#adapters/file-lane/flow/take-message.ts';
import { memoryPorts } from '#adapters/file-lane/memory/memory-ports.ts';
import { limits } from '#shared/contract/limits.ts';
import { header, laneWith, rows } from './lanes.ts';
import { LaneSimulator, noticeOf, sha256 } from './simulator.ts';

const delivery = { folder: 'shop', name: 'items_{digits}.csv', startsOn: 'sidecar' } as const;
const first = header + rows(3);
const second = header + rows(5);
const states = (lane: LaneSimulator) => lane.handoffs().map(({ state }) => state);

describe('what waits for another object', () => {
  const manifest = { ...delivery, startsOn: 'manifest' } as const;

  it.each([
    ['a data file for its sidecar', delivery, ['items_1.csv', 'items_1.csv.sha256'], 'sidecar'],
    ['a sidecar for its data file', delivery, ['items_1.csv.sha256', 'items_1.csv'], 'data'],
    ['a data file for its manifest', manifest, ['items_1.csv', 'items_1.csv.manifest.json'], 'manifest'],
  ] as const)(
    'is in lists while it waits, and not after: %s',
    async (_, given, [before, after], awaiting) => {
      const lane = laneWith({ delivery: given });
      const ports = memoryPorts();
      const take = async (name: string) => {
        const object = ports.files.put('inbound', `shop/in/${name}`, contentOf(name));
        const body = JSON.stringify(noticeOf(object, { id: name, now: ports.clock.now() }));
        const work = {
          lane,
          ports,
          invocation: { id: name, remainingMilliseconds: () => 900_000 },
          bounds: limits,
        };
        return () => takeMessage(work, { body, receives: 1 });
      };
      const takeFirst = await take(before);
      expect(await takeFirst()).toEqual({ kind: 'later', seconds: 10 });
      const nextRetryAt = new Date(ports.clock.now() + 15_000).toISOString();
      expect(ports.ledger.all()).toMatchObject([{ state: 'awaiting', awaiting, nextRetryAt, attempts: 0 }]);
      const takeSecond = await take(after);
      for (const next of [takeSecond, takeFirst]) await next();
      for (const next of [takeFirst, takeSecond]) expect(await next()).toEqual({ kind: 'done' });
      expect(ports.ledger.all()).toMatchObject([{ state: 'complete', tally: { published: 3 } }]);
    },
  );

  it('is one hand-off in the end, also when the other object never came', async () => {
    const lane = new LaneSimulator(laneWith({ delivery }));
    lane.drop('items_1.csv', first);
    await lane.run();
    expect(states(lane)).toEqual(['rejected']);
  });

  const contentOf = (name: string): string => {
    if (name.endsWith('.sha256')) return sha256(first);
    return name.endsWith('.json') ? '{}' : first;
  };
});

describe('a data file that its sidecar is to announce', () => {
  it('is refused when none comes, and taken when it comes after all', async () => {
    const lane = new LaneSimulator(laneWith({ delivery }));
    const begun = lane.ports.clock.now();
    lane.drop('items_1.csv', first);
    await lane.run();
    expect(lane.ports.clock.now() - begun).toBe(limits.dataWaitSeconds * 1000);
    expect(lane.ack('items_1.csv')).toMatchObject({
      state: 'rejected',
      balanced: true,
      fault: {
        code: 'ANNOUNCEMENT_MISSING',
        detail: 'no sidecar for this version arrived within 900 seconds',
      },
    });
    lane.drop('items_1.csv.sha256', sha256(first));
    await lane.run();
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete', counts: { published: 3 } });
    expect(lane.deadLetters).toEqual([]);
  });

  it.each([
    ['before the data', 60, 0],
    ['after the data', 0, 600],
  ])('has one outcome when that comes %s', async (_when, dataAfter, sidecarAfter) => {
    const lane = new LaneSimulator(laneWith({ delivery }));
    lane.drop('items_1.csv', first, { afterSeconds: dataAfter });
    lane.drop('items_1.csv.sha256', sha256(first), { afterSeconds: sidecarAfter });
    await lane.run();
    expect(states(lane)).toEqual(['complete']);
    expect(lane.events()).toHaveLength(3);
  });

  it('is not taken for announced by the sidecar of the file that it replaces', async () => {
    const lane = new LaneSimulator(laneWith({ delivery }));
    lane.drop('items_1.csv', first);
    lane.drop('items_1.csv.sha256', sha256(first));
    await lane.run();
    lane.drop('items_1.csv', second);
    await lane.run();
    expect(states(lane).sort()).toEqual(['complete', 'rejected']);
    expect(lane.ack('items_1.csv')).toMatchObject({ fault: { code: 'ANNOUNCEMENT_MISSING' } });
    lane.drop('items_1.csv.sha256', sha256(second));
    await lane.run();
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete', counts: { received: 5 } });
  });

  it.each([
    ['other bytes', first],
    ['the same bytes, as a client does that tries again', second],
  ])(
    'has the outcome of what lies there when it was uploaded twice, first with %s',
    async (_what, before) => {
      const lane = new LaneSimulator(laneWith({ delivery }));
      lane.drop('items_1.csv', before);
      lane.drop('items_1.csv', second);
      lane.drop('items_1.csv.sha256', sha256(second));
      await lane.run();
      expect(states(lane)).toEqual(['complete']);
      expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete', counts: { received: 5 } });
    },
  );

  it.each([0, 10])(
    'is answered once, also when a notice of a version since replaced comes again %d seconds late',
    async seconds => {
      const lane = new LaneSimulator(laneWith({ delivery }));
      const replaced = lane.drop('items_1.csv', first);
      lane.drop('items_1.csv.sha256', sha256(first));
      await lane.run();
      lane.notify(replaced, 'again', seconds);
      lane.ports.clock.advance(8_000);
      lane.drop('items_1.csv', second);
      lane.drop('items_1.csv.sha256', sha256(second));
      await lane.run();
      expect(states(lane)).toEqual(['complete', 'complete']);
      expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete', counts: { received: 5 } });
    },
  );
});
