import { type LaneAlarmId, laneAlarmsOf } from '#adapters/file-lane/derive/alarms-lane.ts';
import type { Tally } from '#shared/core/outcome/tally.ts';
import type { LogLine } from '#shared/memory/memory-log.ts';
import { header, laneWith, rows } from './lanes.ts';
import { LaneSimulator } from './simulator.ts';

/** A lane whose processor counts otherwise than its scanner: every checkpoint’s tally is changed on its way. */
function miscounting(change: (tally: Tally) => Partial<Tally>): LaneSimulator {
  const lane = new LaneSimulator(laneWith());
  const { ledger } = lane.ports;
  const checkpoint = ledger.checkpoint.bind(ledger);
  ledger.checkpoint = (chunk, { progress, ...step }) => {
    const tally = { ...progress.tally, ...change(progress.tally) };
    return checkpoint(chunk, { ...step, progress: { ...progress, tally } });
  };
  return lane;
}

/** Whether the alarm’s metric filter counts a line; of CloudWatch’s pattern language only what our alarms use. */
function counts(id: LaneAlarmId, { event, fields }: LogLine): boolean {
  const metric = laneAlarmsOf(laneWith()).find(alarm => alarm.id === id)?.metric;
  if (metric?.kind !== 'log') throw new Error(`${id} counts no log lines`);
  const terms = [...metric.pattern.matchAll(/\$\.(\w+) = "([^"]*)"/g)];
  const line: Record<string, unknown> = { ...fields, message: event };
  return terms.length > 0 && terms.every(([, field, value]) => line[field!] === value);
}

describe.each([
  ['loses a record', ({ published }: Tally) => ({ published: published - 1 }), 2],
  ['counts a record twice', ({ published }: Tally) => ({ published: published + 1 }), 4],
])('a processor that %s', (_, change, published) => {
  let lane: LaneSimulator;

  beforeAll(async () => {
    lane = miscounting(change);
    lane.drop('items_1.csv', header + rows(3));
    await lane.run();
  });

  it('leaves the file unbalanced in the ledger', () => {
    expect(lane.handoffs()).toMatchObject([
      { state: 'unbalanced', received: 3, tally: { published }, fault: { code: 'BOOKS_UNBALANCED' } },
    ]);
  });

  it('is told to the partner', () => {
    expect(lane.ack('items_1.csv')).toMatchObject({
      state: 'unbalanced',
      balanced: false,
      counts: { received: 3, published },
      fault: { code: 'BOOKS_UNBALANCED' },
    });
  });

  it('is told on the bus', () => {
    const settled = lane.ports.bus.details().filter(({ type }) => type === 'edge.file.settled.v1');
    expect(settled).toMatchObject([
      { data: { state: 'unbalanced', fault: 'BOOKS_UNBALANCED', tally: { received: 3, published } } },
    ]);
  });

  it('rings the alarm, once', () => {
    expect(lane.ports.log.lines.filter(line => counts('unbalanced-books', line))).toHaveLength(1);
  });
});

describe('alarms that count log lines', () => {
  const linesOf = async (lane: LaneSimulator): Promise<readonly LogLine[]> => {
    lane.drop('items_1.csv', header + rows(3));
    await lane.run();
    return lane.ports.log.lines;
  };

  it('stay silent for a file whose books balance', async () => {
    const lines = await linesOf(new LaneSimulator(laneWith()));
    expect(lines).toHaveLength(1);
    for (const id of ['unbalanced-books', 'lane-stopped', 'failing-messages'] as const)
      expect(lines.filter(line => counts(id, line))).toEqual([]);
  });

  it('count a lane that was refused something', async () => {
    const lane = new LaneSimulator(laneWith());
    lane.ports.bus.answer = () => ({ kind: 'denied', reason: 'AccessDenied' });
    const lines = await linesOf(lane);
    expect(lines.filter(line => counts('lane-stopped', line))).toHaveLength(10);
  });

  it('count a message that fails for an unknown reason', async () => {
    const lane = new LaneSimulator(laneWith());
    lane.ports.ledger.checkpoint = async () => {
      throw new RangeError('unknown');
    };
    const lines = await linesOf(lane);
    expect(lines.filter(line => counts('failing-messages', line))).toHaveLength(10);
  });
});
