import { type Played, play, problemOf } from './play.ts';
import { ways } from './ways.ts';

// `npm run histories -- --runs 1000` plays more of them.
const seeds = [3, 1_009];

describe('a random history, shuffled and doubled, ends at what the database holds', () => {
  it.each(ways.map(way => [way.name, way] as const))('%s', async (_, way) => {
    for (const seed of seeds) expect([seed, problemOf(await play(way, seed))]).toEqual([seed, undefined]);
  });

  it('of the same seed each time', async () => {
    const [way] = ways;
    if (!way) throw new Error('no way');
    expect(await play(way, 5)).toEqual(await play(way, 5));
  });
});

describe('a history is told to be wrong', () => {
  const played: Played = { isTrue: true, truth: {}, end: {}, falls: 1, stops: 1, troubles: [] };

  it.each<[string, Partial<Played>, string]>([
    [
      'where consumers end elsewhere',
      { isTrue: false, truth: { 1: 'b' }, end: { 1: 'a' } },
      'consumers end at {"1":"a"}, not at {"1":"b"}',
    ],
    ['where the feed stopped without a fall', { stops: 2 }, 'stopped 2 times, though the log fell 1 times'],
    [
      'where records were quarantined',
      { troubles: ['quarantined: MISSING_KEY, x'] },
      'quarantined: MISSING_KEY, x',
    ],
  ])('%s', (_, more, problem) => {
    expect(problemOf({ ...played, ...more })).toBe(problem);
    expect(problemOf(played)).toBeUndefined();
  });
});
