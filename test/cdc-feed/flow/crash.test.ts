import { feedSamplesOf } from '#cli/demo/feeds/feed-samples.ts';
import crmCustomers from '#integrations/crm-customers/contract.ts';
import type { CrashPlan } from '#shared/memory/faulty.ts';
import { FeedSimulator } from './simulator.ts';

const sample = feedSamplesOf('crm-customers').find(({ name }) => name === 'dirty')!;

const outcomeOf = (feed: FeedSimulator) => {
  const last = new Map(feed.events().map(({ id, type, subject, data }) => [id, { id, type, subject, data }]));
  return {
    left: feed.left,
    events: [...last.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    quarantined: feed.quarantined(),
    unbalanced: feed.lines('books unbalanced'),
  };
};

const run = (crash: CrashPlan) =>
  new FeedSimulator(crmCustomers, { batchRecords: 7, crash }).put(...sample.records).run();

describe('a crash', () => {
  it.each(['before', 'after'] as const)('%s any call loses nothing and invents nothing', async when => {
    const calm = await run({ at: Number.POSITIVE_INFINITY, when });
    expect(calm.calls).toBeGreaterThan(15);
    for (let at = 1; at <= calm.calls; at++) {
      const crashed = await run({ at, when });
      expect({ at, ...outcomeOf(crashed) }).toEqual({ at, ...outcomeOf(calm) });
      expect(crashed.answers.filter(answer => answer?.startsWith('thrown: Crash'))).toHaveLength(1);
    }
  });
});
