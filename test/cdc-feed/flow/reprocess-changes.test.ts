import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import crmCustomers from '#integrations/crm-customers/contract.ts';
import { oneOf } from '#shared/core/mapping/one-of.ts';
import { faulty } from '#shared/memory/faulty.ts';
import { change, lena } from './debezium.ts';
import { invoker, reprocess, reprocessedOf, stillQuarantined } from './reprocess.ts';
import { FeedSimulator } from './simulator.ts';

const { tables } = crmCustomers;
const customers = tables['public.customers']!;

/** The customers' feed, but that it knows these tiers alone. */
function knowing(codes: Readonly<Record<string, 'standard' | 'gold'>>, more: Partial<CdcFeed> = {}): CdcFeed {
  if (customers.kind !== 'table') throw new Error('the feed has a table');
  const tier = { ...customers.columns.tier!, read: oneOf(codes) };
  const table = { ...customers, columns: { ...customers.columns, tier } };
  return { ...crmCustomers, ...more, tables: { 'public.customers': table } };
}

const wrong = knowing({ S: 'standard' });
const created = (id: number, tier = 'G') =>
  change({ op: 'c', after: { ...lena, id, tier }, lsn: 1_000 + id, txId: id });

/** Five changes of one batch, of which the contract cannot read all but the second. */
const fiveOf = (feed: CdcFeed) =>
  new FeedSimulator(feed)
    .put(created(1), created(2, 'S'), created(3), created(4, 'SI'), { data: 'faulty' })
    .run();

const ids = (feed: FeedSimulator) => feed.facts().map(({ subject }) => subject);

describe('a feed’s function, invoked to reprocess changes', () => {
  it('answers how each ended, and keeps what ended apart from what stays', async () => {
    const feed = await fiveOf(wrong);
    const half = knowing({ S: 'standard', G: 'gold' });
    const ended = await reprocess(half, feed.ports);
    expect(ended.map(({ was, end, code }) => [was, end, code])).toEqual([
      ['UNKNOWN_CODE', 'published', undefined],
      ['UNKNOWN_CODE', 'published', undefined],
      ['UNKNOWN_CODE', 'quarantined', 'UNKNOWN_CODE'],
      ['UNDECODABLE_CHANGE', 'quarantined', 'UNDECODABLE_CHANGE'],
    ]);
    expect(ids(feed)).toEqual(['2', '1', '3']);
    expect(stillQuarantined(feed.ports.files, half.id).map(({ code }) => code)).toEqual([
      'UNKNOWN_CODE',
      'UNDECODABLE_CHANGE',
    ]);
    expect(reprocessedOf(feed.ports.files, half.id)).toMatchObject([
      {
        sequenceNumber: feed.sequenceNumbers[0],
        taken: { at: '2026-01-06T00:00:00.000Z', end: 'published' },
      },
      { sequenceNumber: feed.sequenceNumbers[2], taken: { end: 'published' } },
    ]);
  });

  it('publishes nothing while the feed is disabled: all stay open', async () => {
    const feed = await fiveOf(wrong);
    feed.ports.input.disabled = true;
    const right = knowing({ S: 'standard', G: 'gold', SI: 'gold' });
    expect((await reprocess(right, feed.ports)).map(({ end, detail }) => [end, detail])).toEqual(
      Array(4).fill(['open', 'the feed is disabled']),
    );
    expect(ids(feed)).toEqual(['2']);
    expect((await reprocess(right, feed.ports, { dryRun: true })).map(({ end }) => end)).toContain(
      'published',
    );
  });

  it('counts none of them into the books of a batch, and notifies of none again', async () => {
    const feed = await fiveOf(wrong);
    const books = feed.lines('batch settled');
    expect(feed.tally()).toMatchObject({ received: 5, published: 1, quarantined: 4 });
    await reprocess(knowing({ S: 'standard', G: 'gold' }), feed.ports);
    expect(feed.lines('batch settled')).toEqual(books);
    expect(feed.lines('changes reprocessed').map(({ fields }) => fields)).toEqual([
      {
        integration: 'crm-customers',
        first: expect.stringContaining(feed.sequenceNumbers[0]!),
        last: expect.stringContaining(feed.sequenceNumbers[4]!),
        changes: 4,
        published: 2,
        quarantined: 2,
      },
    ]);
    expect(feed.ports.changesQueue.sent).toHaveLength(1);
    expect(feed.ports.files.keys('raw')).toHaveLength(1);
  });

  it('only says how each would end where that is asked', async () => {
    const feed = await fiveOf(wrong);
    const written = writesOf(feed);
    const half = knowing({ S: 'standard', G: 'gold' });
    const ended = await reprocess(half, feed.ports, { dryRun: true });
    expect(ended.map(({ end, code }) => [end, code])).toEqual([
      ['published', undefined],
      ['published', undefined],
      ['quarantined', 'UNKNOWN_CODE'],
      ['quarantined', 'UNDECODABLE_CHANGE'],
    ]);
    expect([ids(feed), written, feed.lines('changes reprocessed')]).toEqual([['2'], [], []]);
  });

  it('writes what stays again only where its fault is another now', async () => {
    const feed = await fiveOf(wrong);
    const written = writesOf(feed);
    await reprocess(wrong, feed.ports);
    expect(written).toEqual([]);
    const stricter = { 'public.customers': { ...customers, ignore: [] } } as CdcFeed['tables'];
    await reprocess({ ...crmCustomers, drift: 'quarantine', tables: stricter }, feed.ports);
    expect(written).toHaveLength(3);
    expect(stillQuarantined(feed.ports.files, wrong.id).map(({ code }) => code)).toEqual([
      'SCHEMA_DRIFT',
      'SCHEMA_DRIFT',
      'SCHEMA_DRIFT',
      'UNDECODABLE_CHANGE',
    ]);
  });

  it('says what a rule skips, and keeps it as reprocessed', async () => {
    const feed = await fiveOf(wrong);
    const silent = {
      ...customers,
      events: { ...('events' in customers && customers.events), created: { skip: 'nobody asks' } },
    };
    const ended = await reprocess(
      { ...crmCustomers, tables: { 'public.customers': silent } } as CdcFeed,
      feed.ports,
    );
    expect(ended.slice(0, 3)).toMatchObject([
      { end: 'skipped', detail: 'nobody asks' },
      { end: 'skipped' },
      { end: 'skipped' },
    ]);
    expect(reprocessedOf(feed.ports.files, wrong.id)).toMatchObject([
      { taken: { end: 'skipped', detail: 'nobody asks' } },
      {},
      {},
    ]);
  });

  it('stops where the bus does, and publishes the same ids when it is called again', async () => {
    const feed = await fiveOf(wrong);
    feed.ports.bus.answer = () => ({ kind: 'throttled', reason: 'slow' });
    const stopped = await reprocess(crmCustomers, feed.ports);
    expect(stopped.map(({ end, code }) => [end, code])).toEqual([
      ['open', 'BUS_UNAVAILABLE'],
      ['open', 'BUS_UNAVAILABLE'],
      ['open', 'BUS_UNAVAILABLE'],
      ['quarantined', 'UNDECODABLE_CHANGE'],
    ]);
    expect(stillQuarantined(feed.ports.files, wrong.id)).toHaveLength(4);
    expect(feed.lines('batch stopped')).toEqual([]);
    feed.ports.bus.answer = () => ({ kind: 'accepted' });
    await reprocess(crmCustomers, feed.ports);
    expect(ids(feed)).toEqual(['2', '1', '3', '4']);
  });

  it('quarantines again, as PUBLISH_REFUSED, what the bus refuses for good', async () => {
    const feed = await fiveOf(wrong);
    feed.ports.bus.answer = () => ({ kind: 'refused', reason: 'MalformedDetail' });
    const ended = await reprocess(crmCustomers, feed.ports);
    expect(ended.map(({ code }) => code)).toEqual([
      'PUBLISH_REFUSED',
      'PUBLISH_REFUSED',
      'PUBLISH_REFUSED',
      'UNDECODABLE_CHANGE',
    ]);
  });

  it.each([
    [
      'of another feed',
      (kept: object) => ({ ...kept, integration: 'erp-stock' }),
      'cannot be reprocessed by crm-customers',
    ],
    [
      'with other bytes',
      (kept: object) => ({ ...kept, rawBase64: 'e30=' }),
      'not those that were quarantined',
    ],
    ['that is truncated', (kept: object) => ({ ...kept, truncated: true }), 'never be reprocessed'],
    [
      'whose place another change has',
      (kept: object) => ({ ...kept, code: 'DUPLICATE_CONFLICT' }),
      'never be reprocessed',
    ],
    ['without its epoch', (kept: object) => ({ ...kept, epoch: undefined }), 'epoch'],
  ])('refuses a change %s', async (_, bent, message) => {
    const feed = await fiveOf(wrong);
    const [kept] = stillQuarantined(feed.ports.files, wrong.id);
    const call = invoker(crmCustomers, feed.ports)({ reprocess: [bent(kept!)] });
    await expect(call).rejects.toThrow(message);
    expect(ids(feed)).toEqual(['2']);
  });
});

describe('a crash while changes are reprocessed', () => {
  it.each(['before', 'after'] as const)('%s any call loses nothing once it is called again', async when => {
    const fixed = knowing({ S: 'standard', G: 'gold' });
    const outcome = (feed: FeedSimulator) => ({
      facts: [...new Map(feed.facts().map(fact => [fact.id, fact])).values()],
      stays: stillQuarantined(feed.ports.files, fixed.id).map(({ code }) => code),
      taken: reprocessedOf(feed.ports.files, fixed.id).map(({ sequenceNumber }) => sequenceNumber),
    });
    const calm = await fiveOf(wrong);
    const counting = faulty(calm.ports, { at: Number.POSITIVE_INFINITY, when });
    await reprocess(fixed, calm.ports, { invoke: invoker(fixed, counting) });
    expect(counting.calls.length).toBeGreaterThan(0);
    for (let at = 1; at <= counting.calls.length; at++) {
      const crashed = await fiveOf(wrong);
      const dying = faulty(crashed.ports, { at, when });
      await expect(reprocess(fixed, crashed.ports, { invoke: invoker(fixed, dying) })).rejects.toThrow();
      await reprocess(fixed, crashed.ports);
      expect({ at, ...outcome(crashed) }).toEqual({ at, ...outcome(calm) });
    }
  });
});

/** Notes the keys under which a feed puts objects into the quarantine from now on. */
function writesOf(feed: FeedSimulator): readonly string[] {
  const keys: string[] = [];
  const { files } = feed.ports;
  const write = files.write.bind(files);
  files.write = async (bucket, key, ...rest) => {
    keys.push(key);
    return write(bucket, key, ...rest);
  };
  return keys;
}
