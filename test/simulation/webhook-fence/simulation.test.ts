import { runCampaign } from '../shared/campaign.ts';
import { findProblem } from '../shared/find-problem.ts';
import { fenceMarks } from './marks.ts';
import { plantedFenceBugs } from './planted.ts';
import { FenceWorld } from './world.ts';

/** One seed in hundreds reaches them: `npm run simulate` demands them. */
const tooRare = ['kept a dead letter'];
const seeds = Array.from({ length: 200 }, (_, n) => String(n + 1));
/** 1728: an attempt that published could not be remembered, the next one failed early, and other content took the id. */
const onceFailed = ['1728'];

it('publishes what it acknowledged, once each, whatever goes wrong', async () => {
  const marks = Object.keys(fenceMarks).filter(mark => !tooRare.includes(mark));
  const campaign = await runCampaign(
    { name: 'webhook-fence', make: options => new FenceWorld(options), marks },
    { seeds: [...seeds, ...onceFailed], twiceEvery: 40, failuresMax: 1 },
  );
  expect(campaign.failures).toEqual([]);
  expect([...campaign.marks].filter(([, times]) => times === 0)).toEqual([]);
}, 600_000);

it.each(Object.entries(plantedFenceBugs))(
  'finds a fence that %s',
  async (_, plant) => {
    expect(await findProblem(seeds, seed => new FenceWorld({ seed, plant }))).toBeDefined();
  },
  600_000,
);
