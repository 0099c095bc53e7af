import type { Context } from 'aws-lambda';
import { readKinesis } from '#adapters/cdc-feed/aws/read-kinesis.ts';
import { countOutcomes, isBalanced } from '#adapters/cdc-feed/core/feed/books.ts';
import { examiner } from '#adapters/cdc-feed/core/feed/examine.ts';
import { logLines } from '#adapters/cdc-feed/core/feed/log-lines.ts';
import type { StreamBatch } from '#adapters/cdc-feed/core/feed/stream-batch.ts';
import { endRecords } from '#adapters/cdc-feed/flow/end-records.ts';
import { type RecordEnder, settleBatch } from '#adapters/cdc-feed/flow/settle-batch.ts';
import { memoryFeedPorts } from '#adapters/cdc-feed/memory/memory-feed-ports.ts';
import crmCustomers from '#integrations/crm-customers/contract.ts';
import { invocationOf } from '#shared/aws/invocation.ts';
import { emptyTally } from '#shared/core/outcome/tally.ts';
import { change, lena } from './debezium.ts';
import { eventOf } from './stream-events.ts';

const records = [
  change({ op: 'c', after: { ...lena, id: 1 }, lsn: 1 }),
  { data: 'faulty' },
  change({ op: 'c', after: { ...lena, id: 3 }, lsn: 3 }),
].map((record, i) => ({ ...record, sequenceNumber: String(i + 1), arrivedAtSeconds: 1_767_600_000 }));

/** Settles a batch of three records whose second is faulty. */
async function settle(end?: RecordEnder, bend = (batch: StreamBatch): StreamBatch => batch) {
  const ports = memoryFeedPorts();
  const invocation = invocationOf({ getRemainingTimeInMillis: () => 60_000 } as Context);
  const work = { feed: crmCustomers, ports, examine: examiner(crmCustomers), invocation };
  const [batch] = readKinesis(eventOf(crmCustomers, records) as never);
  const settled = await settleBatch(work, bend(batch!), end);
  const lines = (event: string) => ports.log.lines.filter(line => line.event === event);
  return { settled, unbalanced: lines(logLines.booksUnbalanced), closed: lines(logLines.batchSettled) };
}

/** A processor that loses one record. */
const losing =
  (lost: number): RecordEnder =>
  async (work, results) =>
    (await endRecords(work, results)).filter(({ index }) => index !== lost);

describe('the books of a batch', () => {
  it('count each outcome', () => {
    const tally = countOutcomes(['published', 'skipped', 'quarantined', 'duplicate', 'published']);
    expect(tally).toEqual({ published: 2, skipped: 1, quarantined: 1, duplicate: 1, rejected: 0 });
  });

  it('balance when each record has an outcome or comes again', () => {
    const tally = { ...emptyTally, published: 2 };
    expect(isBalanced({ received: 3, tally, again: 1 })).toBe(true);
    expect(isBalanced({ received: 3, tally, again: 0 })).toBe(false);
    expect(isBalanced({ received: 2, tally, again: 1 })).toBe(false);
  });

  it('count what the event held against what the steps ended', async () => {
    const { settled, unbalanced, closed } = await settle();
    expect(settled).toMatchObject({ received: 3, tally: { published: 2, quarantined: 1 }, again: 0 });
    expect(settled.stop).toBeUndefined();
    expect(unbalanced).toEqual([]);
    expect(closed).toHaveLength(1);
  });

  it.each([
    ['a good record', 0, { published: 1, quarantined: 1 }],
    ['a faulty record', 1, { published: 2, quarantined: 0 }],
    ['the last record', 2, { published: 1, quarantined: 1 }],
  ])('are unbalanced when a step loses %s, and the whole batch comes again', async (_, lost, tally) => {
    const { settled, unbalanced, closed } = await settle(losing(lost));
    expect(settled.stop).toEqual({ itemIdentifier: '1', code: 'BOOKS_UNBALANCED' });
    expect(unbalanced).toMatchObject([
      { level: 'error', fields: { code: 'BOOKS_UNBALANCED', received: 3, again: 0, ...tally } },
    ]);
    expect(closed).toEqual([]);
  });

  it('are unbalanced when a step ends a record twice', async () => {
    const { settled, unbalanced } = await settle(async (work, results) => {
      const ended = await endRecords(work, results);
      return [...ended, ...ended.slice(0, 1)];
    });
    expect(settled.stop).toEqual({ itemIdentifier: '1', code: 'BOOKS_UNBALANCED' });
    expect(unbalanced).toHaveLength(1);
  });

  it('are unbalanced when the batch holds fewer records than its event', async () => {
    const { settled, unbalanced, closed } = await settle(undefined, batch => ({
      ...batch,
      records: [batch.records[0]],
    }));
    expect(settled.stop).toEqual({ itemIdentifier: '1', code: 'BOOKS_UNBALANCED' });
    expect(unbalanced).toMatchObject([{ fields: { received: 3, published: 1 } }]);
    expect(closed).toEqual([]);
  });

  it('name the batch in every line: integration, place, correlation and trace', async () => {
    const named = {
      integration: 'crm-customers',
      stream: 'crm-customers',
      shard: 'shardId-000000000006',
      place: 'crm-customers/shardId-000000000006/1-3',
      correlationId: expect.stringMatching(/^crm-customers\.[0-9a-f]{40}$/),
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
    };
    expect((await settle()).closed[0]!.fields).toMatchObject(named);
    expect((await settle(losing(0))).unbalanced[0]!.fields).toMatchObject(named);
  });
});
