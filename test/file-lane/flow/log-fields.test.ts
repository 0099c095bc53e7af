import { header, laneWith, rows } from './lanes.ts';
import { LaneSimulator } from './simulator.ts';

describe('every log line of a file', () => {
  it.each<[string, (lane: LaneSimulator) => void]>([
    ['that settles', () => {}],
    ['that the bus stops for a while', lane => downFor(lane, 2_000)],
    [
      'whose ledger fails',
      lane => {
        const { ledger } = lane.ports;
        const checkpoint = ledger.checkpoint.bind(ledger);
        let isDown = true;
        ledger.checkpoint = async (...step) => {
          if (!isDown) return checkpoint(...step);
          isDown = false;
          throw new Error('the table is down');
        };
        ledger.recordFault = async () => Promise.reject(new Error('the table is down'));
      },
    ],
  ])('%s names integration, hand-off and the trace of its events', async (_, disturb) => {
    const lane = new LaneSimulator(laneWith());
    disturb(lane);
    lane.drop('items_1.csv', `${header}${rows(3)}bad,x,row,1\n`);
    await lane.run();
    const { correlationId } = lane.ack('items_1.csv');
    const traces = new Set(lane.events().map(event => String(event.traceparent).slice(3, 35)));
    expect(traces.size).toBe(1);
    expect(lane.ports.log.lines.length).toBeGreaterThan(0);
    for (const { fields } of lane.ports.log.lines)
      expect(fields).toMatchObject({
        integration: 'shop-items',
        handoffId: correlationId,
        traceId: [...traces][0],
      });
  });
});

function downFor(lane: LaneSimulator, milliseconds: number): void {
  const { bus, clock } = lane.ports;
  const isUp = clock.now() + milliseconds;
  bus.answer = () =>
    clock.now() < isUp ? { kind: 'unknown', reason: 'TimeoutError' } : { kind: 'accepted' };
}
