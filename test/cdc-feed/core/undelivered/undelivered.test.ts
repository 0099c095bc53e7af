import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { callBytesMax, callsOf } from '#adapters/cdc-feed/core/undelivered/calls.ts';
import { readUndelivered, withoutRecords } from '#adapters/cdc-feed/core/undelivered/read-undelivered.ts';
import { spec } from '../../flow/feeds.ts';
import { eventOf } from '../../flow/stream-events.ts';
import { kinesisEvent, type Put, undeliveredObject } from './undelivered-objects.ts';

const put = (...numbers: number[]): Put[] => numbers.map(number => ({ key: `k${number}`, number }));

const numbersIn = (event: object): number[] =>
  (event as ReturnType<typeof kinesisEvent>).Records.map(({ kinesis }) => Number(kinesis.sequenceNumber));

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
    expect(() => readUndelivered('o', text)).toThrow(reason);
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
});

describe('an object without records that ended', () => {
  const numbersOf = (text: string) =>
    readUndelivered('o', text).map(({ shard, records }) => [shard, records.map(({ id }) => id)]);

  it('of Kinesis holds the others, and says the same of them', () => {
    const text = undeliveredObject('kinesis', kinesisEvent('s', put(1, 2, 3)), { shard: 's' });
    const left = withoutRecords(text, new Set(['crm-prod/s/1', 'crm-prod/s/3', 'crm-prod/other/2']));
    expect(numbersOf(left!)).toEqual([['s', ['2']]]);
    expect(left).toBe(undeliveredObject('kinesis', kinesisEvent('s', put(2)), { shard: 's' }));
    expect(withoutRecords(left!, new Set(['crm-prod/s/2']))).toBeUndefined();
  });

  it('of Kafka holds the partitions that are left', () => {
    const record = (partition: number, offset: number) => ({
      ...{ topic: 't', partition, offset, timestamp: 1_767_600_000_000, key: 'YQ==' },
    });
    const records = { 't-0': [record(0, 5), record(0, 6)], 't-1': [record(1, 5)] };
    const text = undeliveredObject('kafka', { eventSource: 'aws:kafka', records });
    expect(numbersOf(withoutRecords(text, new Set(['t/0/5', 't/0/6']))!)).toEqual([['1', ['5']]]);
    expect(numbersOf(withoutRecords(text, new Set(['t/1/5', 't/0/5']))!)).toEqual([['0', ['6']]]);
    expect(withoutRecords(text, new Set(['t/0/5', 't/0/6', 't/1/5']))).toBeUndefined();
  });
});
