import { runCampaign } from '../shared/campaign.ts';
import { findProblem } from '../shared/find-problem.ts';
import { feedMarks } from './marks.ts';
import { plantedFeedBugs } from './planted.ts';
import { FeedWorld } from './world.ts';

const seeds = Array.from({ length: 200 }, (_, n) => String(n + 1));

it('leads consumers to what the database holds, whatever goes wrong', async () => {
  const marks = Object.keys(feedMarks);
  const campaign = await runCampaign(
    { name: 'cdc-feed', make: options => new FeedWorld(options), marks },
    { seeds, twiceEvery: 40, failuresMax: 1 },
  );
  expect(campaign.failures).toEqual([]);
  expect([...campaign.marks].filter(([, times]) => times === 0)).toEqual([]);
}, 600_000);

it.each(Object.entries(plantedFeedBugs))(
  'finds a feed that %s',
  async (_, bug) => {
    expect(await findProblem(seeds, seed => new FeedWorld({ seed, ...bug }))).toBeDefined();
  },
  600_000,
);
