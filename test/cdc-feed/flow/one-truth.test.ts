import type { CdcFeed, CdcFeedSource, CdcFeedSpec } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { type CapturedTable, table } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { memberCreated, memberDeleted, memberUpdated } from './member-events.ts';
import { FeedSimulator } from './simulator.ts';
import { columns, history, type Step } from './truth-corpus.ts';
import { ways } from './truth-ways.ts';

// The same changes of one member, through every log, all the way to the bus: type, subject and data are the same bytes.

const members: CapturedTable = table({
  key: ['memberId'],
  columns,
  events: { created: memberCreated, updated: memberUpdated, deleted: memberDeleted },
  map: row => row,
  mapKey: ({ memberId }) => ({ memberId }),
});

const feedOf = (source: CdcFeedSource, name: string): CdcFeed => {
  const spec: CdcFeedSpec = {
    id: 'members',
    purpose: 'To hold every log to one truth.',
    owner: { team: 'loyalty', contact: 'loyalty@example.com' },
    partner: { name: 'Loyalty', contact: 'loyalty@example.com' },
    authority: 'The loyalty service.',
    consistency: 'Within seconds.',
    schemaVersion: '1',
    trust: 'authoritative',
    tenant: { constant: 'acme' },
    source,
    stream:
      source.kind === 'dynamodb' && source.form === 'streams'
        ? { kind: 'dynamodb', table: name }
        : { kind: 'kinesis', name: 'members' },
    tables: { [name]: members },
  };
  return defineCdcFeed(spec);
};

/** What the bus was given, with the data as it was written. */
async function told(way: (typeof ways)[number], steps: readonly Step[]): Promise<string[]> {
  const feed = new FeedSimulator(feedOf(way.source, way.table)).put(...steps.map(way.record));
  await feed.run();
  expect(feed.quarantined()).toEqual([]);
  return feed.ports.bus.accepted.map(({ detail }) => {
    const { type, subject } = JSON.parse(detail) as Record<string, unknown>;
    return JSON.stringify([type, subject, detail.slice(detail.indexOf('"data":'))]);
  });
}

const kinds = ['created', 'updated', 'deleted'] as const;

describe('one truth', () => {
  it.each(ways.map(way => [way.name, way] as const))('%s', async (_, way) => {
    const events = await told(way, history);
    expect(events).toHaveLength(history.length);
    expect(events).toEqual(await told(ways[0]!, history));
    for (const [i, event] of events.entries())
      expect(event).toContain(`loyalty.member.${kinds[i % kinds.length]}.v1`);
  });

  it('is what was in the database, exactly', async () => {
    const [created] = await told(ways[0]!, history);
    const [, subject, data] = JSON.parse(created!) as [string, string, string];
    expect(subject).toBe('M-1');
    expect(data).toBe(`"data":${JSON.stringify(history[0]!.after!.canonical)}}`);
  });
});
