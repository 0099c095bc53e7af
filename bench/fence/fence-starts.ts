import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { interleaved, median } from '../run-subject.ts';

const run = promisify(execFile);

/** Loads a bundle as Lambda's runtime does, hands it one request, and prints what both took. */
const loader = `const [path, event] = process.argv.slice(1);
const begin = process.hrtime.bigint();
const since = process.cpuUsage();
const taken = () => {
  const { user, system } = process.cpuUsage(since);
  return { wall: Number(process.hrtime.bigint() - begin) / 1e6, cpu: (user + system) / 1e3 };
};
const { handler } = await import(path);
const loaded = taken();
const context = { awsRequestId: 'x', getRemainingTimeInMillis: () => 29_000 };
const { statusCode, body } = await handler(JSON.parse(event), context);
const answered = taken();
if (statusCode !== 202) throw new Error('answered ' + statusCode + ': ' + body);
process.stderr.write(JSON.stringify({ loaded, answered }));
process.exit();`;

/** Milliseconds since the process began to load the bundle. */
interface Times {
  readonly wall: number;
  readonly cpu: number;
}

export interface FenceStart {
  readonly loaded: Times;
  readonly answered: Times;
}

const settings = [
  'BUS_NAME',
  'CLAIMS_TABLE',
  'OPERATE_TABLE',
  'RAW_BUCKET',
  'QUARANTINE_BUCKET',
  'SECRET_ID',
];

const environmentOf = (endpoint: string) => ({
  ...process.env,
  ...Object.fromEntries(settings.map(name => [name, 'x'])),
  SPILL_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/1/spill',
  DEAD_LETTERS_URL: 'https://sqs.eu-central-1.amazonaws.com/1/dead',
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'x',
  AWS_SECRET_ACCESS_KEY: 'x',
});

export interface Subject {
  readonly index: string;
  readonly event: object;
}

/** Medians over rounds in turn, each in a fresh process. */
export async function fenceStarts(
  rounds: number,
  subjects: readonly Subject[],
  endpoint: string,
): Promise<FenceStart[]> {
  const env = environmentOf(endpoint);
  const found = await interleaved(
    rounds,
    subjects.map(subject => () => start(subject, env)),
  );
  return found.map(starts => ({
    loaded: medianOf(starts, 'loaded'),
    answered: medianOf(starts, 'answered'),
  }));
}

async function start({ index, event }: Subject, env: NodeJS.ProcessEnv): Promise<FenceStart> {
  const args = ['--no-warnings', '--input-type=module', '-e', loader, index, JSON.stringify(event)];
  // What the function logs goes to the other stream.
  const { stderr } = await run(process.execPath, args, { env });
  return JSON.parse(stderr) as FenceStart;
}

const medianOf = (starts: readonly FenceStart[], step: keyof FenceStart): Times => ({
  wall: median(starts.map(one => one[step].wall)),
  cpu: median(starts.map(one => one[step].cpu)),
});
