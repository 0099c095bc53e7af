import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand, HeadBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { Keys } from '#local/kms/keys.ts';
import { Bucket } from '#local/s3/bucket.ts';
import { Secrets } from '#local/secrets/secrets.ts';
import { type LocalCloud, startLocalCloud } from '#local/start-local-cloud.ts';
import { att, laneStack, stateDirectory, type TestStack, writeAssembly } from './support/assembly.ts';
import { clientsOf } from './support/clients.ts';
import { eventually } from './support/eventually.ts';
import { feedStack } from './support/feed-stack.ts';
import { invoked, recorder } from './support/recorder.ts';

const state = stateDirectory();
const opened: { destroy(): void }[] = [];
afterAll(() => {
  for (const client of opened) client.destroy();
  state.remove();
});

/** The SDK's clients, let go of at the end. */
function clientsIn({ description }: LocalCloud): ReturnType<typeof clientsOf> {
  const clients = clientsOf(description);
  opened.push(...Object.values(clients));
  return clients;
}

const table = {
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName: 'members',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
  },
};
const members = feedStack('members', {
  source: { Source: table },
  sourceArn: att('Source', 'StreamArn'),
  mapping: { BatchSize: 100 },
});
const bucket = (BucketName: string): TestStack => ({
  Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName } } },
});

const taken: string[] = [];

async function start(restore: boolean, more: Record<string, TestStack>): Promise<LocalCloud> {
  const assemblyDir = writeAssembly(
    { members, acme: laneStack('acme'), ...more },
    {
      members: recorder('return { batchItemFailures: [] };'),
      acme: 'export const handler = async () => null;',
    },
  );
  const cloud = await startLocalCloud({ assemblyDir, stateDir: state.path, keep: { restore } });
  cloud.onEvent(event => {
    for (const { dynamodb } of (invoked(event).records ?? []) as {
      dynamodb?: { Keys: { id: { S: string } } };
    }[])
      if (dynamodb) taken.push(dynamodb.Keys.id.S);
  });
  return cloud;
}

const member = (id: string) => new PutItemCommand({ TableName: 'members', Item: { id: { S: id } } });

const eventsOf = async ({ description }: LocalCloud): Promise<readonly string[]> =>
  (await (await fetch(`${description.endpoints.console}/events`)).text()).split('\n').filter(Boolean);

test('a cloud goes on with what the last one had, and new resources begin empty', async () => {
  const first = await start(false, { old: bucket('old') });
  const { s3, sqs, dynamodb, events } = clientsIn(first);
  const [{ rowsQueueUrl: QueueUrl } = { rowsQueueUrl: '' }] = first.description.lanes;
  const puts = [];
  for (const Body of ['one', 'two'])
    puts.push(await s3.send(new PutObjectCommand({ Bucket: 'inbound', Key: 'acme/other/a b', Body })));
  await s3.send(new PutObjectCommand({ Bucket: 'old', Key: 'a', Body: 'old' }));
  const MessageAttributes = { reason: { DataType: 'String', StringValue: 'why' } };
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'kept', MessageAttributes }));
  await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  await dynamodb.send(member('m-1'));
  await eventually(() => taken.find(id => id === 'm-1'));
  const Entries = [{ EventBusName: first.description.bus, Source: 'x', DetailType: 'y', Detail: '{}' }];
  await events.send(new PutEventsCommand({ Entries }));
  const before = await eventsOf(first);
  await first.stop();

  const second = await start(true, { new: bucket('new') });
  expect(second.isRestored).toBe(true);
  const again = clientsIn(second);
  for (const [n, text] of ['one', 'two'].entries()) {
    const VersionId = puts[n]!.VersionId;
    const found = await again.s3.send(
      new GetObjectCommand({ Bucket: 'inbound', Key: 'acme/other/a b', VersionId }),
    );
    expect(await found.Body!.transformToString()).toBe(text);
  }
  await again.s3.send(new HeadBucketCommand({ Bucket: 'new' }));
  const received = await again.sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MessageAttributeNames: ['All'] }),
  );
  expect(received.Messages).toMatchObject([{ Body: 'kept', MessageAttributes }]);
  const item = await again.dynamodb.send(
    new GetItemCommand({ TableName: 'members', Key: { id: { S: 'm-1' } } }),
  );
  expect(item.Item).toEqual({ id: { S: 'm-1' } });
  expect((await eventsOf(second)).slice(0, before.length)).toEqual(before);
  await again.dynamodb.send(member('m-2'));
  await eventually(() => taken.find(id => id === 'm-2'));
  expect(taken).toEqual(['m-1', 'm-2']);
  await second.stop();

  const third = await start(true, { old: bucket('old') });
  const old = await clientsIn(third).s3.send(new GetObjectCommand({ Bucket: 'old', Key: 'a' }));
  expect(await old.Body!.transformToString()).toBe('old');
  await third.stop();
});

test('a cloud begins empty where nothing was kept, and does not read another release’s state', async () => {
  const path = join(state.path, 'state', 'kept.json');
  const kept = readFileSync(path, 'utf8');
  const fresh = await start(false, {});
  expect([fresh.isRestored, existsSync(path)]).toEqual([false, false]);
  await fresh.stop();
  writeFileSync(path, kept.replace('"form":1', '"form":0'));
  await expect(start(true, {})).rejects.toThrow('was written by another release');
});

test('keys that sign stay the same', () => {
  const [one, other] = [new Keys(), new Keys()];
  for (const keys of [one, other]) keys.add('k', 'arn:k');
  expect(other.publicKey('k')).not.toEqual(one.publicKey('k'));
  other.restore(JSON.parse(JSON.stringify(one.kept)));
  for (const id of ['k', 'arn:k']) expect(other.publicKey(id)).toEqual(one.publicKey('k'));
});

test('locks of objects stay', () => {
  const retention = { mode: 'COMPLIANCE', days: 1 } as const;
  const settings = { name: 'audit', versioned: true, notifies: false, retention };
  const [one, other] = [new Bucket(settings), new Bucket(settings)];
  one.add('a', { segments: [], bytes: 0, etag: 'e', headers: {}, checksums: {} });
  other.restore(JSON.parse(JSON.stringify(one.kept)));
  expect(one.latest('a')?.lock).toBeDefined();
  expect(other.latest('a')).toEqual(one.latest('a'));
});

test('secrets keep their versions', () => {
  const [one, other] = [new Secrets(), new Secrets()];
  for (const secrets of [one, other])
    secrets.create({ name: 's', arn: 'arn:s', description: '' }, 'generated');
  one.put('s', 'written', { versionId: 'v2' });
  other.restore('s', JSON.parse(JSON.stringify(one.kept.s)));
  expect(other.get('s').version).toMatchObject({ id: 'v2', text: 'written' });
  expect(other.get('s', { stage: 'AWSPREVIOUS' }).version.text).toBe('generated');
  other.put('s', 'newer');
  expect(other.get('s', { stage: 'AWSPREVIOUS' }).version.text).toBe('written');
});
