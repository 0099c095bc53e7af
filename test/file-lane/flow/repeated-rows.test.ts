import { header, laneWith, rows } from './lanes.ts';
import { LaneSimulator } from './simulator.ts';

const lane = laneWith({ duplicates: 'row', version: 'version' });

/** The bus does not take the event of `id` until `times` attempts of the lane have failed. */
const holdBack = (simulator: LaneSimulator, id: string): { free: () => void } => {
  let isHeld = true;
  simulator.ports.bus.answer = ({ detail }) =>
    isHeld && JSON.parse(detail).aggregateid === id
      ? { kind: 'throttled', reason: 'ServiceUnavailable' }
      : { kind: 'accepted' };
  return {
    free: () => {
      isHeld = false;
    },
  };
};

describe('rows that a file repeats', () => {
  it('in a chunk that overtakes the first one are counted once as published', async () => {
    const bytes = header.length + rows(8).length;
    const simulator = new LaneSimulator(lane, { bounds: { chunkBytesMax: bytes }, pieceBytes: 20 });
    const bus = holdBack(simulator, 'i-8');
    const checkpoint = simulator.ports.ledger.checkpoint.bind(simulator.ports.ledger);
    simulator.ports.ledger.checkpoint = (...step) => {
      bus.free();
      return checkpoint(...step);
    };
    simulator.drop('items_1.csv', header + rows(8) + rows(4));
    await simulator.run();
    expect(simulator.ack('items_1.csv')).toMatchObject({
      state: 'complete',
      counts: { received: 12, published: 8, duplicate: 4 },
    });
    expect(simulator.eventIds()).toHaveLength(8);
  });

  it('before the checkpoint of the first one are counted once as published', async () => {
    const simulator = new LaneSimulator(lane, { pieceBytes: 20 });
    simulator.drop('items_1.csv', header + rows(1_000) + rows(500));
    await simulator.run();
    expect(simulator.ack('items_1.csv')).toMatchObject({
      counts: { received: 1_500, published: 1_000, duplicate: 500 },
    });
  });

  it('and that the bus refuses are quarantined, each of them', async () => {
    const simulator = new LaneSimulator(lane, { bounds: { checkpointRecordsMax: 8 } });
    simulator.ports.bus.answer = ({ detail }) =>
      JSON.parse(detail).aggregateid === 'i-2'
        ? { kind: 'refused', reason: 'MalformedDetail' }
        : { kind: 'accepted' };
    simulator.drop('items_1.csv', header + rows(8) + rows(4));
    await simulator.run();
    expect(simulator.ack('items_1.csv')).toMatchObject({
      state: 'partial',
      counts: { received: 12, published: 7, duplicate: 3, quarantined: 2 },
    });
  });
});
