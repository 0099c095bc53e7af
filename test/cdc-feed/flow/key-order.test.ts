import fc from 'fast-check';
import type { CdcFeedSource } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import type { PutRecord } from './stream-events.ts';
import { endOf, run, thingFeed } from './thing-feeds.ts';

const source: CdcFeedSource = { kind: 'debezium', connector: 'postgresql' };

interface Change {
  readonly op: 'c' | 'd';
  readonly v?: string;
  readonly lsn: number;
  /** The last commit before the change's transaction. */
  readonly committed: number | null;
}

const record = ({ op, v, lsn, committed }: Change): PutRecord => ({
  partitionKey: '{"id":31}',
  data: {
    before: op === 'd' ? { id: 31 } : null,
    after: op === 'd' ? null : { id: 31, v },
    op,
    ts_ms: 1_730_535_300_456,
    source: {
      ...{ ts_ms: 1_730_535_300_000, snapshot: 'false', schema: 'public', table: 't', txId: 5, lsn },
      sequence: JSON.stringify([committed === null ? null : String(committed), String(lsn)]),
    },
  },
});

/**
 * As a PostgreSQL 15 wrote it: the first transaction inserts a row and deletes it. Between the two, another inserts a row of the
 * same key: it is in the log at once, and waits. When the first is committed, the second goes on.
 */
const log = [
  { op: 'c', v: 'one', lsn: 22_185_560, committed: 22_185_000 },
  { op: 'd', lsn: 22_185_848, committed: 22_185_000 },
  { op: 'c', v: 'two', lsn: 22_185_784, committed: 22_185_960 },
] as const;

describe('a key that a transaction waited for', () => {
  const feed = thingFeed(source, 'public.t');

  it('has the row of the last commit, though its place in the log is lower', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...log, ...log], { minLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 4 })),
        async (records, sizes) => {
          const simulator = await run(feed, records.map(record), sizes);
          expect(await endOf(simulator.facts())).toEqual({ 31: 'two' });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('has it also after a connector that knows no commit yet', async () => {
    const simulator = await run(feed, log.map(change => record({ ...change, committed: null })).slice(2));
    expect(await endOf(simulator.facts())).toEqual({ 31: 'two' });
  });

  it('names each change by its place in the log alone, so that its event keeps its id', async () => {
    const [told] = (await run(feed, [record(log[0])])).facts();
    const [untold] = (await run(feed, [record({ ...log[0], committed: null })])).facts();
    expect(told?.id).toBe(untold?.id);
  });
});
