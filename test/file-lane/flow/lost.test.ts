import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { header, laneWith, rows } from './lanes.ts';
import { LaneSimulator, sha256 } from './simulator.ts';

const isRow = (entry: BusEntry): boolean => entry.source === 'shop';

describe('the same content under another name', () => {
  it('waits while the other file is stuck, and is a duplicate once that one is published', async () => {
    const lane = new LaneSimulator(laneWith());
    let broken = true;
    lane.ports.bus.answer = entry =>
      broken && isRow(entry) ? { kind: 'denied', reason: 'AccessDenied' } : { kind: 'accepted' };
    const first = lane.drop('items_1.csv', header + rows(3));
    await lane.run();
    lane.drop('items_2.csv', header + rows(3));
    await lane.run();
    const stuck = lane.handoffs();
    expect(stuck.map(({ state, fault }) => [state, fault?.code])).toEqual([
      ['processing', 'ACCESS_DENIED'],
      ['received', 'CONTENT_IN_WORK'],
    ]);
    expect(lane.deadLetters).toHaveLength(2);

    broken = false;
    lane.notify(first);
    for (const body of lane.deadLetters.splice(0)) lane.redrive(body);
    await lane.run();
    expect(lane.events()).toHaveLength(3);
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete', counts: { published: 3 } });
    expect(lane.ack('items_2.csv')).toMatchObject({ state: 'duplicate', counts: { duplicate: 3 } });
  });

  it('is taken when the other was rejected for what its own manifest said', async () => {
    const delivery = { folder: 'shop', name: 'items_{digits}.csv', startsOn: 'manifest' } as const;
    const lane = new LaneSimulator(laneWith({ delivery, controlTotals: ['amount'] }));
    lane.drop('items_1.csv', header + rows(3));
    lane.drop('items_2.csv', header + rows(3));
    lane.drop('items_1.csv.manifest.json', JSON.stringify({ totals: { amount: '0' } }));
    lane.drop('items_2.csv.manifest.json', JSON.stringify({ totals: { amount: '7.50' } }));
    await lane.run();
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'rejected' });
    expect(lane.ack('items_2.csv')).toMatchObject({ state: 'complete', counts: { published: 3 } });
  });
});

describe('a file removed for good while it is worked on', () => {
  it('ends partial, with what was published and what was not, and may come again', async () => {
    const bounds = { chunkBytesMax: 200, checkpointRecordsMax: 4 };
    const lane = new LaneSimulator(laneWith(), { bounds, pieceBytes: 50 });
    const content = header + rows(30);
    const object = lane.drop('items_1.csv', content);
    const put = lane.ports.bus.put.bind(lane.ports.bus);
    lane.ports.bus.put = async entries => {
      if (lane.events().length >= 8) lane.ports.files.erase('inbound', object.key);
      return put(entries);
    };
    await lane.run();
    const ack = lane.ack('items_1.csv');
    const published = (ack.counts as { published: number }).published;
    expect(ack).toMatchObject({
      state: 'partial',
      balanced: true,
      fault: { code: 'OBJECT_GONE' },
      counts: { received: 30, rejected: 30 - published },
    });
    expect(lane.events()).toHaveLength(published);
    expect(lane.deadLetters).toEqual([]);

    lane.ports.bus.put = put;
    lane.drop('items_2.csv', content);
    await lane.run();
    expect(lane.ack('items_2.csv')).toMatchObject({ state: 'complete', counts: { published: 30 } });
    expect(lane.eventIds()).toHaveLength(30);
  });
});

describe('a sidecar’s work that is taken up again', () => {
  it('goes on with the data that it began with, though that was replaced meanwhile', async () => {
    const delivery = { folder: 'shop', name: 'items_{digits}.csv', startsOn: 'sidecar' } as const;
    const lane = new LaneSimulator(laneWith({ delivery }));
    let down = true;
    lane.ports.bus.answer = entry => {
      if (!down || !isRow(entry)) return { kind: 'accepted' };
      down = false;
      lane.ports.files.put('inbound', 'shop/in/items_1.csv', header + rows(1, 50));
      return { kind: 'denied', reason: 'AccessDenied' };
    };
    lane.drop('items_1.csv', header + rows(3));
    lane.drop('items_1.csv.sha256', sha256(header + rows(3)));
    await lane.run();
    expect(lane.handoffs().map(({ state }) => state)).toEqual(['complete']);
    expect(new Set(lane.events().map(event => event.subject))).toEqual(new Set(['i-1', 'i-2', 'i-3']));
  });
});

describe('what went wrong', () => {
  it('stands on the hand-off whatever it was, by its kind and not its words', async () => {
    const lane = new LaneSimulator(laneWith());
    lane.ports.ledger.checkpoint = async () => {
      throw new RangeError('secret');
    };
    lane.drop('items_1.csv', header + rows(3));
    await lane.run();
    expect(lane.handoffs()[0]!.fault).toMatchObject({
      code: 'WORK_FAILED',
      detail: 'the work failed with RangeError',
    });
    expect(lane.deadLetters).toHaveLength(1);
  });

  it('while settling holds no one up longer than a retry', async () => {
    const lane = new LaneSimulator(laneWith(), { bounds: { chunkBytesMax: 100 }, pieceBytes: 50 });
    let failures = 1;
    lane.ports.bus.answer = entry =>
      !isRow(entry) && failures-- > 0 ? { kind: 'denied', reason: 'AccessDenied' } : { kind: 'accepted' };
    lane.drop('items_1.csv', header + rows(20));
    const begun = lane.ports.clock.now();
    await lane.run();
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete' });
    expect(lane.ports.clock.now() - begun).toBeLessThan(60_000);
  });
});
