import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import * as fc from 'fast-check';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { callBytesMax, callsOf } from '#cli/redeliver/calls.ts';
import { deployedFeed, localFeed } from '#cli/redeliver/feed-place.ts';
import { readCall } from '#cli/redeliver/read-call.ts';
import { readUndelivered, reasonOf } from '#cli/redeliver/read-undelivered.ts';
import { type EndedBatch, redeliverAll } from '#cli/redeliver/redeliver-all.ts';
import { batchesTable, endsTable, stopLines } from '#cli/redeliver/redelivery-tables.ts';
import { survey } from '#cli/redeliver/survey.ts';
import type { CloudDescription } from '#local/cloud-description.ts';
import { spec } from '../cdc-feed/flow/feeds.ts';
import { eventOf } from '../cdc-feed/flow/stream-events.ts';
import { kinesisEvent, MemoryBucket, type Put, undeliveredObject } from './undelivered-objects.ts';

const put = (...numbers: number[]): Put[] => numbers.map(number => ({ key: `k${number}`, number }));

const numbersIn = (event: object): number[] =>
  (event as ReturnType<typeof kinesisEvent>).Records.map(({ kinesis }) => Number(kinesis.sequenceNumber));

/** Calls the function that says where it stops; gives what it was called with. */
async function redeliver(bucket: MemoryBucket, stopAt: (number: number) => boolean = () => false) {
  const calls: number[][] = [];
  const invoke = async (event: object) => {
    const numbers = numbersIn(event);
    calls.push(numbers);
    const stop = numbers.find(stopAt);
    return { batchItemFailures: stop === undefined ? [] : [{ itemIdentifier: String(stop) }] };
  };
  return { calls, ended: await run(bucket, invoke) };
}

const run = async (
  bucket: MemoryBucket,
  invoke?: (event: object) => Promise<unknown>,
  signal = new AbortController().signal,
): Promise<EndedBatch[]> =>
  redeliverAll({ undelivered: bucket, invoke, renew: async () => undefined, signal }, await survey(bucket));

const endsOf = (ended: readonly EndedBatch[]) => ended.map(({ end }) => end);

describe('what is asked on the command line', () => {
  it('is a preview unless it says go, of the local cloud unless it names a stage', () => {
    expect(readCall(['crm-customers'])).toEqual({ feed: 'crm-customers', stage: undefined, go: false });
    expect(readCall(['crm-customers', '--go', '--stage', 'prod'])).toEqual({
      feed: 'crm-customers',
      stage: 'prod',
      go: true,
    });
  });

  it.each([
    ['no feed', ['--go'], 'usage: npm run redeliver'],
    ['two feeds', ['crm-customers', 'erp-stock'], 'usage: npm run redeliver'],
    ['an empty stage', ['crm-customers', '--stage='], 'usage: npm run redeliver'],
    ['an option that is not known', ['crm-customers', '--force'], '--force'],
  ])('is refused with %s', (_, args, message) => {
    expect(() => readCall(args)).toThrow(message);
  });
});

describe('where a feed is', () => {
  it('says the outputs of its stack in an account', async () => {
    const cloudFormation = mockClient(CloudFormationClient);
    const outputs = {
      FunctionName: 'fn',
      UndeliveredBucketName: 'lost',
      UndeliveredQueueUrl: 'https://queue',
    };
    const Outputs = Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
    const stack = { StackName: 'x', CreationTime: new Date(0), StackStatus: 'CREATE_COMPLETE' } as const;
    cloudFormation
      .on(DescribeStacksCommand, { StackName: 'EdgeFeed-crm-customers-prod' })
      .resolves({ Stacks: [{ ...stack, Outputs }] })
      .on(DescribeStacksCommand, { StackName: 'EdgeFeed-crm-customers-dev' })
      .resolves({ Stacks: [{ ...stack, Outputs: Outputs.slice(1) }] });
    expect(await deployedFeed('crm-customers', 'prod')).toMatchObject({
      functionName: 'fn',
      bucket: 'lost',
      queueUrl: 'https://queue',
    });
    await expect(deployedFeed('crm-customers', 'dev')).rejects.toThrow(
      'stack EdgeFeed-crm-customers-dev has no output FunctionName',
    );
    cloudFormation.restore();
  });

  it('names the feeds there are when the local cloud has no such', () => {
    const description = { feeds: [{ id: 'erp-stock' }, { id: 'loyalty-members' }] };
    expect(() => localFeed(description as unknown as CloudDescription, 'erp')).toThrow(
      'there is no feed "erp"; feeds are erp-stock, loyalty-members',
    );
  });
});

describe('an object that Lambda left', () => {
  const record = (sequenceNumber: string, partitionKey: string) => ({
    sequenceNumber,
    partitionKey,
    arrivedAtSeconds: 1_767_600_000,
    data: '{}',
  });

  it('of Kinesis is a batch of one shard', () => {
    const big = 49_601_189_658_422_359_378_836_298_521_827_638_475_320_189_012_309_704_722n;
    const event = kinesisEvent('shardId-000000000001', [
      { key: 'a', number: big },
      { key: 'b', number: big + 7n },
    ]);
    const [batch, ...others] = readUndelivered('aws/lambda/x', undeliveredObject('kinesis', event));
    expect(others).toEqual([]);
    expect(batch).toMatchObject({
      object: 'aws/lambda/x',
      stream: 'crm-prod',
      shard: 'shardId-000000000001',
      first: big,
      count: 2,
      since: '2026-01-05T08:00:00.250Z',
      undeliveredSince: '2026-01-05T14:00:00.500Z',
      condition: 'RecordAgeExceeded',
    });
    expect(batch!.records.map(({ id, key }) => [id, key])).toEqual([
      [String(big), 'a'],
      [String(big + 7n), 'b'],
    ]);
    expect(batch!.eventOf(batch!.records.slice(1))).toEqual({ Records: event.Records.slice(1) });
  });

  it('of DynamoDB Streams has the key of its items, in whatever order its attributes stand', () => {
    const item = (Keys: object) => ({
      eventSourceARN: 'arn:aws:dynamodb:eu-central-1:123456789012:table/loyalty/stream/2026-01-01T00:00:00',
      dynamodb: { SequenceNumber: '800000000003126276362', Keys, ApproximateCreationDateTime: 1.7676e9 },
    });
    const event = {
      Records: [item({ id: { S: '1' }, at: { N: '2' } }), item({ at: { N: '2' }, id: { S: '1' } })],
    };
    const [batch] = readUndelivered('o', undeliveredObject('dynamodb', event, { shard: 'shardId-1' }));
    expect(batch).toMatchObject({ stream: 'loyalty', shard: 'shardId-1', first: 800000000003126276362n });
    expect(batch!.records[0]!.key).toBe(batch!.records[1]!.key);
  });

  it('of Kafka is a batch for each partition', () => {
    const feed = defineCdcFeed({ ...spec, stream: { kind: 'kafka', topics: ['crm.public.customers'] } });
    const event = eventOf(feed, [record('7', 'a'), record('8', 'b')]) as unknown as {
      records: Record<string, { partition: number }[]>;
    };
    const name = 'crm.public.customers';
    const second = event.records[`${name}-0`]!.map(each => ({ ...each, partition: 1 }));
    const both = { ...event, records: { ...event.records, [`${name}-1`]: second } };
    const batches = readUndelivered('o', undeliveredObject('kafka', both));
    expect(batches.map(({ stream, shard, first, count }) => [stream, shard, first, count])).toEqual([
      [name, '0', 7n, 2],
      [name, '1', 7n, 2],
    ]);
    expect(batches[1]!.eventOf(batches[1]!.records.slice(1))).toEqual({
      ...event,
      records: { [`${name}-1`]: second.slice(1) },
    });
  });

  it.each([
    ['is no JSON', 'x', 'JSON'],
    [
      'has no payload',
      JSON.stringify({ ...JSON.parse(undeliveredObject('kafka', {})), payload: undefined }),
      'payload',
    ],
    ['has no records', undeliveredObject('kinesis', { Records: [] }), 'Records'],
    ['has no partition', undeliveredObject('kafka', { records: {} }), 'no partition'],
    ['names no shard', undeliveredObject('kafka', kinesisEvent('s', put(1))), 'names no shard'],
    ['holds something else', undeliveredObject('kinesis', { Records: [{ body: 'sqs' }] }), 'eventSourceARN'],
  ])('is told apart when it %s', (_, text, reason) => {
    let why: unknown;
    try {
      readUndelivered('o', text);
    } catch (error) {
      why = reasonOf(error);
    }
    expect(why).toContain(reason);
  });
});

describe('invocations', () => {
  const [batch] = readUndelivered('o', undeliveredObject('kinesis', kinesisEvent('s', put(1, 2, 3, 4, 5))));
  const bytesOf = (event: object) => Buffer.byteLength(JSON.stringify(event));

  it('are one where the batch fits', () => {
    const calls = callsOf(batch!, batch!.records);
    expect(calls.map(({ event }) => numbersIn(event))).toEqual([[1, 2, 3, 4, 5]]);
    expect(callBytesMax).toBe(6_291_455);
  });

  it('are as many as it takes, in order, none larger than Lambda takes', () => {
    const two = bytesOf({ ...batch!.eventOf(batch!.records.slice(0, 2)), redelivery: true }) + 1;
    const calls = callsOf(batch!, batch!.records, two);
    expect(calls.map(({ event }) => numbersIn(event))).toEqual([[1, 2], [3, 4], [5]]);
    for (const { event, bytes } of calls) {
      expect(bytesOf(event)).toBeLessThanOrEqual(bytes);
      expect(bytes).toBeLessThanOrEqual(two);
    }
  });

  it('of a record that is too large by itself say so', async () => {
    const huge = { key: 'a', number: 2, data: 'A'.repeat(callBytesMax) };
    const bucket = new MemoryBucket().give('one', 's', [...put(1), huge, ...put(3)]);
    const { calls, ended } = await redeliver(bucket);
    expect(calls).toEqual([[1]]);
    expect(ended).toMatchObject([{ end: 'stopped', why: expect.stringContaining('record 2 alone') }]);
    expect(bucket.names).toEqual(['one']);
  });
});

describe('redelivery', () => {
  it('only shows a preview without --go', async () => {
    const bucket = new MemoryBucket().give('one', 's', put(1, 2)).give('two', 's', put(3));
    const ended = await run(bucket);
    expect(endsOf(ended)).toEqual(['waiting', 'waiting']);
    expect(bucket.names).toEqual(['one', 'two']);
    expect(endsTable(ended)).toMatch(/waiting +│ +2 │ +3 │ would be delivered/);
    expect(batchesTable(ended)).toMatch(/crm-prod │ s +│ +2 │ 2026-01-05T08:00:00.250Z │ 2026-01-05T14/);
  });

  it('is in the order of the stream, also where a key goes on in another shard', async () => {
    const bucket = new MemoryBucket()
      .give('child', 'shard-2', put(10))
      .give('late', 'shard-1', put(9))
      .give('early', 'shard-1', put(1, 2));
    const { calls, ended } = await redeliver(bucket);
    expect(calls).toEqual([[1, 2], [9], [10]]);
    expect(endsOf(ended)).toEqual(['delivered', 'delivered', 'delivered']);
    expect(bucket.names).toEqual([]);
  });

  it('blocks the later batches of a shard that stops, and goes on with others', async () => {
    const bucket = new MemoryBucket()
      .give('1', 'shard-1', put(1, 2))
      .give('2', 'shard-2', put(3))
      .give('3', 'shard-1', put(4));
    const { calls, ended } = await redeliver(bucket, number => number === 2);
    expect(calls).toEqual([[1, 2], [3]]);
    expect(endsOf(ended)).toEqual(['stopped', 'delivered', 'blocked']);
    expect(bucket.names).toEqual(['1', '3']);
    const [line] = stopLines(ended, { batches: [], unreadable: [] });
    expect(line).toMatch(
      /^crm-prod shard-1: it stopped again at record 2, number 2 of 2; its log names the fault .* Object: aws\/lambda\/.*1$/,
    );
  });

  it('says why a batch stopped, and what to do', async () => {
    const bucket = new MemoryBucket().give('1', 'shard-1', put(1));
    const asked: object[] = [];
    const ended = await run(bucket, async event => {
      asked.push(event);
      return {
        batchItemFailures: [{ itemIdentifier: '1' }],
        stops: [{ itemIdentifier: '1', code: 'POSITION_FELL' }],
      };
    });
    expect(asked).toMatchObject([{ redelivery: true }]);
    const [line] = stopLines(ended, { batches: [], unreadable: [] });
    expect(line).toContain(
      'it stopped again at record 1, number 1 of 1; POSITION_FELL: a new change has a position',
    );
    expect(line).toContain('raise `source.epoch` in the contract and deploy it');
  });

  it('blocks the keys of a batch that stops in every shard, and those of what it blocks', async () => {
    const bucket = new MemoryBucket()
      .give('1', 'parent', [{ key: 'a', number: 1 }])
      .give('2', 'child-1', [
        { key: 'a', number: 2 },
        { key: 'b', number: 3 },
      ])
      .give('3', 'grandchild', [{ key: 'b', number: 4 }])
      .give('4', 'child-2', [{ key: 'c', number: 5 }]);
    const { ended } = await redeliver(bucket, number => number === 1);
    expect(endsOf(ended)).toEqual(['stopped', 'blocked', 'blocked', 'delivered']);
  });

  it('delivers what is undelivered twice only once', async () => {
    const bucket = new MemoryBucket()
      .give('again', 's', put(1, 2, 3))
      .give('part', 's', put(2, 3))
      .give('whole', 's', put(1, 2, 3))
      .give('beyond', 's', put(3, 4))
      .give('elsewhere', 'other', put(3));
    const { calls, ended } = await redeliver(bucket);
    expect(calls).toEqual([[1, 2, 3], [4], [3]]);
    expect(endsOf(ended).filter(end => end === 'repeat')).toHaveLength(2);
    expect(bucket.names).toEqual([]);
  });

  it('does not mistake a record with the same number for a repeat', async () => {
    const other = [{ key: 'k1', number: 1, data: 'b3RoZXI=' }];
    const bucket = new MemoryBucket().give('1', 's', put(1)).give('2', 's', other);
    expect((await redeliver(bucket)).calls).toEqual([[1], [1]]);
  });

  it('keeps an object of Kafka until all its partitions have ended', async () => {
    const record = (partition: number, offset: number) => ({
      topic: 't',
      partition,
      offset,
      timestamp: 1_767_600_000_000,
      key: 'YQ==',
    });
    const event = { records: { 't-0': [record(0, 5)], 't-1': [record(1, 9)] } };
    const bucket = new MemoryBucket().put('aws/lambda/x/y/z', undeliveredObject('kafka', event));
    const invoked: string[] = [];
    let isDown = true;
    const invoke = async (given: object) => {
      const [name] = Object.keys((given as typeof event).records);
      invoked.push(name!);
      if (name === 't-1' && isDown) throw new Error('feed failed: stopped at t/1/9');
      return { batchItemFailures: [] };
    };
    const stopped = await run(bucket, invoke);
    expect(endsOf(stopped)).toEqual(['delivered', 'stopped']);
    expect(stopped[1]!.why).toContain('stopped at t/1/9');
    expect(bucket.names).toEqual(['z']);
    isDown = false;
    expect(endsOf(await run(bucket, invoke))).toEqual(['delivered', 'delivered']);
    expect(bucket.names).toEqual([]);
    expect(invoked).toEqual(['t-0', 't-1', 't-0', 't-1']);
  });

  it.each([
    ['nothing', null],
    ['no list', { batchItemFailures: 'all' }],
    ['an object without one', {}],
  ])('does not believe an answer of %s', async (_, answer) => {
    const bucket = new MemoryBucket().give('1', 's', put(1));
    const ended = await run(bucket, async () => answer);
    expect(ended).toMatchObject([{ end: 'stopped', why: expect.stringContaining('cannot be read') }]);
    expect(bucket.names).toEqual(['1']);
  });

  it('names an object that is none of Lambda’s, and blocks its shard alone', async () => {
    const bucket = new MemoryBucket()
      .put('aws/lambda/0f1e/shard-1/2026/01/05/note', 'see ticket 7')
      .give('1', 'shard-1', put(1))
      .give('2', 'shard-2', put(2));
    const { ended } = await redeliver(bucket);
    expect(endsOf(ended)).toEqual(['blocked', 'delivered']);
    expect(stopLines(ended, await survey(bucket))).toEqual([
      expect.stringMatching(/note was not written by Lambda \(.*JSON.*\) and blocks its shard/),
    ]);
  });

  it('passes over what somebody took away meanwhile', async () => {
    const bucket = new MemoryBucket().give('1', 's', put(1)).give('2', 's', put(2));
    const ended = await run(bucket, async event => {
      for (const object of await bucket.objects()) if (object.endsWith('2')) await bucket.remove(object);
      return { batchItemFailures: numbersIn(event).slice(1) };
    });
    expect(endsOf(ended)).toEqual(['delivered', 'gone']);
  });

  it('ends after the batch in work when it is interrupted', async () => {
    const bucket = new MemoryBucket().give('1', 's', put(1)).give('2', 's', put(2));
    const controller = new AbortController();
    const invoke = async () => {
      controller.abort();
      return { batchItemFailures: [] };
    };
    expect(endsOf(await run(bucket, invoke, controller.signal))).toEqual(['delivered', 'unreached']);
    expect(bucket.names).toEqual(['2']);
  });

  it('delivers nothing more once its lease is lost, and leaves what it had not ended', async () => {
    const bucket = new MemoryBucket().give('1', 's', put(1)).give('2', 's', put(2));
    let renewals = 0;
    const renew = async () => {
      if (++renewals === 2) throw new Error('another redelivery began');
    };
    const { signal } = new AbortController();
    const invoke = async () => ({ batchItemFailures: [] });
    const going = redeliverAll({ undelivered: bucket, invoke, renew, signal }, await survey(bucket));
    await expect(going).rejects.toThrow('another redelivery began');
    expect(bucket.names).toEqual(['2']);
  });

  it('says how many more batches there are than it shows', async () => {
    const bucket = new MemoryBucket();
    for (let n = 1; n <= 52; n++) bucket.give(String(n), 's', put(n));
    expect(batchesTable(await run(bucket))).toMatch(/\nand 2 more$/);
  });
});

describe('order within a key', () => {
  const batches = fc.array(
    fc.record({
      shard: fc.constantFrom('p', 'q', 'r'),
      keys: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 4 }),
    }),
    { maxLength: 12 },
  );

  it('holds whatever stops, in one run and over several', async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.array(fc.nat(60)), fc.nat(), async (given, stops, rotation) => {
        const all: Put[] = [];
        const objects = given.map(({ shard, keys }, n) => {
          const records = keys.map((key, i) => ({ key, number: n * 5 + i + 1 }));
          all.push(...records);
          return { name: String(n), shard, records };
        });
        const bucket = new MemoryBucket();
        const start = objects.length ? rotation % objects.length : 0;
        for (const { name, shard, records } of [...objects.slice(start), ...objects.slice(0, start)])
          bucket.give(name, shard, records);
        const ended: number[] = [];
        for (const stopping of [new Set(stops), new Set(stops.slice(1)), new Set<number>()])
          ended.push(...endedIn((await redeliver(bucket, number => stopping.has(number))).calls, stopping));
        for (const key of ['a', 'b', 'c', 'd']) {
          const numbers = all.filter(each => each.key === key).map(({ number }) => Number(number));
          const first = [...new Set(ended)].filter(number => numbers.includes(number));
          expect(first).toEqual(numbers);
        }
        expect(bucket.names).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

/** Records that a function ended which stops at the first of `stopping` in a call. */
const endedIn = (calls: readonly number[][], stopping: ReadonlySet<number>): number[] =>
  calls.flatMap(numbers => {
    const at = numbers.findIndex(number => stopping.has(number));
    return at < 0 ? numbers : numbers.slice(0, at);
  });
