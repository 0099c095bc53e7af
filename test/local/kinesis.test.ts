import { once } from 'node:events';
import { connect } from 'node:http2';
import { text } from 'node:stream/consumers';
import {
  CreateStreamCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
  ListShardsCommand,
  ListStreamsCommand,
  PutRecordCommand,
  PutRecordsCommand,
  type ShardIteratorType,
} from '@aws-sdk/client-kinesis';
import { type LocalCloud, startLocalCloud } from '#local/start-local-cloud.ts';
import { stateDirectory, writeAssembly } from './support/assembly.ts';
import { clientsOf } from './support/clients.ts';

const state = stateDirectory();
let cloud: LocalCloud;
let kinesis: KinesisClient;

const streamOf = (properties: object) => ({ Type: 'AWS::Kinesis::Stream', Properties: properties });

beforeAll(async () => {
  const assemblyDir = writeAssembly({
    crm: {
      Resources: {
        Four: streamOf({ Name: 'four', ShardCount: 4 }),
        One: streamOf({ Name: 'one', ShardCount: 1, MaxRecordSizeInKiB: 2048, RetentionPeriodHours: 48 }),
        Any: streamOf({ Name: 'any', StreamModeDetails: { StreamMode: 'ON_DEMAND' } }),
      },
    },
  });
  cloud = await startLocalCloud({ assemblyDir, stateDir: state.path });
  kinesis = clientsOf(cloud.description).kinesis;
});

afterAll(async () => {
  kinesis.destroy();
  await cloud.stop();
  state.remove();
});

const put = (StreamName: string, PartitionKey: string, text: string) =>
  kinesis.send(new PutRecordCommand({ StreamName, PartitionKey, Data: Buffer.from(text) }));

async function read(
  StreamName: string,
  ShardId: string,
  ShardIteratorType: ShardIteratorType,
  more: { StartingSequenceNumber?: string; Timestamp?: Date } = {},
) {
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({ StreamName, ShardId, ShardIteratorType, ...more }),
  );
  return kinesis.send(new GetRecordsCommand({ ShardIterator }));
}

const texts = ({ Records = [] }: Awaited<ReturnType<typeof read>>) =>
  Records.map(({ Data }) => Buffer.from(Data!).toString());

test('streams of the templates are there, with the shards that they ask for', async () => {
  const { StreamNames } = await kinesis.send(new ListStreamsCommand({}));
  expect(StreamNames).toEqual(['any', 'four', 'one']);
  const { Shards } = await kinesis.send(new ListShardsCommand({ StreamName: 'four' }));
  expect(Shards?.map(shard => [shard.ShardId, shard.HashKeyRange])).toEqual([
    [
      'shardId-000000000000',
      { StartingHashKey: '0', EndingHashKey: '85070591730234615865843651857942052863' },
    ],
    [
      'shardId-000000000001',
      {
        StartingHashKey: '85070591730234615865843651857942052864',
        EndingHashKey: '170141183460469231731687303715884105727',
      },
    ],
    [
      'shardId-000000000002',
      {
        StartingHashKey: '170141183460469231731687303715884105728',
        EndingHashKey: '255211775190703847597530955573826158591',
      },
    ],
    [
      'shardId-000000000003',
      {
        StartingHashKey: '255211775190703847597530955573826158592',
        EndingHashKey: '340282366920938463463374607431768211455',
      },
    ],
  ]);
  const { StreamDescriptionSummary: one } = await kinesis.send(
    new DescribeStreamSummaryCommand({ StreamName: 'one' }),
  );
  expect(one).toMatchObject({
    StreamARN: 'arn:aws:kinesis:eu-central-1:000000000000:stream/one',
    StreamStatus: 'ACTIVE',
    RetentionPeriodHours: 48,
    OpenShardCount: 1,
    StreamModeDetails: { StreamMode: 'PROVISIONED' },
  });
  const { StreamDescription: any } = await kinesis.send(new DescribeStreamCommand({ StreamName: 'any' }));
  expect(any?.Shards).toHaveLength(4);
  expect(any?.StreamModeDetails?.StreamMode).toBe('ON_DEMAND');
});

test('a key always goes to the shard that its MD5 lies in, in order', async () => {
  // MD5 of "a" is 0cc1…, of "b" 92eb…, of "d" 8277…, of "e" e167….
  expect((await put('four', 'a', '1')).ShardId).toBe('shardId-000000000000');
  expect((await put('four', 'b', '2')).ShardId).toBe('shardId-000000000002');
  expect((await put('four', 'd', '3')).ShardId).toBe('shardId-000000000002');
  expect((await put('four', 'e', '4')).ShardId).toBe('shardId-000000000003');
  const { Records } = await kinesis.send(
    new PutRecordsCommand({
      StreamName: 'four',
      Records: ['5', '6'].map(text => ({ PartitionKey: 'b', Data: Buffer.from(text) })),
    }),
  );
  expect(Records!.map(({ ShardId }) => ShardId)).toEqual(['shardId-000000000002', 'shardId-000000000002']);
  const found = await read('four', 'shardId-000000000002', 'TRIM_HORIZON');
  expect(texts(found)).toEqual(['2', '3', '5', '6']);
  expect(found.MillisBehindLatest).toBe(0);
  const numbers = found.Records!.map(({ SequenceNumber }) => BigInt(SequenceNumber!));
  expect([...numbers].sort((a, b) => (a < b ? -1 : 1))).toEqual(numbers);
  for (const number of numbers) expect(String(number)).toHaveLength(56);
});

test('an explicit hash key decides in place of the key', async () => {
  const given = { StreamName: 'four', PartitionKey: 'a', Data: Buffer.from('x') };
  const { ShardId } = await kinesis.send(
    new PutRecordCommand({ ...given, ExplicitHashKey: '340282366920938463463374607431768211455' }),
  );
  expect(ShardId).toBe('shardId-000000000003');
  await expect(
    kinesis.send(
      new PutRecordCommand({ ...given, ExplicitHashKey: '340282366920938463463374607431768211456' }),
    ),
  ).rejects.toMatchObject({ name: 'InvalidArgumentException' });
});

test('iterators begin where they are asked to', async () => {
  const shard = 'shardId-000000000000';
  const numbers: string[] = [];
  for (const text of ['one', 'two', 'three']) numbers.push((await put('one', 'k', text)).SequenceNumber!);
  const at = async (type: ShardIteratorType, more?: Parameters<typeof read>[3]) =>
    texts(await read('one', shard, type, more));
  expect(await at('AT_SEQUENCE_NUMBER', { StartingSequenceNumber: numbers[1]! })).toEqual(['two', 'three']);
  expect(await at('AFTER_SEQUENCE_NUMBER', { StartingSequenceNumber: numbers[1]! })).toEqual(['three']);
  expect(await at('AT_TIMESTAMP', { Timestamp: new Date(0) })).toEqual(['one', 'two', 'three']);
  expect(await at('AT_TIMESTAMP', { Timestamp: new Date(Date.now() + 60_000) })).toEqual([]);
  const latest = await read('one', shard, 'LATEST');
  expect(texts(latest)).toEqual([]);
  await put('one', 'k', 'four');
  const next = await kinesis.send(new GetRecordsCommand({ ShardIterator: latest.NextShardIterator }));
  expect(texts(next)).toEqual(['four']);
});

test('a limit is kept, and the next iterator goes on behind it', async () => {
  const { ShardIterator } = await kinesis.send(
    new GetShardIteratorCommand({
      StreamName: 'one',
      ShardId: 'shardId-000000000000',
      ShardIteratorType: 'TRIM_HORIZON',
    }),
  );
  const first = await kinesis.send(new GetRecordsCommand({ ShardIterator, Limit: 3 }));
  expect(texts(first)).toEqual(['one', 'two', 'three']);
  expect(first.MillisBehindLatest).toBeGreaterThanOrEqual(0);
  const rest = await kinesis.send(new GetRecordsCommand({ ShardIterator: first.NextShardIterator }));
  expect(texts(rest)).toEqual(['four']);
});

test('any bytes come back as they were put', async () => {
  const Data = Buffer.from(Array.from({ length: 256 }, (_, n) => n));
  const { SequenceNumber } = await kinesis.send(
    new PutRecordCommand({ StreamName: 'one', PartitionKey: 'ключ', Data }),
  );
  const { Records } = await read('one', 'shardId-000000000000', 'AT_SEQUENCE_NUMBER', {
    StartingSequenceNumber: SequenceNumber!,
  });
  expect(Records![0]).toMatchObject({ PartitionKey: 'ключ', Data: new Uint8Array(Data) });
  const { ShardId } = await kinesis.send(
    new PutRecordCommand({ StreamName: 'one', PartitionKey: 'k', Data: new Uint8Array() }),
  );
  expect(ShardId).toBe('shardId-000000000000');
});

test('a record may have the bytes that its stream allows, with its key, and no more', async () => {
  const record = (bytes: number, StreamName: string) =>
    kinesis.send(new PutRecordCommand({ StreamName, PartitionKey: 'k', Data: Buffer.alloc(bytes) }));
  await record(1_048_575, 'four');
  await expect(record(1_048_576, 'four')).rejects.toMatchObject({ name: 'InvalidArgumentException' });
  await record(2_097_151, 'one');
  await expect(record(2_097_152, 'one')).rejects.toMatchObject({ name: 'InvalidArgumentException' });
});

test('a request may have 500 records and 10 MiB', async () => {
  const records = (count: number, bytes: number) =>
    kinesis.send(
      new PutRecordsCommand({
        StreamName: 'any',
        Records: Array.from({ length: count }, () => ({ PartitionKey: 'k', Data: Buffer.alloc(bytes) })),
      }),
    );
  expect((await records(500, 1)).FailedRecordCount).toBe(0);
  await expect(records(501, 1)).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(records(11, 1_000_000)).rejects.toMatchObject({ name: 'InvalidArgumentException' });
});

test('what is not there, or makes no sense, is refused by name', async () => {
  await expect(put('none', 'k', 'x')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  await expect(put('one', 'k'.repeat(257), 'x')).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(read('one', 'shardId-000000000009', 'LATEST')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(read('one', 'shardId-000000000000', 'AT_SEQUENCE_NUMBER')).rejects.toMatchObject({
    name: 'InvalidArgumentException',
  });
  for (const ShardIterator of ['nonsense', 'W10='])
    await expect(kinesis.send(new GetRecordsCommand({ ShardIterator }))).rejects.toMatchObject({
      name: 'InvalidArgumentException',
    });
});

test('a stream can be made, once', async () => {
  await kinesis.send(new CreateStreamCommand({ StreamName: 'made', ShardCount: 2 }));
  const { Shards } = await kinesis.send(
    new ListShardsCommand({ StreamARN: 'arn:aws:kinesis:eu-central-1:000000000000:stream/made' }),
  );
  expect(Shards).toHaveLength(2);
  await expect(kinesis.send(new CreateStreamCommand({ StreamName: 'made' }))).rejects.toMatchObject({
    name: 'ResourceInUseException',
  });
});

describe('over HTTP/1.1, as the AWS CLI and boto speak it', () => {
  const call = async (target: string, body: string, type = 'application/x-amz-json-1.1') => {
    const response = await fetch(cloud.description.endpoints.kinesis, {
      method: 'POST',
      headers: {
        'content-type': type,
        'x-amz-target': target,
        authorization:
          'AWS4-HMAC-SHA256 Credential=local/20260101/eu-central-1/kinesis/aws4_request, SignedHeaders=host, Signature=x',
      },
      body,
    });
    return { status: response.status, body: JSON.parse(await response.text()) };
  };

  test('the same is served', async () => {
    const Data = Buffer.from('x').toString('base64');
    const answer = await call(
      'Kinesis_20131202.PutRecord',
      JSON.stringify({ StreamName: 'four', PartitionKey: 'a', Data }),
    );
    expect(answer).toMatchObject({ status: 200, body: { ShardId: 'shardId-000000000000' } });
  });

  test('an action that is not served, CBOR and broken JSON are refused by name', async () => {
    expect(await call('Kinesis_20131202.MergeShards', '{}')).toMatchObject({
      status: 400,
      body: { __type: 'UnknownOperationException' },
    });
    expect(await call('Kinesis_20131202.ListStreams', '', 'application/x-amz-cbor-1.1')).toMatchObject({
      status: 400,
      body: { __type: 'SerializationException', message: expect.stringContaining('AWS_CBOR_DISABLE') },
    });
    expect(await call('Kinesis_20131202.ListStreams', '{')).toMatchObject({
      body: { __type: 'SerializationException' },
    });
  });
});

test('over HTTP/2 no other service is served, and says so', async () => {
  const session = connect(cloud.description.endpoints.kinesis);
  const stream = session.request({
    ':method': 'POST',
    ':path': '/',
    authorization: 'AWS4-HMAC-SHA256 Credential=local/20260101/eu-central-1/sqs/aws4_request, Signature=x',
  });
  stream.end('{}');
  const [headers] = await once(stream, 'response');
  expect(headers[':status']).toBe(501);
  expect(await text(stream)).toBe('sqs is not served over HTTP/2\n');
  session.close();
});
