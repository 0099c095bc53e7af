import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { header, laneWith, rows } from './lanes.ts';
import { LaneSimulator } from './simulator.ts';

const small = { bounds: { chunkBytesMax: 200, checkpointRecordsMax: 4 }, pieceBytes: 50 };

/** A file before the point in time that the ledger goes back to, and one after it. */
async function goneBack(lane: FileLane) {
  const simulator = new LaneSimulator(lane, small);
  const first = simulator.drop('items_1.csv', header + rows(10));
  await simulator.run();
  const restore = simulator.ports.ledger.pointInTime();
  const second = simulator.drop('items_2.csv', header + rows(10, 11));
  await simulator.run();
  const before = simulator.eventIds();
  restore();
  return { simulator, before, first, second };
}

describe.each([
  ['file', laneWith()],
  ['row', laneWith({ duplicates: 'row' })],
])('a ledger that went back in time, of a lane that knows duplicates by %s', (_, lane) => {
  it('does not know the file that came after it', async () => {
    const { simulator } = await goneBack(lane);
    expect(simulator.handoffs().map(({ object }) => object.key)).toEqual(['shop/in/items_1.csv']);
  });

  it('has it worked on again: its events are sent twice, with the same ids, and its answer is the same', async () => {
    const { simulator, before, second } = await goneBack(lane);
    const answer = simulator.ack('items_2.csv');
    // As the reconciler does for an object without a hand-off.
    simulator.notify(second, 'again');
    await simulator.run();
    expect(simulator.eventIds()).toEqual(before);
    expect(simulator.events()).toHaveLength(30);
    expect(simulator.ack('items_2.csv')).toMatchObject({
      state: 'complete',
      correlationId: answer.correlationId,
      counts: answer.counts,
    });
  });

  it('still knows the file that came before it: its events are sent once', async () => {
    const { simulator, before, first } = await goneBack(lane);
    simulator.notify(first, 'again');
    await simulator.run();
    expect(simulator.events()).toHaveLength(20);
    expect(simulator.eventIds()).toEqual(before);
  });
});

describe('a ledger that went back to the middle of a file', () => {
  it('has the rest of it worked on again from the checkpoint, and the books balance', async () => {
    const simulator = new LaneSimulator(laneWith(), { ...small, crash: { at: 40, when: 'after' } });
    const object = simulator.drop('items_1.csv', header + rows(30));
    const ledger = simulator.ports.ledger;
    const points: (() => void)[] = [];
    const checkpoint = ledger.checkpoint.bind(ledger);
    ledger.checkpoint = async (...given) => {
      points.push(ledger.pointInTime());
      return checkpoint(...given);
    };
    await simulator.run();
    const ids = simulator.eventIds();
    points[Math.floor(points.length / 2)]!();
    expect(simulator.handoffs()).toMatchObject([{ state: 'processing' }]);
    simulator.notify(object, 'again');
    await simulator.run();
    expect(simulator.eventIds()).toEqual(ids);
    expect(simulator.ack('items_1.csv')).toMatchObject({
      state: 'complete',
      balanced: true,
      counts: { received: 30, published: 30 },
    });
  });
});
