import fc from 'fast-check';
import crmOutbox from '#integrations/crm-outbox/contract.ts';
import { applyWhenNewer } from '#shared/consumer/apply-when-newer.ts';
import { MemoryVersionStore } from '#shared/consumer/memory-version-store.ts';
import { Resequencer } from '#shared/consumer/resequencer.ts';
import { aggregateKey, type SequencedEvent } from '#shared/consumer/sequenced-event.ts';
import { payloadOf } from './debezium.ts';
import { type FeedEventDetail, FeedSimulator } from './simulator.ts';
import type { PutRecord } from './stream-events.ts';

type Event = FeedEventDetail & SequencedEvent;

/** One step of a transaction that runs beside others: its last step commits it, every other writes an event of a customer. */
interface Step {
  readonly transaction: number;
  readonly customer: number;
}

interface Written {
  readonly lsn: number;
  readonly customer: number;
  /** LSN of the commit that was the last when the row's own transaction was committed. */
  readonly commitBefore: number | null;
}

/** What logical decoding makes of it: whole transactions, in the order of their commits. */
function logOf(steps: readonly Step[]): Written[] {
  let commitBefore: number | null = null;
  return steps.flatMap(({ transaction }, at) => {
    if (steps.some((later, i) => i > at && later.transaction === transaction)) return [];
    const rows = steps.flatMap((step, i) =>
      step.transaction === transaction && i < at
        ? [{ lsn: lsnAt(i), customer: step.customer, commitBefore }]
        : [],
    );
    commitBefore = lsnAt(at);
    return rows;
  });
}

const lsnAt = (step: number): number => 1_000 + 8 * step;

/** The event says at which place of the log it stands. */
const record = (row: Written, place: number, snapshot = 'false'): PutRecord => {
  const aggregateid = String(row.customer);
  const decidedAt = new Date(Date.UTC(2026, 10, 2) + place * 1_000).toISOString();
  const payload = JSON.stringify({ customerId: aggregateid, email: true, phone: false, decidedAt });
  const after = {
    ...{ id: `row-${row.lsn}`, aggregatetype: 'consent', aggregateid, type: 'ConsentChanged' },
    ...{ payload, tenant: 'acme' },
  };
  const lsn = snapshot === 'false' ? row.lsn : 999_999;
  const told = payloadOf({ op: snapshot === 'false' ? 'c' : 'r', after, lsn, table: 'outbox', snapshot });
  const commit = row.commitBefore === null ? null : String(row.commitBefore);
  const sequence = JSON.stringify([commit, String(lsn)]);
  return { partitionKey: after.id, data: { ...told, source: { ...told.source, sequence } } };
};

const steps = fc.array(fc.record({ transaction: fc.nat(5), customer: fc.nat(2) }), { maxLength: 40 });

const bySequence = (events: readonly Event[]): readonly Event[] =>
  events.toSorted((one, other) => (one.sequence < other.sequence ? -1 : 1));

const placesOf = (events: readonly Event[], customer: string): readonly unknown[] =>
  events.filter(({ aggregateid }) => aggregateid === customer).map(({ data }) => data.decidedAt);

async function eventsOf(records: readonly PutRecord[]): Promise<readonly Event[]> {
  const feed = await new FeedSimulator(crmOutbox).put(...records).run();
  expect(feed.quarantined()).toEqual([]);
  return feed.facts() as Event[];
}

describe('events of an outbox, written by transactions side by side', () => {
  it('have sequences that grow in the order of the commits', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async told => {
        const events = await eventsOf(logOf(told).map((row, place) => record(row, place)));
        expect(new Set(events.map(({ sequence }) => sequence)).size).toBe(events.length);
        const places = bySequence(events).map(({ data }) => data.decidedAt);
        expect(places).toEqual(places.toSorted());
      }),
    );
  });

  it('are newer than what was published before, also when the connector starts again without knowing the last commit', async () => {
    const rows = [
      { lsn: 200, customer: 1, commitBefore: 150 },
      { lsn: 300, customer: 1, commitBefore: null },
      { lsn: 290, customer: 1, commitBefore: 310 },
    ];
    const sequences = (await eventsOf(rows.map((row, place) => record(row, place)))).map(
      ({ sequence }) => sequence,
    );
    expect(sequences).toEqual(sequences.toSorted());
  });

  it('come to a consumer in that order, in whatever order and however often the bus brings them', async () => {
    const delivered = fc.tuple(steps, fc.infiniteStream(fc.nat()));
    await fc.assert(
      fc.asyncProperty(delivered, async ([told, luck]) => {
        const events = await eventsOf(logOf(told).map((row, place) => record(row, place)));
        const shuffled = [...events, ...events]
          .map(event => ({ event, at: luck.next().value as number }))
          .sort((a, b) => a.at - b.at);
        const bounds = { milliseconds: 1_000, eventsMax: 1_000, aggregatesMax: 100 };
        const resequencer = new Resequencer<Event>(bounds);
        for (const { event } of shuffled) resequencer.accept(event, 0);
        const released = resequencer.drain();
        for (const customer of ['0', '1', '2'])
          expect(placesOf(released, customer)).toEqual(placesOf(events, customer).toSorted());
      }),
    );
  });

  it('lose nothing to a snapshot that reads the outbox again, whichever comes first', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (told, isFirst) => {
        const log = logOf(told);
        const live = await eventsOf(log.map((row, place) => record(row, place)));
        const read = await eventsOf(log.map((row, place) => record(row, place, 'incremental')).reverse());
        const last = new MemoryVersionStore<unknown>();
        for (const event of isFirst ? [...read, ...live] : [...live, ...read])
          await applyWhenNewer(last, event, ({ data }) => data.decidedAt);
        for (const event of live)
          expect(last.state(aggregateKey(event))).toBe(placesOf(live, event.aggregateid).toSorted().at(-1));
      }),
    );
  });
});
