import fc from 'fast-check';
import crmCustomers from '#integrations/crm-customers/contract.ts';
import { applyWhenNewer } from '#shared/consumer/apply-when-newer.ts';
import { MemoryVersionStore } from '#shared/consumer/memory-version-store.ts';
import { Resequencer } from '#shared/consumer/resequencer.ts';
import type { SequencedEvent } from '#shared/consumer/sequenced-event.ts';
import type { MemoryBusAnswer } from '#shared/memory/memory-bus.ts';
import { change, lena } from './debezium.ts';
import { type FeedEventDetail, FeedSimulator } from './simulator.ts';
import type { PutRecord } from './stream-events.ts';

/** A write, a delete, or a snapshot that reads all rows as they are then. */
type Step =
  | { readonly kind: 'write'; readonly id: number; readonly name: string }
  | { readonly kind: 'delete'; readonly id: number }
  | { readonly kind: 'snapshot' };

const id = fc.integer({ min: 1, max: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      id,
      name: fc.stringMatching(/^[a-z]{1,4}$/),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), id }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'snapshot' as const }) },
);

interface History {
  readonly records: readonly PutRecord[];
  /** Names by id at the end. */
  readonly final: ReadonlyMap<string, string>;
}

function play(steps: readonly Step[]): History {
  const rows = new Map<number, string>();
  const records = steps.flatMap((next, i) => {
    const lsn = 1_000 + i;
    if (next.kind === 'snapshot')
      return [...rows].map(([rowId, name]) =>
        change({ op: 'r', after: { ...lena, id: rowId, full_name: name }, lsn, snapshot: 'incremental' }),
      );
    const before = rows.get(next.id);
    const row = (name: string) => ({ ...lena, id: next.id, full_name: name });
    if (next.kind === 'delete') {
      rows.delete(next.id);
      return before === undefined ? [] : [change({ op: 'd', before: row(before), lsn })];
    }
    rows.set(next.id, next.name);
    const op = before === undefined ? 'c' : 'u';
    return [change({ op, before: before === undefined ? null : row(before), after: row(next.name), lsn })];
  });
  return { records, final: new Map([...rows].map(([rowId, name]) => [String(rowId), name])) };
}

/** What the bus does to each entry of its calls, in turn: mostly takes it. */
const weather: fc.Arbitrary<readonly MemoryBusAnswer[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<MemoryBusAnswer>({ kind: 'accepted' }) },
    { weight: 1, arbitrary: fc.constant<MemoryBusAnswer>({ kind: 'throttled', reason: 'slow down' }) },
    {
      weight: 1,
      arbitrary: fc.constant<MemoryBusAnswer>({ kind: 'unknown', reason: 'timeout', taken: true }),
    },
    {
      weight: 1,
      arbitrary: fc.constant<MemoryBusAnswer>({ kind: 'unknown', reason: 'reset', taken: false }),
    },
  ),
  { minLength: 1, maxLength: 40 },
);

const delivery = fc.record({
  steps: fc.array(step, { maxLength: 40 }),
  sizes: fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 }),
  answers: weather,
  rewinds: fc.integer({ min: 0, max: 2 }),
});

async function feedOf({
  steps,
  sizes,
  answers,
  rewinds,
}: typeof delivery extends fc.Arbitrary<infer T> ? T : never) {
  const { records, final } = play(steps);
  let batch = 0;
  let entry = 0;
  const feed = new FeedSimulator(crmCustomers, {
    batchRecords: () => sizes[batch++ % sizes.length]!,
    failuresMax: 200,
  });
  feed.ports.bus.answer = () => (entry < 400 ? answers[entry++ % answers.length]! : { kind: 'accepted' });
  await feed.put(...records).run();
  for (let i = 0; i < rewinds; i++) await feed.rewind().run();
  return { feed, final };
}

const nameIn = (event: FeedEventDetail): string | undefined =>
  event.type.includes('.deleted.') ? undefined : String(event.data.fullName);

type Event = FeedEventDetail & SequencedEvent;

describe('whatever the batches, failures and repeats', () => {
  it('a consumer that applies only what is newer ends with what is in the database', async () => {
    await fc.assert(
      fc.asyncProperty(delivery, fc.infiniteStream(fc.nat()), async (how, luck) => {
        const { feed, final } = await feedOf(how);
        expect(feed.left).toBe(0);
        expect(feed.lines('books unbalanced')).toEqual([]);
        const store = new MemoryVersionStore<string>();
        const order = (feed.facts() as Event[])
          .map(event => [luck.next().value as number, event] as const)
          .sort(([a], [b]) => a - b);
        for (const [, event] of order) await applyWhenNewer(store, event, nameIn);
        const states = [...store.states()].map(([key, name]) => [/(\d+)$/.exec(key)![1], name] as const);
        expect(new Map(states)).toEqual(final);
      }),
      { numRuns: 150 },
    );
  });

  it('the last that is published of each row within one reading is its last change in the log', async () => {
    await fc.assert(
      fc.asyncProperty(delivery, async how => {
        const { feed } = await feedOf({ ...how, rewinds: 0 });
        const bySubject = new Map<string, FeedEventDetail[]>();
        for (const event of feed.facts())
          bySubject.set(event.subject, [...(bySubject.get(event.subject) ?? []), event]);
        for (const events of bySubject.values()) {
          const inLog = events.filter(({ sequence }) => String(sequence).startsWith('0000.1'));
          const newest = inLog
            .map(({ sequence }) => String(sequence))
            .sort()
            .at(-1);
          expect(inLog.at(-1)?.sequence).toBe(newest);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('a consumer that re-sequences gets each change of a row in order, once', async () => {
    await fc.assert(
      fc.asyncProperty(delivery, async how => {
        const { feed } = await feedOf(how);
        const resequencer = new Resequencer<Event>({
          milliseconds: 1_000,
          eventsMax: 10_000,
          aggregatesMax: 100,
        });
        const released: Event[] = [];
        for (const event of feed.facts() as Event[]) released.push(...resequencer.accept(event, 0).released);
        released.push(...resequencer.drain());
        expect(new Set(released.map(({ id: eventId }) => eventId)).size).toBe(released.length);
        expect(released).toHaveLength(new Set(feed.facts().map(({ id: eventId }) => eventId)).size);
        const last = new Map<string, string>();
        for (const { subject, sequence } of released) {
          expect(sequence >= (last.get(subject) ?? '')).toBe(true);
          last.set(subject, sequence);
        }
      }),
      { numRuns: 60 },
    );
  });
});
