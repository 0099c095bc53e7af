import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { personalLeaks } from '#adapters/cdc-feed/contract/personal-leaks.ts';
import { isChange } from '#adapters/cdc-feed/core/change/change.ts';
import { decoder } from '#adapters/cdc-feed/core/change/decode.ts';
import { emptyMark } from '#adapters/cdc-feed/core/feed/high-mark.ts';
import { passMark } from '#adapters/cdc-feed/core/feed/pass-mark.ts';
import { imageReader } from '#adapters/cdc-feed/core/feed/read-image.ts';
import { type FeedSample, feedSamplesOf } from '#cli/demo/feeds/feed-samples.ts';
import { SamplesProblem } from '#cli/demo/samples-problem.ts';
import { loadFeeds } from './load-feeds.ts';
import { FeedSimulator } from './simulator.ts';
import { bytesOf } from './stream-events.ts';

const feeds = await loadFeeds();

function readSamples(id: string): readonly FeedSample[] | SamplesProblem {
  try {
    return feedSamplesOf(id);
  } catch (problem) {
    if (problem instanceof SamplesProblem) return problem;
    throw problem;
  }
}

describe.each(feeds.map(feed => [feed.id, feed] as const))('the samples of %s', (id, feed) => {
  const samples = readSamples(id);

  it('are there, and can be read', () => {
    if (samples instanceof SamplesProblem) throw samples;
  });

  if (samples instanceof SamplesProblem) return;

  it('come out one after the other on one stream too, as the local cloud is given them', async () => {
    const simulator = new FeedSimulator(feed);
    for (const { records } of samples) await simulator.put(...records).run();
    expect(simulator.left).toBe(0);
    expect(simulator.lines('batch stopped')).toEqual([]);
  });

  it('stand in one log, or name theirs: the local cloud puts them on one stream', () => {
    expect(fallsIn(feed, samples)).toEqual([]);
  });

  describe.each(samples.map(sample => [sample.name, sample] as const))('%s', (_, sample) => {
    it.each([1, 3, 100])('come out as expected in batches of %i', async batchRecords => {
      const simulator = await new FeedSimulator(feed, { batchRecords }).put(...sample.records).run();
      expect(outcomeOf(simulator, batchRecords)).toEqual(expectedOf(sample, batchRecords));
      expect(simulator.left).toBe(0);
      expect(simulator.lines('books unbalanced')).toEqual([]);
    });

    it('show what personal columns hold only in properties that are tagged', () => {
      expect(leaksIn(feed, sample)).toEqual([]);
    });

    it('say what they are about', () => {
      expect(sample.about).toMatch(/\w+ \w+/);
    });
  });
});

/** Records that a feed would stop at, if only they and one before them were on a shard. */
function fallsIn(feed: CdcFeed, samples: readonly FeedSample[]): readonly string[] {
  const decode = decoder(feed.source);
  const changes = samples.flatMap(({ name, records }) =>
    records.flatMap((record, i) => {
      const decoded = decode({ data: bytesOf(record) });
      const logPlace = isChange(decoded) ? decoded.logPlace : undefined;
      return logPlace ? [{ logPlace, of: `record ${i + 1} of ${name}`, sequenceNumber: String(i) }] : [];
    }),
  );
  return changes.flatMap((later, i) =>
    changes
      .slice(0, i)
      .filter(earlier => passMark(emptyMark(0), [earlier, later], { stops: true, streamGrows: true }).fall)
      .map(
        earlier =>
          `${later.of} is later than ${earlier.of}, but has a lower position: give one of them another source.name`,
      ),
  );
}

/** Leaks that no made-up row shows: those of rows as they come. */
function leaksIn(feed: CdcFeed, { records }: FeedSample): readonly string[] {
  const decode = decoder(feed.source);
  return records.flatMap(record => {
    const decoded = decode({ data: bytesOf(record) });
    const table = isChange(decoded) ? feed.tables[decoded.entity] : undefined;
    if (!isChange(decoded) || table?.kind !== 'table' || !decoded.after) return [];
    const reading = imageReader(table.columns, Object.keys(table.columns))(
      decoded.after,
      decoded.unavailable,
    );
    if ('faults' in reading) return [];
    return personalLeaks(table, reading.image).map(({ column, path }) => `${column} in ${path}`);
  });
}

/** Events of different keys may be published in another order than their records. */
function outcomeOf(simulator: FeedSimulator, batchRecords: number) {
  const { again, ...tally } = simulator.tally();
  const numbers = simulator.sequenceNumbers;
  const faults = simulator
    .quarantined()
    .map(({ sequenceNumber, code }) => ({ record: numbers.indexOf(String(sequenceNumber)) + 1, code }))
    .sort((a, b) => a.record - b.record);
  const events = simulator.facts().map(({ type, subject, data }) => ({ type, subject, data }));
  return { again, tally, faults, events: batchRecords === 1 ? events : sorted(events) };
}

const expectedOf = ({ tally, faults, events }: FeedSample, batchRecords: number) => ({
  again: 0,
  tally,
  faults,
  events: batchRecords === 1 ? events : sorted(events),
});

/** The sort is stable: events of one aggregate keep their order. */
const sorted = <T extends { readonly subject: string }>(events: readonly T[]): T[] =>
  [...events].sort((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0));
