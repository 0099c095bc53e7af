import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FeedCloud } from '#cli/demo/feeds/feed-cloud.ts';
import { feedSamplesOf } from '#cli/demo/feeds/feed-samples.ts';
import { runFeeds } from '#cli/demo/feeds/run-feeds.ts';
import { writable } from '#cli/demo/feeds/table-writes.ts';
import type { FeedDescription } from '#local/cloud-description.ts';
import { integrationWith, root } from './sample-case.ts';

const expected = {
  about: 'One change.',
  tally: { received: 1, published: 1, duplicate: 0, quarantined: 0, rejected: 0, skipped: 0 },
  faults: [],
  events: [],
};
const good = {
  'records.jsonl': '{"partitionKey":"1","data":{"id":1}}\n{"data":null}\n',
  'expected.json': JSON.stringify(expected),
};

const reading = (files: Readonly<Record<string, string>>) => () =>
  feedSamplesOf(integrationWith(files), root);

describe('samples of a feed', () => {
  it('are read by case, whatever else lies beside them', () => {
    const id = integrationWith(good);
    writeFileSync(join(root, id, 'samples', '.DS_Store'), '');
    const data = [{ partitionKey: '1', data: { id: 1 } }, { data: null }];
    expect(feedSamplesOf(id, root)).toEqual([{ ...expected, name: 'first', records: data }]);
  });

  it('that are not there are asked for, with the guide that says how', () => {
    expect(() => feedSamplesOf('none', root)).toThrow(
      /none\/samples: the feed has no samples.*<case>\/records\.jsonl and <case>\/expected\.json.*docs\/guides\/add-a-feed\.md/,
    );
  });

  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['expected.json', { 'records.jsonl': good['records.jsonl'] }, /first: the sample has no expected\.json/],
    ['records.jsonl', { 'expected.json': good['expected.json'] }, /first: the sample has no records\.jsonl/],
    ['a line of JSON', { ...good, 'records.jsonl': '{"data":1}\n{"data":' }, /records\.jsonl:2: not JSON/],
    ['data in a line', { ...good, 'records.jsonl': '{"partitionKey":"1"}' }, /records\.jsonl:1: .*data/s],
    [
      'a count',
      { ...good, 'expected.json': '{"about":"a","tally":{}}' },
      /expected\.json: .*tally\.received/s,
    ],
  ])('that lack %s say where', (_, files, message) => {
    expect(reading(files)).toThrow(message);
  });
});

describe('a run of all feeds', () => {
  const runOf = (...feeds: readonly Partial<FeedDescription>[]) =>
    runFeeds({ feeds } as unknown as FeedCloud, () => undefined);

  it('counts a feed without samples among what is wrong', async () => {
    const { differences } = await runOf({ id: 'no-such-feed', kind: 'kinesis' });
    expect(differences).toEqual([expect.stringContaining('integrations/no-such-feed/samples')]);
  });

  it('leaves out a feed of Kafka, to which nothing could bring records', async () => {
    expect(await runOf({ id: 'no-such-feed', kind: 'kafka' })).toEqual({ lines: [], differences: [] });
  });
});

describe('a sample of a table', () => {
  it('that expects an event of what no write leads to is refused', () => {
    const [sample] = feedSamplesOf(integrationWith(good), root);
    expect(() => writable(sample!, 'loyalty')).toThrow(/no write to the table leads to/);
  });
});
