import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import { header, laneWith, rows } from './lanes.ts';
import { LaneSimulator } from './simulator.ts';

const isRow = (entry: BusEntry): boolean => entry.source === 'shop';
const small = { chunkBytesMax: 300, checkpointRecordsMax: 4 };

/** No settled file can be reported until `end` is called. */
const mute = (lane: LaneSimulator): { end: () => void } => {
  lane.ports.bus.answer = entry =>
    isRow(entry) ? { kind: 'accepted' } : { kind: 'denied', reason: 'AccessDenied' };
  return {
    end: () => {
      lane.ports.bus.answer = () => ({ kind: 'accepted' });
    },
  };
};

const redriveAll = (lane: LaneSimulator): Promise<void> => {
  for (const body of lane.deadLetters.splice(0)) lane.redrive(body);
  return lane.run();
};

describe('a file whose ending could not be told before the contract was fixed', () => {
  it('refused at inspection, ends as it was refused, and its content may come again', async () => {
    const lane = new LaneSimulator(laneWith({ format: { delimiter: ';' } }));
    const bus = mute(lane);
    const content = header + rows(3);
    lane.drop('items_1.csv', content);
    await lane.run();
    expect(lane.handoffs()[0]).toMatchObject({ state: 'settling' });
    const first = lane.ack('items_1.csv');
    expect(first).toMatchObject({ state: 'rejected' });

    lane.deploy(laneWith());
    bus.end();
    await redriveAll(lane);
    expect(lane.deadLetters).toEqual([]);
    expect(lane.handoffs()[0]).toMatchObject({ state: 'rejected', fault: first.fault });
    expect(lane.ack('items_1.csv')).toEqual(first);
    lane.drop('items_2.csv', content);
    await lane.run();
    expect(lane.ack('items_2.csv')).toMatchObject({ state: 'complete', counts: { published: 3 } });
  });

  it.each([
    ['in one chunk', {}],
    ['in many', { bounds: small, pieceBytes: 61 }],
  ])('refused for its bad rows (%s), ends as it was refused', async (_, options) => {
    const lane = new LaneSimulator(laneWith({ maxInvalidShare: 0 }), options);
    const bus = mute(lane);
    const content = `${header}${rows(15)}i-99,x,bad,1.00\n${rows(15, 100)}`;
    lane.drop('items_1.csv', content);
    await lane.run();
    const first = lane.ack('items_1.csv');
    expect(first).toMatchObject({ state: 'rejected', fault: { code: 'TOO_MANY_INVALID_ROWS' } });

    lane.deploy(laneWith({ maxInvalidShare: 0.5 }));
    bus.end();
    await redriveAll(lane);
    expect(lane.deadLetters).toEqual([]);
    expect(lane.events()).toEqual([]);
    expect(lane.ack('items_1.csv')).toEqual(first);
    lane.drop('items_2.csv', content);
    await lane.run();
    expect(lane.ack('items_2.csv')).toMatchObject({
      state: 'partial',
      counts: { published: 30, quarantined: 1 },
    });
  });

  it('a duplicate, stays one', async () => {
    const lane = new LaneSimulator(laneWith());
    lane.drop('items_1.csv', header + rows(3));
    await lane.run();
    const bus = mute(lane);
    lane.drop('items_2.csv', header + rows(3));
    await lane.run();
    const first = lane.ack('items_2.csv');
    lane.deploy(laneWith({ format: { delimiter: ';' } }));
    bus.end();
    await redriveAll(lane);
    expect(first).toMatchObject({ state: 'duplicate', counts: { duplicate: 3 } });
    expect(lane.ack('items_2.csv')).toEqual(first);
    expect(lane.handoffs()[1]).toMatchObject({ state: 'duplicate' });
    expect(lane.deadLetters).toEqual([]);
  });
});

describe('a file with many bad rows', () => {
  it('is settled by another invocation when its last chunk leaves too little time', async () => {
    const lane = new LaneSimulator(laneWith());
    const { bus, clock, files } = lane.ports;
    const put = bus.put.bind(bus);
    bus.put = entries => {
      if (entries.some(isRow)) clock.advance(700_000);
      return put(entries);
    };
    const write = files.write.bind(files);
    files.write = (bucket, ...rest) => {
      clock.advance(100_000);
      return write(bucket, ...rest);
    };
    lane.drop('items_1.csv', `${header}${rows(5)}bad,x,row,1\n`);
    await lane.run();
    expect(lane.timeouts).toBe(0);
    expect(lane.ack('items_1.csv')).toMatchObject({
      state: 'partial',
      counts: { published: 5, quarantined: 1 },
    });
  });
});

describe('a worker that lost its work to a successor with the same message', () => {
  it.each([
    ['a chunk', 'checkpoint'],
    ['the right to settle', 'settle'],
  ] as const)('%s: comes again, so that nothing is lost when the successor dies', async (_, call) => {
    const lane = new LaneSimulator(laneWith());
    const real = lane.ports.ledger[call].bind(lane.ports.ledger) as (...args: unknown[]) => Promise<boolean>;
    let losses = 1;
    Object.assign(lane.ports.ledger, {
      [call]: async (...args: unknown[]) => (losses-- > 0 ? false : real(...args)),
    });
    lane.drop('items_1.csv', header + rows(3));
    await lane.run();
    expect(lane.handoffs()[0]).toMatchObject({ state: 'complete' });
    expect(lane.deadLetters).toEqual([]);
  });
});
