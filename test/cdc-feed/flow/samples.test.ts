import { type FeedSample, feedSamplesOf } from '#cli/demo/feeds/feed-samples.ts';
import { SamplesProblem } from '#cli/demo/samples-problem.ts';
import { loadFeeds } from './load-feeds.ts';
import { FeedSimulator } from './simulator.ts';

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

  describe.each(samples.map(sample => [sample.name, sample] as const))('%s', (_, sample) => {
    it.each([1, 3, 100])('come out as expected in batches of %i', async batchRecords => {
      const simulator = await new FeedSimulator(feed, { batchRecords }).put(...sample.records).run();
      expect(outcomeOf(simulator, batchRecords)).toEqual(expectedOf(sample, batchRecords));
      expect(simulator.left).toBe(0);
      expect(simulator.lines('books unbalanced')).toEqual([]);
    });

    it('say what they are about', () => {
      expect(sample.about).toMatch(/\w+ \w+/);
    });
  });
});

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
