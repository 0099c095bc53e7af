import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { type LocalCloud, startLocalCloud } from '#local/start-local-cloud.ts';
import { laneStack, stateDirectory, writeAssembly } from './support/assembly.ts';
import { clientsOf } from './support/clients.ts';
import { eventually } from './support/eventually.ts';

/** Tells the console's log about each message, and does what its body says. */
const obey = `
export const handler = async event => {
  const failures = [];
  for (const record of event.Records) {
    const { n, act } = JSON.parse(record.body);
    console.log(JSON.stringify({ n, attempt: record.attributes.ApproximateReceiveCount, batch: event.Records.length }));
    if (act === 'throw') throw new TypeError('as told');
    if (act === 'hang') for (;;);
    if (act === 'exit') process.exit(3);
    if (act === 'hoard') for (const all = []; ; ) all.push(new Array(10_000).fill(Math.random()));
    if (act === 'wait') await new Promise(resolve => setTimeout(resolve, 150));
    if (act === 'wait') console.log(JSON.stringify({ done: n }));
    if (act === 'fail') failures.push({ itemIdentifier: record.messageId });
    if (act === 'fail once' && record.attributes.ApproximateReceiveCount === '1')
      failures.push({ itemIdentifier: record.messageId });
    if (act === 'wrong') failures.push({ itemIdentifier: 'none such' });
  }
  return { batchItemFailures: failures };
};`;

interface Line {
  readonly n?: number;
  readonly attempt?: string;
  readonly batch?: number;
  readonly done?: number;
  readonly message?: string;
}

const state = stateDirectory();
let cloud: LocalCloud;
const problems: string[] = [];
let sqs: ReturnType<typeof clientsOf>['sqs'];

beforeAll(async () => {
  const stacks = {
    single: laneStack('single', { fn: { Timeout: 1 } }),
    batches: laneStack('batches', {
      mapping: { BatchSize: 10, MaximumBatchingWindowInSeconds: 1 },
      queue: { VisibilityTimeout: 4 },
    }),
    pairs: laneStack('pairs', {
      fn: { Timeout: 60 },
      mapping: { ScalingConfig: { MaximumConcurrency: 2 } },
      queue: { VisibilityTimeout: 60 },
    }),
  };
  const assemblyDir = writeAssembly(stacks, { single: obey, batches: obey, pairs: obey });
  cloud = await startLocalCloud({
    assemblyDir,
    stateDir: state.path,
    report: problem => problems.push(problem),
  });
  sqs = clientsOf(cloud.description).sqs;
});

afterAll(async () => {
  await cloud.stop();
  sqs.destroy();
  state.remove();
});

const laneOf = (id: string) => cloud.description.lanes.find(lane => lane.id === id)!;

const send = (id: string, body: object) =>
  sqs.send(new SendMessageCommand({ QueueUrl: laneOf(id).queueUrl, MessageBody: JSON.stringify(body) }));

const log = (id: string): Line[] =>
  readFileSync(join(state.path, 'logs', `${id}-Fn.log`), 'utf8')
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line));

async function dead(id: string): Promise<object | undefined> {
  const answer = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: laneOf(id).dlqUrl, WaitTimeSeconds: 1, VisibilityTimeout: 0 }),
  );
  return answer.Messages?.map(message => JSON.parse(message.Body!))[0];
}

async function emptied(id: string): Promise<true | undefined> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: laneOf(id).queueUrl, AttributeNames: ['All'] }),
  );
  const left =
    Number(Attributes?.ApproximateNumberOfMessages) +
    Number(Attributes?.ApproximateNumberOfMessagesNotVisible);
  return left === 0 || undefined;
}

test('a failed item alone comes again, when its visibility timeout has ended', async () => {
  const Entries = ['ok', 'fail once', 'ok'].map((act, i) => ({
    Id: String(i),
    MessageBody: JSON.stringify({ n: 10 + i, act }),
  }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: laneOf('batches').queueUrl, Entries }));
  const lines = await eventually(() => {
    const found = log('batches').filter(({ n }) => n !== undefined && n >= 10 && n < 20);
    return found.length === 4 ? found : undefined;
  });
  expect(lines.map(({ n, attempt }) => [n, attempt])).toEqual([
    [10, '1'],
    [11, '1'],
    [12, '1'],
    [11, '2'],
  ]);
  expect(lines[0]?.batch).toBe(3);
  await eventually(() => emptied('batches'));
});

test('what fails too often goes to the dead-letter queue', async () => {
  await send('single', { n: 20, act: 'fail' });
  expect(await eventually(() => dead('single'))).toEqual({ n: 20, act: 'fail' });
  expect(log('single').filter(({ n }) => n === 20)).toHaveLength(2);
});

test.each([
  [30, 'throw', 'TypeError: as told'],
  [40, 'hang', 'Task timed out after 1.00 seconds'],
  [50, 'exit', 'exited with 3'],
])(
  'message %i: a function told to %s fails its batch, and the next message finds a working one',
  async (n, act, message) => {
    await send('single', { n, act });
    await eventually(() => log('single').find(line => line.message?.includes(message)));
    await eventually(() =>
      problems.find(problem => problem.startsWith('single-Fn: ') && problem.includes(message)),
    );
    await send('single', { n: n + 1, act: 'ok' });
    await eventually(() => log('single').find(line => line.n === n + 1));
  },
);

test('a function that is killed fails its batch, and the next message finds a working one', async () => {
  await send('single', { n: 45, act: 'wait' });
  await eventually(() => log('single').find(line => line.n === 45));
  expect(cloud.kill('single-Fn')).toBe(true);
  await eventually(() => log('single').find(line => line.message?.includes('signal: killed')));
  await send('single', { n: 46, act: 'ok' });
  await eventually(() => log('single').find(line => line.n === 46));
});

test('a function that takes more memory than it has is ended', async () => {
  await send('pairs', { n: 55, act: 'hoard' });
  await eventually(() => log('pairs').find(line => line.message?.includes('memory limit')));
});

test('an answer that names no message of the batch fails all of it', async () => {
  await send('single', { n: 60, act: 'wrong' });
  await eventually(() => (log('single').filter(({ n }) => n === 60).length >= 2 ? true : undefined));
});

test('no more batches are in work than the mapping allows', async () => {
  for (let n = 70; n < 76; n++) await send('pairs', { n, act: 'wait' });
  const lines = await eventually(() => {
    const found = log('pairs').filter(line => (line.n ?? line.done ?? 0) >= 70);
    return found.length === 12 ? found : undefined;
  });
  let running = 0;
  const counts = lines.map(line => {
    running += line.done === undefined ? 1 : -1;
    return running;
  });
  expect(Math.max(...counts)).toBe(2);
});
