import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { removeExpired } from '#local/dynamodb/expiry.ts';
import { type StreamViewType, TableStream } from '#local/dynamodb/table-stream.ts';
import { Tables } from '#local/dynamodb/tables.ts';
import { type LocalCloud, startLocalCloud } from '#local/start-local-cloud.ts';
import { att, stateDirectory, writeAssembly } from './support/assembly.ts';
import { clientsOf } from './support/clients.ts';
import { eventually } from './support/eventually.ts';
import { feedStack } from './support/feed-stack.ts';
import { invoked, recorder } from './support/recorder.ts';

interface StreamRecord {
  readonly eventName: string;
  readonly dynamodb: Readonly<Record<string, unknown>> & { readonly SequenceNumber: string };
  readonly userIdentity?: object;
}

const table = (properties: object = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: 'members',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    ...properties,
  },
});

/** What the mapping hands on. */
const ofMembers = { dynamodb: { Keys: { id: { S: [{ prefix: 'M-' }, 'busy'] } } } };

describe('the stream of a table', () => {
  const state = stateDirectory();
  const records: StreamRecord[] = [];
  let cloud: LocalCloud;
  let dynamodb: DynamoDBClient;

  beforeAll(async () => {
    const stack = feedStack('members', {
      source: { Source: table() },
      sourceArn: att('Source', 'StreamArn'),
      mapping: { BatchSize: 100, FilterCriteria: { Filters: [{ Pattern: JSON.stringify(ofMembers) }] } },
    });
    const assemblyDir = writeAssembly(
      { members: stack },
      { members: recorder('return { batchItemFailures: [] };') },
    );
    cloud = await startLocalCloud({ assemblyDir, stateDir: state.path });
    cloud.onEvent(event => records.push(...(invoked(event).records as unknown as StreamRecord[])));
    dynamodb = clientsOf(cloud.description).dynamodb;
  });

  beforeEach(() => records.splice(0));

  afterAll(async () => {
    dynamodb.destroy();
    await cloud.stop();
    state.remove();
  });

  const TableName = 'members';
  const item = (id: string, points: string) => ({ id: { S: id }, points: { N: points } });
  const told = (count: number) => eventually(() => (records.length >= count ? records : undefined));

  it('tells of each item put, changed and deleted, with its images, as Lambda hands it on', async () => {
    await dynamodb.send(new PutItemCommand({ TableName, Item: item('M-1', '1') }));
    await dynamodb.send(
      new UpdateItemCommand({
        TableName,
        Key: { id: { S: 'M-1' } },
        UpdateExpression: 'SET points = points + :more',
        ExpressionAttributeValues: { ':more': { N: '4' } },
      }),
    );
    await dynamodb.send(new DeleteItemCommand({ TableName, Key: { id: { S: 'M-1' } } }));
    const found = await told(3);
    expect(
      found.map(record => [record.eventName, record.dynamodb.OldImage, record.dynamodb.NewImage]),
    ).toEqual([
      ['INSERT', undefined, item('M-1', '1')],
      ['MODIFY', item('M-1', '1'), item('M-1', '5')],
      ['REMOVE', item('M-1', '5'), undefined],
    ]);
    expect(found[0]).toEqual({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-central-1',
      dynamodb: {
        ApproximateCreationDateTime: expect.any(Number),
        Keys: { id: { S: 'M-1' } },
        NewImage: item('M-1', '1'),
        SequenceNumber: expect.stringMatching(/^\d{21,40}$/),
        SizeBytes: expect.any(Number),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN:
        'arn:aws:dynamodb:eu-central-1:000000000000:table/members/stream/2026-01-01T00:00:00.000',
    });
    const numbers = found.map(record => BigInt(record.dynamodb.SequenceNumber));
    expect([...numbers].sort((a, b) => (a < b ? -1 : 1))).toEqual(numbers);
  });

  it('hands on what the mapping’s filter takes, and nothing else', async () => {
    for (const id of ['X-1', 'M-F', 'X-2', 'M-G'])
      await dynamodb.send(new PutItemCommand({ TableName, Item: item(id, '1') }));
    const found = await told(2);
    expect(found.map(({ dynamodb: { Keys } }) => Keys)).toEqual([{ id: { S: 'M-F' } }, { id: { S: 'M-G' } }]);
  });

  it('tells of every item of a batch', async () => {
    await dynamodb.send(new PutItemCommand({ TableName, Item: item('M-2', '2') }));
    const requests = [
      { PutRequest: { Item: item('M-3', '3') } },
      { DeleteRequest: { Key: { id: { S: 'M-2' } } } },
      { DeleteRequest: { Key: { id: { S: 'nobody' } } } },
    ];
    await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { members: requests } }));
    const found = await told(3);
    expect(found.map(record => [record.eventName, record.dynamodb.Keys])).toEqual([
      ['INSERT', { id: { S: 'M-2' } }],
      ['INSERT', { id: { S: 'M-3' } }],
      ['REMOVE', { id: { S: 'M-2' } }],
    ]);
  });

  it('is silent about writes that change nothing or are refused', async () => {
    await dynamodb.send(new PutItemCommand({ TableName, Item: item('M-4', '4') }));
    await dynamodb.send(new PutItemCommand({ TableName, Item: item('M-4', '4') }));
    const taken = new PutItemCommand({
      TableName,
      Item: item('M-4', '9'),
      ConditionExpression: 'attribute_not_exists(id)',
    });
    await expect(dynamodb.send(taken)).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    await expect(
      dynamodb.send(new PutItemCommand({ TableName, Item: { points: { N: '1' } } })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
    await dynamodb.send(new PutItemCommand({ TableName, Item: item('M-5', '5') }));
    const found = await told(2);
    expect(found.map(record => record.dynamodb.Keys)).toEqual([{ id: { S: 'M-4' } }, { id: { S: 'M-5' } }]);
  });

  it('joins up each item’s images however many write at once', async () => {
    const Key = { id: { S: 'busy' } };
    const add = new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: 'ADD points :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    });
    await Promise.all(Array.from({ length: 20 }, () => dynamodb.send(add)));
    const found = await told(20);
    for (const [n, record] of found.entries()) {
      expect(record.dynamodb.NewImage).toEqual(item('busy', String(n + 1)));
      expect(record.dynamodb.OldImage).toEqual(n === 0 ? undefined : item('busy', String(n)));
    }
  });

  it('keeps nobody waiting for a caller who went away', async () => {
    const put = (points: string) => new PutItemCommand({ TableName, Item: item('M-gone', points) });
    const leaving = new AbortController();
    const writes = Array.from({ length: 20 }, (_, n) =>
      dynamodb.send(put(String(n)), { abortSignal: leaving.signal }).catch(() => undefined),
    );
    await Promise.race(writes);
    leaving.abort();
    await Promise.all(writes);
    await dynamodb.send(put('100'));
    await eventually(() => records.find(({ dynamodb: change }) => JSON.stringify(change).includes('"100"')));
  });

  it('leaves tables without a stream as they are', async () => {
    const { ledger } = cloud.description.tables;
    const Item = { pk: { S: 'a' }, sk: { S: 'b' } };
    await dynamodb.send(new PutItemCommand({ TableName: ledger, Item }));
    await dynamodb.send(new PutItemCommand({ TableName, Item: item('M-6', '6') }));
    const found = await told(1);
    expect(found.map(record => record.dynamodb.Keys)).toEqual([{ id: { S: 'M-6' } }]);
  });
});

describe('a stream record', () => {
  const noted = (viewType: StreamViewType) => {
    const stream = new TableStream({ table: 'members', arn: 'arn', keys: ['id'], viewType }, 'eu-central-1');
    stream.note({ before: { id: { S: 'a' }, n: { N: '1' } }, after: { id: { S: 'a' }, n: { N: '2' } } });
    const [shard] = stream.source.shards;
    return (shard!.eventOf(shard!.log.at(0)!) as StreamRecord).dynamodb;
  };

  it.each([
    ['KEYS_ONLY', undefined, undefined],
    ['NEW_IMAGE', undefined, { id: { S: 'a' }, n: { N: '2' } }],
    ['OLD_IMAGE', { id: { S: 'a' }, n: { N: '1' } }, undefined],
    ['NEW_AND_OLD_IMAGES', { id: { S: 'a' }, n: { N: '1' } }, { id: { S: 'a' }, n: { N: '2' } }],
  ] as const)('of view type %s has the images that it says', (viewType, OldImage, NewImage) => {
    const { Keys, ...record } = noted(viewType);
    expect(Keys).toEqual({ id: { S: 'a' } });
    expect([record.OldImage, record.NewImage]).toEqual([OldImage, NewImage]);
  });

  it('of an item that expired names who deleted it', async () => {
    const spec = { table: 'members', arn: 'arn', keys: ['id'], viewType: 'NEW_AND_OLD_IMAGES' } as const;
    const stream = new TableStream(spec, 'eu-central-1');
    const tables = new Tables([stream]);
    await tables.start();
    const { StreamSpecification: _, ...properties } = table().Properties;
    await tables.create(properties);
    const Item = { id: { S: 'old' }, expiresAt: { N: '999' } };
    await tables.call('PutItem', { TableName: 'members', Item });
    await removeExpired(tables, { name: 'members', attribute: 'expiresAt', keys: ['id'] }, 1000);
    await tables.stop();
    const [shard] = stream.source.shards;
    expect(shard!.log.length).toBe(1);
    expect(shard!.eventOf(shard!.log.at(0)!)).toMatchObject({
      eventName: 'REMOVE',
      dynamodb: { OldImage: Item },
      userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
    });
  });
});

test('a mapping from a stream that no template declares stops the start', async () => {
  const state = stateDirectory();
  const assemblyDir = writeAssembly(
    {
      members: feedStack('members', {
        sourceArn: { 'Fn::Sub': 'arn:aws:kinesis:eu-central-1:000000000000:stream/elsewhere' },
      }),
    },
    { members: recorder('return null;') },
  );
  await expect(startLocalCloud({ assemblyDir, stateDir: state.path })).rejects.toThrow(
    'members/Mapping: stream arn:aws:kinesis:eu-central-1:000000000000:stream/elsewhere is declared nowhere',
  );
  state.remove();
});
