import '../shared/synchronous-inflate.ts';

import { runCampaign } from '../shared/campaign.ts';
import { findProblem } from '../shared/find-problem.ts';
import { laneMarks } from './marks.ts';
import { plantedBugs } from './planted.ts';

// Jest reads what zlib exports when it links a module, which is before the first line of any runs.
const { LaneWorld } = await import('./world.ts');

const seeds = Array.from({ length: 200 }, (_, n) => String(n + 1));
/** One seed in hundreds reaches them: `npm run simulate` demands them. */
const tooRare = ['took a row from one that never publishes', 'found a later row of the key'];

it('loses nothing, counts nothing twice and comes to rest, whatever goes wrong', async () => {
  const marks = Object.keys(laneMarks).filter(mark => !tooRare.includes(mark));
  const campaign = await runCampaign(
    { name: 'file-lane', make: options => new LaneWorld(options), marks },
    { seeds: seeds.slice(0, 120), twiceEvery: 40, failuresMax: 1 },
  );
  expect(campaign.failures).toEqual([]);
  expect([...campaign.marks].filter(([, times]) => times === 0)).toEqual([]);
}, 600_000);

it.each(Object.entries(plantedBugs))(
  'finds a lane that %s',
  async (_, bug) => {
    expect(await findProblem(seeds, seed => new LaneWorld({ seed, ...bug }))).toBeDefined();
  },
  600_000,
);
