import { runCampaign } from '../shared/campaign.ts';
import { run } from '../shared/run.ts';
import { laneMarks } from './marks.ts';
import { plantedBugs } from './planted.ts';
import { LaneWorld } from './world.ts';

const seeds = Array.from({ length: 200 }, (_, n) => String(n + 1));

it('loses nothing, counts nothing twice and comes to rest, whatever goes wrong', async () => {
  const subject = {
    name: 'file-lane',
    make: (options: object) => new LaneWorld({ seed: '', ...options }),
    marks: [],
  };
  const { failures, marks } = await runCampaign(subject, { seeds, twiceEvery: 40, failuresMax: 1 });
  expect(failures).toEqual([]);
  expect(Object.keys(laneMarks).filter(mark => !marks.has(mark))).toEqual([]);
});

it.each(Object.entries(plantedBugs))('finds a lane that %s', async (_, bug) => {
  const found = await firstProblem(seed => new LaneWorld({ seed, ...bug }));
  expect(found).toBeDefined();
});

async function firstProblem(make: (seed: string) => LaneWorld): Promise<string | undefined> {
  for (const seed of seeds) {
    const { problems } = await run(make(seed));
    if (problems[0]) return problems[0];
  }
  return undefined;
}
