import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { CdcFeedSpec } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { tableFinder } from '#adapters/cdc-feed/contract/table-name.ts';
import { checkStreams } from '#infra/cdc-feed/check-streams.ts';
import { contract as about, depotUpdated, fromKinesis } from '../fixtures/feeds.ts';
import { fixtureApp } from '../fixtures/synthesised.ts';

const skipTables = { 'public.gates': 'Feed gates reads it.' };
const feed = (id: string, name: string, rest: Partial<CdcFeedSpec> = {}) =>
  defineCdcFeed({
    ...about,
    id,
    source: { kind: 'debezium', connector: 'postgresql' },
    stream: { kind: 'kinesis', name: 'yard', madeBy: 'docks' },
    tables: { [name]: fromKinesis.tables['public.depots']! },
    ...rest,
  });
const docks = feed('docks', 'public.docks', { stream: { kind: 'kinesis', name: 'yard' }, skipTables });
const gates = feed('gates', 'public.gates', { skipTables: { 'public.*': 'Feed docks reads them.' } });

describe('two feeds on one stream', () => {
  const app = fixtureApp({}, { integrations: [gates, docks], events: [depotUpdated] });
  const stack = (id: string) => app.node.findChild(`EdgeFeed-${id}`) as Stack;
  const template = (id: string) => Template.fromStack(stack(id));

  it('have one stream, which the stack of one makes and both read', () => {
    template('docks').resourceCountIs('AWS::Kinesis::Stream', 1);
    template('gates').resourceCountIs('AWS::Kinesis::Stream', 0);
    const arn = {
      'Fn::Join': [
        '',
        [
          ...['arn:', { Ref: 'AWS::Partition' }, ':kinesis:', { Ref: 'AWS::Region' }, ':'],
          ...[{ Ref: 'AWS::AccountId' }, ':stream/yard-dev'],
        ],
      ],
    };
    template('gates').hasResourceProperties('AWS::Lambda::EventSourceMapping', { EventSourceArn: arn });
    const [role] = Object.values(template('gates').findResources('AWS::IAM::Role'));
    expect(JSON.stringify(role)).toContain(JSON.stringify(arn));
  });

  it('are deployed in this order', () => {
    expect(stack('gates').dependencies).toContain(stack('docks'));
  });
});

it('each table of a shared stream ends in one feed, and a table of none is quarantined by the feed that makes it', () => {
  const ends = (table: string) =>
    [docks, gates].map(({ id, tables, skipTables: skipped }) => {
      const captured = tableFinder(tables);
      const left = tableFinder(skipped);
      if (captured.byName(table)) return `${id} reads`;
      return (left.byName(table) ?? left.byPattern(table)) === undefined
        ? `${id} quarantines`
        : `${id} skips`;
    });
  expect(ends('public.docks')).toEqual(['docks reads', 'gates skips']);
  expect(ends('public.gates')).toEqual(['docks skips', 'gates reads']);
  expect(ends('public.new')).toEqual(['docks quarantines', 'gates skips']);
});

it.each([
  [
    'two that make it',
    [docks, feed('walls', 'public.walls', { stream: { kind: 'kinesis', name: 'yard' } })],
    "docks and walls have the same stream yard. Give one another name, or write stream.madeBy: 'docks' into walls",
  ],
  ['a maker that is no feed', [gates], "gates: stream.madeBy: 'docks' is no feed that makes the stream yard"],
  [
    'one table twice',
    [docks, feed('more', 'public.docks')],
    'docks and more read the same table public.docks',
  ],
  [
    'a maker that does not skip what others read',
    [docks, gates, feed('walls', 'public.walls')],
    "docks: add 'public.walls' to skipTables: feed walls reads it",
  ],
  [
    'a maker that skips by pattern',
    [{ ...docks, skipTables: { ...skipTables, 'public.t_*': 'Old.' } }, gates],
    "skipTables has the pattern 'public.t_*', and makes a stream that other feeds read",
  ],
  [
    'another writer',
    [docks, { ...gates, source: { ...gates.source, kind: 'dms' } as typeof gates.source }],
    'gates: the stream yard carries what debezium writes, not dms',
  ],
  [
    'other shards',
    [docks, { ...gates, stream: { ...gates.stream, shards: 2 } as typeof gates.stream }],
    'must be those of docks: 1 and 72',
  ],
  [
    'more readers than a shard bears',
    [docks, ...[1, 2, 3, 4].map(n => feed(`walls-${n}`, `public.walls${n}`))],
    '5 feeds read the stream yard; at most 4',
  ],
])('refuses %s', (_, feeds, words) => {
  expect(() => checkStreams(feeds)).toThrow(words);
});

it('refuses a feed that is made by itself', () => {
  expect(() => feed('docks', 'public.docks')).toThrow('stream.madeBy names another feed');
});
