import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { type LocalCloud, startLocalCloud } from '#local/start-local-cloud.ts';
import { stateDirectory, writeAssembly } from './support/assembly.ts';
import { clientsOf } from './support/clients.ts';
import { eventually } from './support/eventually.ts';
import { type FeedOptions, feedStack } from './support/feed-stack.ts';
import { type Invoked, invoked, recorder } from './support/recorder.ts';

interface Feed {
  readonly cloud: LocalCloud;
  readonly invocations: readonly Invoked[];
  put(...records: readonly (readonly [key: string, value: string])[]): Promise<void>;
}

const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function feedWith(verdict: string, options: FeedOptions = {}): Promise<Feed> {
  const state = stateDirectory();
  const assemblyDir = writeAssembly({ crm: feedStack('crm', options) }, { crm: recorder(verdict) });
  const cloud = await startLocalCloud({ assemblyDir, stateDir: state.path, report: () => undefined });
  const invocations: Invoked[] = [];
  cloud.onEvent(event => invocations.push(invoked(event)));
  const { kinesis } = clientsOf(cloud.description);
  ends.push(async () => {
    kinesis.destroy();
    await cloud.stop();
    state.remove();
  });
  const put: Feed['put'] = async (...records) => {
    const Records = records.map(([PartitionKey, value]) => ({ PartitionKey, Data: Buffer.from(value) }));
    await kinesis.send(new PutRecordsCommand({ StreamName: 'crm-stream', Records }));
  };
  return { cloud, invocations, put };
}

const numbered = (count: number, key = (n: number) => `k${n}`) =>
  Array.from({ length: count }, (_, n) => [key(n), String(n)] as const);

const values = (feed: Feed): readonly (readonly string[])[] => feed.invocations.map(given => given.values);
const count = (feed: Feed, n: number) =>
  eventually(() => (feed.invocations.length >= n ? feed.invocations : undefined));

/** Long enough for another invocation, had there been one. */
const quiet = () => new Promise(resolve => setTimeout(resolve, 400));

const ok = 'return { batchItemFailures: [] };';

test('records reach the function in Lambda’s form, in order, a batch at a time', async () => {
  const feed = await feedWith(ok, { mapping: { BatchSize: 2 } });
  await feed.put(['a', 'one'], ['b', 'two'], ['a', 'three']);
  await count(feed, 2);
  expect(values(feed)).toEqual([['one', 'two'], ['three']]);
  const streamArn = 'arn:aws:kinesis:eu-central-1:000000000000:stream/crm-stream';
  expect(feed.invocations[0]?.records[0]).toMatchObject({
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: 'a',
      data: Buffer.from('one').toString('base64'),
      sequenceNumber: expect.stringMatching(/^\d{56}$/),
      approximateArrivalTimestamp: expect.closeTo(Date.now() / 1000, -2),
    },
    eventSource: 'aws:kinesis',
    eventID: expect.stringMatching(/^shardId-000000000000:\d{56}$/),
    eventName: 'aws:kinesis:record',
    eventSourceARN: streamArn,
  });
  expect(feed.invocations[0]?.kinesis).toBe(feed.cloud.description.endpoints.kinesis);
});

test('a window gathers what comes until it ends', async () => {
  const feed = await feedWith(ok, { mapping: { MaximumBatchingWindowInSeconds: 1 } });
  await feed.put(['a', '1']);
  await feed.put(['a', '2']);
  await count(feed, 1);
  expect(values(feed)).toEqual([['1', '2']]);
});

test('a reported failure is where the shard goes on, and nothing before it comes again', async () => {
  const feed = await feedWith('return attempt === 1 ? failFrom(2) : { batchItemFailures: [] };', {
    mapping: { BatchSize: 4, MaximumBatchingWindowInSeconds: 1 },
  });
  await feed.put(...numbered(5));
  await count(feed, 3);
  expect(values(feed)).toEqual([['0', '1', '2', '3'], ['2', '3'], ['4']]);
});

test('an error halves the batch until the bad record stands alone, and only that is undelivered', async () => {
  const feed = await feedWith(`if (values.includes('2')) throw new Error('bad record'); ${ok}`, {
    mapping: {
      BatchSize: 4,
      MaximumBatchingWindowInSeconds: 1,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 1,
    },
  });
  await feed.put(...numbered(5));
  await count(feed, 7);
  expect(values(feed)).toEqual([['0', '1', '2', '3'], ['0', '1'], ['2', '3'], ['2'], ['2'], ['3'], ['4']]);
  expect(await givenUp(feed)).toMatchObject({
    requestContext: {
      functionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:crm-Fn',
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 2,
    },
    responseContext: { statusCode: 200, functionError: 'Unhandled' },
    version: '1.0',
    KinesisBatchInfo: {
      shardId: 'shardId-000000000000',
      batchSize: 1,
      streamArn: 'arn:aws:kinesis:eu-central-1:000000000000:stream/crm-stream',
    },
  });
});

test('without limits a failing batch is tried until it succeeds, and what follows waits', async () => {
  const feed = await feedWith(`if (attempt < 4) throw new Error('bus down'); ${ok}`, {
    mapping: { BatchSize: 2 },
  });
  await feed.put(...numbered(3));
  await count(feed, 5);
  expect(values(feed)).toEqual([['0', '1'], ['0', '1'], ['0', '1'], ['0', '1'], ['2']]);
});

test('an answer that names no record of the batch fails the whole batch', async () => {
  const feed = await feedWith(
    "return attempt === 1 ? { batchItemFailures: [{ itemIdentifier: 'unknown' }] } : null;",
  );
  await feed.put(['a', '1']);
  await count(feed, 2);
  expect(values(feed)).toEqual([['1'], ['1']]);
});

test('without ReportBatchItemFailures an answer is not looked at', async () => {
  const feed = await feedWith('return failFrom(0);', { mapping: { FunctionResponseTypes: [] } });
  await feed.put(['a', '1']);
  await count(feed, 1);
  await quiet();
  expect(values(feed)).toEqual([['1']]);
});

test('records past their age are undelivered, the others go on', async () => {
  const feed = await feedWith(`if (values[0] === 'old') throw new Error('down'); ${ok}`, {
    mapping: { BatchSize: 1, MaximumRecordAgeInSeconds: 1 },
  });
  await feed.put(['a', 'old']);
  expect(await givenUp(feed)).toMatchObject({ requestContext: { condition: 'RecordAgeExceeded' } });
  await feed.put(['a', 'new']);
  await eventually(() => feed.invocations.find(given => given.values[0] === 'new'));
});

test('batches of one shard run side by side, those of one key one after the other', async () => {
  const state = stateDirectory();
  const gate = join(state.path, 'open');
  const feed = await feedWith(
    `const { existsSync } = await import('node:fs');
     while (!existsSync(${JSON.stringify(gate)})) await new Promise(resolve => setTimeout(resolve, 10));
     ${ok}`,
    { mapping: { BatchSize: 1, ParallelizationFactor: 4 } },
  );
  ends.push(async () => state.remove());
  const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
  await feed.put(...numbered(18, n => keys[n % keys.length]!));
  await eventually(() => (feed.invocations.length > 1 ? feed.invocations : undefined));
  await quiet();
  expect(feed.invocations.length).toBeLessThanOrEqual(4);
  expect(new Set(feed.invocations.map(keyOf)).size).toBe(feed.invocations.length);
  writeFileSync(gate, '');
  await count(feed, 18);
  for (const key of keys) {
    const order = feed.invocations
      .filter(given => keyOf(given) === key)
      .map(given => Number(given.values[0]));
    expect(order).toHaveLength(3);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  }
});

test('a bucket as destination gets the whole batch', async () => {
  const feed = await feedWith("throw new Error('down');", {
    destination: 'bucket',
    mapping: { MaximumRetryAttempts: 0 },
  });
  await feed.put(['a', '1'], ['a', '2']);
  const { s3 } = clientsOf(feed.cloud.description);
  const Bucket = 'crm-undelivered';
  const object = await eventually(
    async () => (await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.[0],
  );
  expect(object.Key).toMatch(
    /^aws\/lambda\/crm-Mapping\/shardId-000000000000\/(\d{4})\/(\d\d)\/(\d\d)\/\1-\2-\3T\d\d\.\d\d\.\d\d-[0-9a-f-]{36}$/,
  );
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: object.Key }));
  const given = JSON.parse(await Body!.transformToString());
  expect(given.KinesisBatchInfo.batchSize).toBe(2);
  expect(JSON.parse(given.payload).Records).toEqual(feed.invocations[0]?.records);
});

const keyOf = ({ records }: Invoked): string =>
  (records[0]!.kinesis as { readonly partitionKey: string }).partitionKey;

async function givenUp(feed: Feed): Promise<Record<string, unknown>> {
  const { sqs } = clientsOf(feed.cloud.description);
  const QueueUrl = `${feed.cloud.description.endpoints.sqs}/000000000000/crm-given-up`;
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
  return JSON.parse(Messages![0]!.Body!);
}
