import fc from 'fast-check';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import type { MemoryBusAnswer } from '#shared/memory/memory-bus.ts';
import { header, laneWith, rows } from './lanes.ts';
import { LaneSimulator } from './simulator.ts';

/** What goes wrong at once: an outage of the bus, a slow bus, a process that dies, repeated notices and repeated content. */
const troubles = fc.record({
  crash: fc.record({
    at: fc.integer({ min: 1, max: 150 }),
    when: fc.constantFrom('before' as const, 'after' as const),
  }),
  outage: fc.record({
    fromSeconds: fc.integer({ min: 0, max: 3_600 }),
    forSeconds: fc.integer({ min: 0, max: 20 * 3_600 }),
    /** Every so many entries are not taken. */
    every: fc.integer({ min: 1, max: 4 }),
    answer: fc.constantFrom<MemoryBusAnswer>(
      { kind: 'throttled', reason: 'ServiceUnavailable' },
      { kind: 'unknown', reason: 'TimeoutError', taken: true },
      { kind: 'unknown', reason: 'TimeoutError', taken: false },
    ),
  }),
  callMilliseconds: fc.constantFrom(0, 5_000, 40_000),
  bounds: fc.record({
    chunkBytesMax: fc.constantFrom(200, 300, 10_000),
    checkpointRecordsMax: fc.constantFrom(1, 3, 2_000),
  }),
  times: fc.integer({ min: 1, max: 3 }),
  againAfterSeconds: fc.option(fc.integer({ min: 0, max: 7_200 })),
});

type Troubles = typeof troubles extends fc.Arbitrary<infer T> ? T : never;

const simulate = async (lane: FileLane, content: string, given: Troubles): Promise<LaneSimulator> => {
  const { crash, outage, bounds, times, againAfterSeconds } = given;
  const simulator = new LaneSimulator(lane, { crash, bounds, pieceBytes: 61 });
  const { bus, clock } = simulator.ports;
  const begins = clock.now() + outage.fromSeconds * 1_000;
  let entries = 0;
  bus.answer = () => {
    const isDown = clock.now() >= begins && clock.now() < begins + outage.forSeconds * 1_000;
    entries += 1;
    return isDown && entries % outage.every === 0 ? outage.answer : { kind: 'accepted' };
  };
  const put = bus.put.bind(bus);
  bus.put = batch => {
    clock.advance(given.callMilliseconds);
    return put(batch);
  };
  simulator.drop('items_1.csv', content, { times });
  if (againAfterSeconds !== null) simulator.drop('items_2.csv', content, { afterSeconds: againAfterSeconds });
  await simulator.run();
  return simulator;
};

const countIn = ({ counts }: Record<string, unknown>, outcome: string): number =>
  Number((counts as Record<string, unknown>)[outcome]);

const checked = { maxInvalidShare: 0.5, controlTotals: ['amount'] } as const;

it.each([
  ['of any content', laneWith(), rows(6, 100), 26],
  ['that is checked first', laneWith(checked), rows(6, 100), 26],
  ['that repeats rows', laneWith({ duplicates: 'row', version: 'version' }), rows(6), 20],
  ['of keys that come once', laneWith({ duplicates: 'row' }), rows(6, 100), 26],
] as [string, FileLane, string, number][])(
  'a file %s is published once and answered, whatever goes wrong',
  async (_, lane, last, published) => {
    const content = `${header}${rows(20)}bad,x,row,1\n${last}`;
    const property = fc.asyncProperty(troubles, async given => {
      const simulator = await simulate(lane, content, given);
      const names = given.againAfterSeconds === null ? ['items_1.csv'] : ['items_1.csv', 'items_2.csv'];
      const answers = names.map(name => simulator.ack(name));
      const counted = answers.find(answer => answer.state === 'partial' && countIn(answer, 'published') > 0);
      expect(simulator.deadLetters).toEqual([]);
      expect(simulator.eventIds()).toHaveLength(published);
      expect(counted?.counts).toMatchObject({
        received: 27,
        published,
        quarantined: 1,
        duplicate: 26 - published,
      });
      const repeated = answers.filter(answer => countIn(answer, 'duplicate') >= published);
      expect(repeated).toHaveLength(names.length - 1);
    });
    await fc.assert(property, { numRuns: 12 });
  },
);
