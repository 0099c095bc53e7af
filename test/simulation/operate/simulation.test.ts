import '../shared/synchronous-inflate.ts';

import { runCampaign } from '../shared/campaign.ts';
import { findProblem } from '../shared/find-problem.ts';
import { plantedBugs } from './planted.ts';

// Jest reads what zlib exports when it links a module, which is before the first line of any runs.
const { OperateWorld } = await import('./world.ts');

const seeds = Array.from({ length: 200 }, (_, n) => String(n + 1));
/** `npm run simulate` demands the marks, and plays more: each seed plays a lane, and hours of looking after it. */
const seedsPlayed = 10;

it('plans end and do each unit, what was lost is found, and the auditor agrees, whatever goes wrong', async () => {
  const campaign = await runCampaign(
    { name: 'operate', make: options => new OperateWorld(options), marks: [] },
    { seeds: seeds.slice(0, seedsPlayed), twiceEvery: 10, failuresMax: 1 },
  );
  expect(campaign.failures).toEqual([]);
}, 600_000);

it.each(Object.entries(plantedBugs))(
  'finds %s',
  async (_, plants) => {
    expect(await findProblem(seeds, seed => new OperateWorld({ seed, plants }))).toBeDefined();
  },
  600_000,
);
