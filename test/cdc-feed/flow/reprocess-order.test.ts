import fc from 'fast-check';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import * as is from '#adapters/cdc-feed/contract/cdc-source.ts';
import { table } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { customerCreated } from '#events/customers/customer-created.v1.ts';
import { customerDeleted } from '#events/customers/customer-deleted.v1.ts';
import { customerUpdated } from '#events/customers/customer-updated.v1.ts';
import { applyWhenNewer } from '#shared/consumer/apply-when-newer.ts';
import { MemoryVersionStore } from '#shared/consumer/memory-version-store.ts';
import { oneOf } from '#shared/core/mapping/one-of.ts';
import { change } from './debezium.ts';
import { columns, spec } from './feeds.ts';
import { reprocess, stillQuarantined } from './reprocess.ts';
import { type FeedEventDetail, FeedSimulator } from './simulator.ts';
import type { PutRecord } from './stream-events.ts';

type Tier = 'standard' | 'silver' | 'gold';

const feedOf = (codes: Record<string, Tier>, epoch = 0): CdcFeed =>
  defineCdcFeed({
    ...spec,
    source: { kind: 'debezium', connector: 'postgresql', beforeImage: 'full', epoch },
    tables: {
      'public.customers': table({
        key: ['id'],
        columns: {
          id: columns.id,
          email: columns.email,
          tier: { type: is.text(), read: oneOf(codes) },
        },
        ignore: ['updated_at'],
        events: { created: customerCreated, updated: customerUpdated, deleted: customerDeleted },
        map: row => ({
          customerId: row.id,
          email: row.email,
          fullName: 'N. N.',
          creditLimit: null,
          tier: row.tier,
        }),
        mapKey: key => ({ customerId: key.id }),
      }),
    },
  });

const all: Record<string, Tier> = { S: 'standard', SI: 'silver', G: 'gold' };
const wrong = feedOf({ S: 'standard' });
const fixed = feedOf(all);

const row = (id: number, tier: string, updatedAt = 'x') => ({
  id,
  email: `c${id}@example.com`,
  tier,
  updated_at: updatedAt,
});

/** The tiers by customer that a consumer has which compares sequences, given events in this order. */
async function mirrored(events: readonly FeedEventDetail[]): Promise<Record<string, string>> {
  const store = new MemoryVersionStore<{ readonly customerId: string; readonly tier: string }>();
  for (const event of events)
    await applyWhenNewer(store, event as never, ({ type, data }: FeedEventDetail) =>
      type === customerDeleted.type ? undefined : (data as { customerId: string; tier: string }),
    );
  const rows = [...store.states().values()].filter(state => state !== undefined);
  return Object.fromEntries(rows.map(({ customerId, tier }) => [customerId, tier]));
}

/** A live change was published; the next was quarantined, for the contract did not know its code. */
const quarantineOne = () =>
  new FeedSimulator(wrong)
    .put(
      change({ op: 'c', after: row(1, 'S'), lsn: 100 }),
      change({ op: 'u', before: row(1, 'S'), after: row(1, 'G'), lsn: 200 }),
    )
    .run();

describe('a change reprocessed after the contract was fixed', () => {
  it('brings consumers the row as it is, which no snapshot and no later change of other columns does', async () => {
    const feed = (await quarantineOne()).deploy(fixed);
    expect(feed.quarantined().map(({ code }) => code)).toEqual(['UNKNOWN_CODE']);
    feed.put(
      change({ op: 'r', after: row(1, 'G'), lsn: 300, snapshot: 'incremental' }),
      change({ op: 'u', before: row(1, 'G'), after: row(1, 'G', 'touched'), lsn: 400 }),
    );
    await feed.run();
    expect(await mirrored(feed.facts())).toEqual({ 1: 'standard' });
    const ended = await reprocess(fixed, feed.ports);
    expect(ended.map(({ end }) => end)).toEqual(['published']);
    expect(await mirrored(feed.facts())).toEqual({ 1: 'gold' });
  });

  it('is not needed where the table is read again under a new epoch', async () => {
    const feed = await quarantineOne();
    feed
      .deploy(feedOf(all, 1))
      .put(change({ op: 'r', after: row(1, 'G'), lsn: 300, snapshot: 'incremental' }));
    await feed.run();
    expect(await mirrored(feed.facts())).toEqual({ 1: 'gold' });
  });

  it('brings nobody back behind a change that was published since', async () => {
    const feed = (await quarantineOne()).deploy(fixed);
    await feed.put(change({ op: 'u', before: row(1, 'G'), after: row(1, 'SI'), lsn: 300 })).run();
    await reprocess(fixed, feed.ports);
    const positions = feed.facts().map(({ sequence }) => Number(String(sequence).split('.')[3]));
    expect(positions).toEqual([100, 300, 200]);
    expect(await mirrored(feed.facts())).toEqual({ 1: 'silver' });
  });

  it('is published as it would have been at once: id, sequence, time, trace and archived bytes', async () => {
    const feed = await quarantineOne();
    await reprocess(fixed, feed.ports);
    const direct = new FeedSimulator(fixed).put(
      change({ op: 'c', after: row(1, 'S'), lsn: 100 }),
      change({ op: 'u', before: row(1, 'S'), after: row(1, 'G'), lsn: 200 }),
    );
    await direct.run();
    expect(feed.facts()).toEqual(direct.facts());
  });

  it('keeps its epoch, so that what came after the log started over still wins', async () => {
    const feed = await quarantineOne();
    const later = feedOf(all, 1);
    feed.deploy(later).put(change({ op: 'r', after: row(1, 'SI'), lsn: 7, snapshot: 'true' }));
    await feed.run();
    await reprocess(later, feed.ports);
    const sequences = feed.facts().map(({ sequence }) => String(sequence).slice(0, 6));
    expect(sequences).toEqual(['0000.1', '0001.0', '0000.1']);
    expect(await mirrored(feed.facts())).toEqual({ 1: 'silver' });
  });

  it('that no event is made of now either stays, with its epoch', async () => {
    const feed = await quarantineOne();
    await reprocess(feedOf({ S: 'standard' }, 3), feed.ports);
    expect(stillQuarantined(feed.ports.files, wrong.id)).toMatchObject([{ code: 'UNKNOWN_CODE', epoch: 0 }]);
  });
});

describe('a history part of which was quarantined', () => {
  const id = fc.integer({ min: 1, max: 3 });
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ id, tier: fc.constantFrom('S', 'SI', 'G'), touched: fc.nat(3) }),
    },
    { weight: 1, arbitrary: fc.record({ id, tier: fc.constant(undefined), touched: fc.constant(0) }) },
  );
  type Step = { readonly id: number; readonly tier: string | undefined; readonly touched: number };

  /** The changes of three customers, and their tiers at the end. */
  function play(steps: readonly Step[]) {
    const rows = new Map<number, ReturnType<typeof row>>();
    const records = steps.flatMap(({ id: rowId, tier, touched }, i): PutRecord[] => {
      const before = rows.get(rowId);
      const lsn = 1_000 + i;
      if (tier === undefined) {
        rows.delete(rowId);
        return before ? [change({ op: 'd', before, lsn })] : [];
      }
      const after = row(rowId, tier, String(touched));
      rows.set(rowId, after);
      return [change({ op: before ? 'u' : 'c', before, after, lsn })];
    });
    const final = Object.fromEntries([...rows.values()].map(({ id: rowId, tier }) => [rowId, all[tier]]));
    return { records, final };
  }

  it('ends in the database’s state once it was reprocessed, whenever the contract was fixed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 20 }),
        fc.nat(20),
        fc.constantFrom(1, 2, 7),
        async (steps, deployedAt, batchRecords) => {
          const { records, final } = play(steps);
          const feed = new FeedSimulator(wrong, { batchRecords }).put(...records.slice(0, deployedAt));
          await feed.run();
          await feed
            .deploy(fixed)
            .put(...records.slice(deployedAt))
            .run();
          const ended = await reprocess(fixed, feed.ports);
          for (const { end } of ended) expect(['published', 'skipped']).toContain(end);
          expect(await mirrored(feed.facts())).toEqual(final);
          expect(stillQuarantined(feed.ports.files, fixed.id)).toEqual([]);
        },
      ),
      { numRuns: 100 },
    );
  });
});
