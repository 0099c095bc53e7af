import type { Context, DynamoDBStreamEvent, KinesisStreamEvent, MSKEvent } from 'aws-lambda';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { outbox } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { memoryFeedPorts } from '#adapters/cdc-feed/memory/memory-feed-ports.ts';
import { customerCreated } from '#events/customers/customer-created.v1.ts';
import { cdcFeed } from '#functions/cdc-feed.ts';
import crmCustomers from '#integrations/crm-customers/contract.ts';
import loyaltyMembers from '#integrations/loyalty-members/contract.ts';
import { change, lena, payloadOf } from './debezium.ts';
import { customers, spec } from './feeds.ts';
import { FeedSimulator } from './simulator.ts';
import { eventOf } from './stream-events.ts';

const context = { getRemainingTimeInMillis: () => 60_000 } as Context;
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

/** As the Lambda documentation shows it. */
const kinesis: KinesisStreamEvent = {
  Records: [
    {
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: '{"id":1001}',
        sequenceNumber: '49590338271490256608559692538361571095921575989136588898',
        data: base64(payloadOf({ op: 'c', after: lena })),
        approximateArrivalTimestamp: 1545084650.987,
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: 'shardId-000000000006:49590338271490256608559692538361571095921575989136588898',
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: 'arn:aws:iam::123456789012:role/lambda-role',
      awsRegion: 'us-east-2',
      eventSourceARN: 'arn:aws:kinesis:us-east-2:123456789012:stream/lambda-stream',
    },
  ],
};

const dynamodb: DynamoDBStreamEvent = {
  Records: [
    {
      eventID: '1',
      eventVersion: '1.0',
      dynamodb: {
        ApproximateCreationDateTime: 1479499740,
        Keys: { memberId: { S: 'M-101' } },
        NewImage: {
          memberId: { S: 'M-101' },
          points: { N: '5' },
          level: { N: '2' },
          joined: { S: '2024-03-01' },
        },
        StreamViewType: 'NEW_AND_OLD_IMAGES',
        SequenceNumber: '111000000000000000000000001',
        SizeBytes: 26,
      },
      awsRegion: 'us-west-2',
      eventName: 'INSERT',
      eventSourceARN: 'arn:aws:dynamodb:us-west-2:123456789012:table/loyalty/stream/2015-06-27T00:48:05.899',
      eventSource: 'aws:dynamodb',
    },
  ],
};

const kafkaFeed: CdcFeed = defineCdcFeed({
  ...spec,
  stream: { kind: 'kafka', topics: ['crm.public.customers'] },
  tables: { 'public.customers': customers },
});
const row = { region: 'eu', id: 7, email: 'ada@example.com', visits: 1 };

describe('the handler', () => {
  it('takes records of Kinesis', async () => {
    const ports = memoryFeedPorts();
    await expect(cdcFeed(crmCustomers, ports)(kinesis, context)).resolves.toEqual({ batchItemFailures: [] });
    expect(ports.bus.details()[0]).toMatchObject({
      type: 'customers.customer.created.v1',
      ingestedat: '2018-12-17T22:10:50.987Z',
      causationid:
        'lambda-stream/shardId-000000000006/49590338271490256608559692538361571095921575989136588898',
    });
  });

  it('takes records of DynamoDB Streams', async () => {
    const ports = memoryFeedPorts();
    await expect(cdcFeed(loyaltyMembers, ports)(dynamodb, context)).resolves.toEqual({
      batchItemFailures: [],
    });
    expect(ports.bus.details()[0]).toMatchObject({
      type: 'loyalty.member.created.v1',
      subject: 'M-101',
      sequence: expect.stringContaining('111000000000000000000000001'),
      causationid: 'loyalty/111000000000000000000000001',
    });
  });

  it('names the failing record to DynamoDB Streams', async () => {
    const ports = memoryFeedPorts();
    ports.bus.answer = () => ({ kind: 'throttled', reason: 'slow' });
    await expect(cdcFeed(loyaltyMembers, ports)(dynamodb, context)).resolves.toEqual({
      batchItemFailures: [{ itemIdentifier: '111000000000000000000000001' }],
    });
  });

  it('tells an operator who redelivers also the reason, and a mapping nothing that it does not know', async () => {
    const ports = memoryFeedPorts();
    ports.bus.answer = () => ({ kind: 'denied', reason: 'no right' });
    const failure = { itemIdentifier: '111000000000000000000000001' };
    await expect(cdcFeed(loyaltyMembers, ports)({ ...dynamodb, redelivery: true }, context)).resolves.toEqual(
      {
        batchItemFailures: [failure],
        stops: [{ ...failure, code: 'ACCESS_DENIED' }],
      },
    );
  });

  it('does nothing for an operator while the feed is disabled, and says so; the stream goes on', async () => {
    const ports = memoryFeedPorts();
    ports.input.disabled = true;
    const handler = cdcFeed(loyaltyMembers, ports);
    await expect(handler({ ...dynamodb, redelivery: true }, context)).resolves.toEqual({
      batchItemFailures: [{ itemIdentifier: '111000000000000000000000001' }],
      disabled: true,
    });
    expect([ports.bus.accepted, ports.books.entries.size]).toEqual([[], 0]);
    await expect(handler(dynamodb, context)).resolves.toEqual({ batchItemFailures: [] });
  });

  it('takes records of Kafka with their keys and headers, tombstones too', async () => {
    const feed = new FeedSimulator(kafkaFeed).put(
      { ...change({ op: 'd', before: row }), headers: { '__debezium.newkey': '{"region":"eu","id":8}' } },
      { partitionKey: '{"region":"eu","id":7}', data: null },
      change({ op: 'c', after: { ...row, id: 8 } }),
    );
    await feed.run();
    expect(feed.facts().map(({ type, subject }) => `${type} ${subject}`)).toEqual([
      'customers.customer.deleted.v1 7',
      'customers.customer.created.v1 8',
    ]);
    expect(feed.tally()).toMatchObject({ received: 3, published: 2, skipped: 1 });
  });

  it('takes several partitions of Kafka in one call, each with its books', async () => {
    const ports = memoryFeedPorts();
    const [first] = Object.values((eventOf(kafkaFeed, onShard(1)) as MSKEvent).records);
    const [second] = Object.values((eventOf(kafkaFeed, onShard(2)) as MSKEvent).records);
    const event = {
      ...(eventOf(kafkaFeed, onShard(1)) as MSKEvent),
      records: { 'crm.public.customers-0': first!, 'crm.public.customers-1': second! },
    };
    await cdcFeed(kafkaFeed, ports)(event, context);
    expect(ports.log.lines.filter(line => line.event === 'batch settled')).toHaveLength(2);
  });

  it('names to Kafka’s pollers all that is not finished of each partition', async () => {
    const ports = memoryFeedPorts();
    const polled = defineCdcFeed({
      ...spec,
      stream: { kind: 'kafka', topics: ['crm.public.customers'], pollers: { min: 1, max: 1 } },
      retry: { recordAgeSecondsMax: 600 },
    });
    const three = [3, 4, 5].flatMap(onShard);
    let published = 0;
    ports.bus.answer = () =>
      published++ === 0 ? { kind: 'accepted' } : { kind: 'throttled', reason: 'slow' };
    const answer = await cdcFeed(polled, ports)(eventOf(polled, three), context);
    expect(answer).toEqual({
      batchItemFailures: [4, 5].map(offset => ({
        itemIdentifier: { partition: 'crm.public.customers-0', offset },
      })),
    });
  });

  it('goes on over Kafka from where it stopped', async () => {
    const polled = defineCdcFeed({
      ...spec,
      stream: { kind: 'kafka', topics: ['crm.public.customers'], pollers: { min: 1, max: 1 } },
    });
    const feed = new FeedSimulator(polled).put(
      ...[1, 2, 3].map(id => change({ op: 'c', after: { ...row, id }, lsn: id })),
    );
    let published = 0;
    feed.ports.bus.answer = () =>
      published++ === 1 ? { kind: 'throttled', reason: 'slow' } : { kind: 'accepted' };
    await feed.run();
    expect(new Set(feed.facts().map(({ subject }) => subject))).toEqual(new Set(['1', '2', '3']));
  });

  it('throws over Kafka without pollers, whose mapping knows no single failures', async () => {
    const ports = memoryFeedPorts();
    ports.bus.answer = () => ({ kind: 'throttled', reason: 'slow' });
    await expect(cdcFeed(kafkaFeed, ports)(eventOf(kafkaFeed, onShard(3)), context)).rejects.toThrow(
      'stopped at 3 (BUS_UNAVAILABLE)',
    );
  });

  it('does nothing for an event without records', async () => {
    const ports = memoryFeedPorts();
    await expect(cdcFeed(crmCustomers, ports)({ Records: [] }, context)).resolves.toEqual({
      batchItemFailures: [],
    });
    expect(ports.files.keys('raw')).toEqual([]);
  });

  it('publishes an outbox row read again by a snapshot under the same id', async () => {
    const feed = new FeedSimulator(
      defineCdcFeed({
        ...spec,
        tables: { 'public.outbox': outbox({ events: { Entered: customerCreated } }) },
      }),
    );
    const after = {
      id: 'a-1',
      aggregatetype: 'customer',
      aggregateid: '1001',
      type: 'Entered',
      payload: JSON.stringify(customerCreated.example),
    };
    const record = (op: string, lsn: number) => ({
      data: payloadOf({ op, after, lsn, table: 'outbox', snapshot: op === 'r' ? 'true' : 'false' }),
    });
    await feed.put(record('c', 5)).run();
    await feed.put(record('r', 9)).run();
    expect(new Set(feed.facts().map(({ id }) => id)).size).toBe(1);
  });
});

const onShard = (number: number) => [
  { ...change({ op: 'c', after: row, lsn: number }), sequenceNumber: String(number), arrivedAtSeconds: 1 },
];
