import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { interleaved, median } from './run-subject.ts';

const run = promisify(execFile);

/** Loads a bundle as Lambda's runtime does, and prints how long that took. */
const loader = `const begin = process.hrtime.bigint();
const cpu = process.cpuUsage();
await import(process.argv[1]);
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ wall: Number(process.hrtime.bigint() - begin) / 1e6, cpu: (user + system) / 1e3 }));
process.exit();`;

/** Milliseconds from a started process to a loaded handler. */
export interface ColdStart {
  readonly wall: number;
  readonly cpu: number;
}

/** All that a function's bundle asks of its environment when it loads. */
const environment = {
  AWS_REGION: 'eu-central-1',
  ...Object.fromEntries(
    [
      'BUS_NAME',
      'LEDGER_TABLE',
      'CLAIMS_TABLE',
      'OPERATE_TABLE',
      'INBOUND_BUCKET',
      'RAW_BUCKET',
      'QUARANTINE_BUCKET',
    ].map(name => [name, 'x']),
  ),
  LANE_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/1/lane',
  DEAD_LETTERS_URL: 'https://sqs.eu-central-1.amazonaws.com/1/dead',
  ROWS_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/1/rows',
};

/** Medians over rounds in turn. */
export async function coldStarts(rounds: number, modules: readonly string[]): Promise<ColdStart[]> {
  const found = await interleaved(
    rounds,
    modules.map(path => () => load(path)),
  );
  return found.map(starts => ({
    wall: median(starts.map(({ wall }) => wall)),
    cpu: median(starts.map(({ cpu }) => cpu)),
  }));
}

async function load(path: string): Promise<ColdStart> {
  const { stdout } = await run(
    process.execPath,
    ['--no-warnings', '--input-type=module', '-e', loader, path],
    { env: { ...process.env, ...environment } },
  );
  return JSON.parse(stdout) as ColdStart;
}
