import { parseArgs } from 'node:util';
import { play, problemOf } from './play.ts';
import { ways } from './ways.ts';

/** `npm run histories -- --runs 1000`: random histories of each connector; `--seed` begins at another, `--way` names some. */
const { values } = parseArgs({
  options: { runs: { type: 'string' }, seed: { type: 'string' }, way: { type: 'string' } },
});
const runs = Number(values.runs ?? 100);
const first = Number(values.seed ?? 1);
let problems = 0;
for (const way of ways.filter(({ name }) => name.includes(values.way ?? ''))) {
  let falls = 0;
  let stops = 0;
  let right = 0;
  for (let seed = first; seed < first + runs; seed++) {
    const played = await play(way, seed);
    const problem = problemOf(played);
    falls += played.falls;
    stops += played.stops;
    if (problem === undefined) right += 1;
    else if (++problems <= 20) process.stderr.write(`${way.name}, seed ${seed}: ${problem}\n`);
  }
  process.stdout.write(
    `${way.name}: ${right} of ${runs} end at the true state; ${falls} falls, ${stops} stops with an alarm\n`,
  );
}
process.exitCode = problems > 0 ? 1 : 0;
