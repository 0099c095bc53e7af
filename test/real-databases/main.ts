import { parseArgs } from 'node:util';
import { runMariadb } from './mariadb/run.ts';
import type { Outcome } from './outcome.ts';
import { runPostgresql } from './postgresql/run.ts';
import { ServerMissing } from './programs.ts';

/*
 * Histories of several sessions in real databases, followed through the log, the product's decoder and flow, and a consumer that
 * uses the consumer kit; in the end the database compares the consumer's rows with its own. Not part of `npm test`, which needs no
 * database: `npm run real-databases -- --runs 3 --seed 1`.
 *
 * Debezium itself is not run. The converters in `postgresql/` and `mariadb/` read the log and write the connector's records, as its
 * documentation describes them.
 */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' } },
});

let failed = false;

function report({ name, records, published, rows, troubles }: Outcome, seed: number): void {
  const verdict = troubles.length === 0 ? 'agrees' : `${troubles.length} differences`;
  process.stdout.write(
    `${name}, seed ${seed}: ${records} records, ${published} events, ${rows} rows: ${verdict}\n`,
  );
  for (const trouble of troubles.slice(0, 10)) process.stdout.write(`  ${trouble}\n`);
  failed ||= troubles.length > 0;
}

for (const run of [runPostgresql, runMariadb])
  try {
    for (let seed = Number(values.seed); seed < Number(values.seed) + Number(values.runs); seed++)
      for (const outcome of await run(seed)) report(outcome, seed);
  } catch (error) {
    if (!(error instanceof ServerMissing)) throw error;
    process.stdout.write(`${error.message}\n`);
    failed = true;
  }
process.exitCode = failed ? 1 : 0;
