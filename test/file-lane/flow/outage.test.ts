import { limits } from '#shared/contract/limits.ts';
import type { BusEntry } from '#shared/core/batch/bus-entry.ts';
import type { MemoryBusAnswer } from '#shared/memory/memory-bus.ts';
import { header, laneWith, rows } from './lanes.ts';
import { LaneSimulator, type SimulatorOptions } from './simulator.ts';

const minutes = 60_000;
const hours = 60 * minutes;
const small = { chunkBytesMax: 300, checkpointRecordsMax: 4 };

type Trouble = Exclude<MemoryBusAnswer['kind'], 'accepted'>;

/** The bus gives `kind` as its answer from `from` on, for `lasting` milliseconds. */
const trouble = (
  lane: LaneSimulator,
  kind: Trouble,
  {
    lasting,
    from = 0,
    of = () => true,
  }: { lasting: number; from?: number; of?: (entry: BusEntry) => boolean },
): void => {
  const begins = lane.ports.clock.now() + from;
  lane.ports.bus.answer = entry => {
    const now = lane.ports.clock.now();
    return now >= begins && now < begins + lasting && of(entry)
      ? { kind, reason: 'ServiceUnavailable' }
      : { kind: 'accepted' };
  };
};

describe.each([
  ['one chunk', {}],
  ['many chunks', { bounds: small, pieceBytes: 61 }],
] as [string, SimulatorOptions][])('a bus that is down while a file of %s is processed', (_, options) => {
  it.each([
    [55 * minutes, 'throttled'],
    [2 * hours, 'throttled'],
    [2 * hours, 'unknown'],
    [20 * hours, 'throttled'],
  ] as const)('for %i ms (%s) delays it and loses nothing', async (lasting, kind) => {
    const lane = new LaneSimulator(laneWith(), options);
    trouble(lane, kind, { lasting });
    const begun = lane.ports.clock.now();
    lane.drop('items_1.csv', header + rows(30));
    await lane.run();
    expect(lane.deadLetters).toEqual([]);
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete', counts: { published: 30 } });
    expect(lane.events()).toHaveLength(30);
    expect(lane.eventIds()).toHaveLength(30);
    expect(lane.ports.clock.now() - begun).toBeLessThan(lasting + 20 * minutes);
  });

  it('for two days leaves a dead letter, and a redrive finishes the file', async () => {
    const lane = new LaneSimulator(laneWith(), options);
    trouble(lane, 'throttled', { lasting: 48 * hours });
    const begun = lane.ports.clock.now();
    lane.drop('items_1.csv', header + rows(30));
    await lane.run();
    expect(lane.deadLetters.length).toBeGreaterThan(0);
    expect(lane.handoffs()[0]).toMatchObject({ state: 'processing', fault: { code: 'BUS_UNAVAILABLE' } });
    const waited = lane.ports.clock.now() - begun;
    expect(waited).toBeGreaterThan(24 * hours);
    expect(waited).toBeLessThan(26 * hours);
    lane.ports.clock.advance(24 * hours);
    for (const body of lane.deadLetters.splice(0)) lane.redrive(body);
    await lane.run();
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete', counts: { published: 30 } });
    expect(lane.events()).toHaveLength(30);
  });
});

describe('a bus that is down for two hours', () => {
  it('while a refused file is settled delays its answer', async () => {
    const lane = new LaneSimulator(laneWith());
    trouble(lane, 'throttled', { lasting: 2 * hours });
    lane.drop('items_1.csv', 'other,header\n1,2\n');
    await lane.run();
    expect(lane.deadLetters).toEqual([]);
    expect(lane.handoffs()[0]).toMatchObject({ state: 'rejected', fault: { code: 'MISSING_COLUMN' } });
  });

  it('holds up the same content under another name as long, without a dead letter', async () => {
    const lane = new LaneSimulator(laneWith());
    trouble(lane, 'throttled', { lasting: 2 * hours });
    lane.drop('items_1.csv', header + rows(3));
    lane.drop('items_2.csv', header + rows(3), { afterSeconds: 60 });
    await lane.run();
    expect(lane.deadLetters).toEqual([]);
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete' });
    expect(lane.ack('items_2.csv')).toMatchObject({ state: 'duplicate', counts: { duplicate: 3 } });
  });
});

describe('a file that advances at each receive', () => {
  const bounds = { checkpointRecordsMax: 1 };

  it('is finished though the bus denies every second event once', async () => {
    const lane = new LaneSimulator(laneWith(), { bounds });
    const seen = new Set<string>();
    lane.ports.bus.answer = ({ detail }) => {
      const { id } = JSON.parse(detail);
      if (seen.has(id)) return { kind: 'accepted' };
      seen.add(id);
      return { kind: 'denied', reason: 'AccessDenied' };
    };
    lane.drop('items_1.csv', header + rows(25));
    await lane.run();
    expect(lane.deadLetters).toEqual([]);
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete', counts: { published: 25 } });
  });

  it('is finished though the last receive of each message is the first that advances', async () => {
    const lane = new LaneSimulator(laneWith(), { bounds });
    const denials = new Map<string, number>();
    lane.ports.bus.answer = entry => {
      const { id } = JSON.parse(entry.detail);
      const denied = denials.get(id) ?? 0;
      denials.set(id, denied + 1);
      return denied < limits.receivesMax - 1
        ? { kind: 'denied', reason: 'AccessDenied' }
        : { kind: 'accepted' };
    };
    lane.drop('items_1.csv', header + rows(5));
    await lane.run();
    expect(lane.deadLetters).toEqual([]);
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete', counts: { published: 5 } });
  });

  it('is finished though every invocation dies after one checkpoint', async () => {
    const lane = new LaneSimulator(laneWith(), { bounds, diesAfter: 'ledger.checkpoint' });
    lane.drop('items_1.csv', header + rows(25));
    await lane.run();
    expect(lane.deadLetters).toEqual([]);
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete', counts: { published: 25 } });
    expect(lane.events()).toHaveLength(25);
  });

  it('is finished though the bus is so slow that an invocation has time for one window only', async () => {
    const lane = new LaneSimulator(laneWith(), { bounds, invocationMilliseconds: 60_000 });
    const put = lane.ports.bus.put.bind(lane.ports.bus);
    lane.ports.bus.put = entries => {
      lane.ports.clock.advance(35_000);
      return put(entries);
    };
    lane.drop('items_1.csv', header + rows(25));
    await lane.run();
    expect(lane.deadLetters).toEqual([]);
    expect(lane.ack('items_1.csv')).toMatchObject({ state: 'complete', counts: { published: 25 } });
    expect(lane.events()).toHaveLength(25);
    expect(lane.timeouts).toBe(0);
  });

  it('ends as a dead letter when it advances no more', async () => {
    const lane = new LaneSimulator(laneWith(), { bounds });
    lane.ports.bus.answer = ({ detail }) =>
      JSON.parse(detail).aggregateid === 'i-9'
        ? { kind: 'denied', reason: 'AccessDenied' }
        : { kind: 'accepted' };
    lane.drop('items_1.csv', header + rows(25));
    await lane.run();
    expect(lane.deadLetters).toHaveLength(1);
    expect(lane.handoffs()[0]).toMatchObject({ state: 'processing', fault: { code: 'ACCESS_DENIED' } });
  });
});
