import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutRecordCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { type LocalCloud, startLocalCloud } from '#local/start-local-cloud.ts';
import { att, laneStack, stateDirectory, writeAssembly } from '../support/assembly.ts';
import { clientsOf } from '../support/clients.ts';

const idle = 'export const handler = async () => ({ batchItemFailures: [] });';
const may = (Action: string | string[], Resource: unknown, Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});
const polling = may(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att('Work'));
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:000000000000:${resource}`;

const statements = [
  polling,
  may(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::inbound/acme/*'),
  may('s3:ListBucket', 'arn:aws:s3:::inbound', { StringLike: { 's3:prefix': 'acme/in/*' } }),
  may('sqs:SendMessage', att('Rows')),
  may(['dynamodb:GetItem', 'dynamodb:PutItem'], arn('dynamodb', 'table/platform-Ledger'), {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['acme#*'] },
  }),
  may('events:PutEvents', arn('events', 'event-bus/edge'), {
    'ForAllValues:StringEquals': { 'events:source': ['shop'], 'events:detail-type': ['shop.a.v1'] },
    Null: { 'events:source': 'false' },
  }),
];

const state = stateDirectory();
let cloud: LocalCloud;
let people: ReturnType<typeof clientsOf>;
let role: ReturnType<typeof clientsOf>;
let secrets: SecretsManagerClient;

beforeAll(async () => {
  const assemblyDir = writeAssembly({ acme: laneStack('acme', { statements }) }, { acme: idle });
  cloud = await startLocalCloud({ assemblyDir, stateDir: state.path });
  people = clientsOf(cloud.description);
  const credentials = { accessKeyId: 'role.acme-Role', secretAccessKey: 'local' };
  role = clientsOf({ ...cloud.description, credentials });
  const { region, endpoints } = cloud.description;
  secrets = new SecretsManagerClient({ region, credentials, endpoint: endpoints.secretsmanager });
});

afterAll(async () => {
  await cloud.stop();
  for (const client of [...Object.values(people), ...Object.values(role), secrets]) client.destroy();
  state.remove();
});

const item = (pk: string) => ({ pk: { S: pk }, sk: { S: 'x' } });
const entry = (Source: string, DetailType: string) => ({
  EventBusName: 'edge',
  Source,
  DetailType,
  Detail: '{}',
});
const queue = (name: 'queueUrl' | 'rowsQueueUrl') => cloud.description.lanes[0]![name];
const put = (Key: string) => new PutObjectCommand({ Bucket: 'inbound', Key, Body: 'a,b\n' });

describe('a role may do what its policies allow', () => {
  it('with objects, items, messages and events', async () => {
    await role.s3.send(put('acme/ack/a'));
    await role.s3.send(new HeadObjectCommand({ Bucket: 'inbound', Key: 'acme/ack/a' }));
    await role.dynamodb.send(new PutItemCommand({ TableName: 'platform-Ledger', Item: item('acme#1') }));
    await role.sqs.send(new SendMessageCommand({ QueueUrl: queue('rowsQueueUrl'), MessageBody: 'x' }));
    const Entries = [{ Id: '1', MessageBody: 'x' }];
    const batch = new SendMessageBatchCommand({ QueueUrl: queue('rowsQueueUrl'), Entries });
    expect((await role.sqs.send(batch)).Successful).toHaveLength(1);
    const answer = await role.events.send(new PutEventsCommand({ Entries: [entry('shop', 'shop.a.v1')] }));
    expect(answer.FailedEntryCount).toBe(0);
  });
});

describe('a role is denied what they do not', () => {
  it.each<[string, number, () => Promise<unknown>]>([
    ['an object beside its prefix', 403, () => role.s3.send(put('other/a'))],
    [
      'another table',
      400,
      () => role.dynamodb.send(new PutItemCommand({ TableName: 'platform-Claims', Item: item('acme#1') })),
    ],
    [
      'another’s item',
      400,
      () => role.dynamodb.send(new GetItemCommand({ TableName: 'platform-Ledger', Key: item('b#1') })),
    ],
    [
      'another queue',
      403,
      () => role.sqs.send(new SendMessageCommand({ QueueUrl: queue('queueUrl'), MessageBody: 'x' })),
    ],
    [
      'one other event among its own',
      400,
      () =>
        role.events.send(
          new PutEventsCommand({ Entries: [entry('shop', 'shop.a.v1'), entry('shop', 'shop.b.v1')] }),
        ),
    ],
    ['a secret', 400, () => secrets.send(new GetSecretValueCommand({ SecretId: 'edge/dev/acme' }))],
    [
      'a stream',
      400,
      () =>
        role.kinesis.send(
          new PutRecordCommand({ StreamName: 's', PartitionKey: 'p', Data: Buffer.from('x') }),
        ),
    ],
  ])('%s', async (_, httpStatusCode, call) => {
    await expect(call()).rejects.toMatchObject({
      name: expect.stringMatching(/^AccessDenied/),
      message: expect.stringMatching(
        /is not authorized to perform: .* because no identity-based policy allows/,
      ),
      $metadata: { httpStatusCode },
    });
  });

  it('a function', async () => {
    const { region, endpoints } = cloud.description;
    const invoke = (key: string) =>
      fetch(`${endpoints.lambda}/2015-03-31/functions/acme-Fn/invocations`, {
        method: 'POST',
        headers: {
          authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260101/${region}/lambda/aws4_request, Signature=x`,
        },
        body: '{"Records":[]}',
      });
    const denied = await invoke('role.acme-Role');
    expect([denied.status, denied.headers.get('x-amzn-errortype')]).toEqual([403, 'AccessDeniedException']);
    expect((await invoke('local')).status).toBe(200);
  });

  it('without a body where there is none', async () => {
    const head = role.s3.send(new HeadObjectCommand({ Bucket: 'inbound', Key: 'other/a' }));
    await expect(head).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it('and does not learn what is there where it may not list', async () => {
    const get = (Key: string) => role.s3.send(new GetObjectCommand({ Bucket: 'inbound', Key }));
    await expect(get('acme/in/missing')).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(get('acme/ack/missing')).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

test('people may do everything', async () => {
  await people.s3.send(put('other/b'));
  await people.dynamodb.send(new PutItemCommand({ TableName: 'platform-Claims', Item: item('b#1') }));
});

test('a mapping that AWS would refuse stops the start', async () => {
  const elsewhere = stateDirectory();
  const assemblyDir = writeAssembly(
    { acme: laneStack('acme', { statements: statements.slice(1) }) },
    { acme: idle },
  );
  await expect(startLocalCloud({ assemblyDir, stateDir: elsewhere.path })).rejects.toThrow(
    /mapping of acme-Fn: .* not authorized to perform: sqs:ReceiveMessage/,
  );
  elsewhere.remove();
});

test('so does a policy that is not evaluated', async () => {
  const elsewhere = stateDirectory();
  const odd = [...statements, may('s3:*', '*', { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })];
  const assemblyDir = writeAssembly({ acme: laneStack('acme', { statements: odd }) }, { acme: idle });
  await expect(startLocalCloud({ assemblyDir, stateDir: elsewhere.path })).rejects.toThrow(
    'condition IpAddress on aws:SourceIp is not evaluated locally',
  );
  elsewhere.remove();
});
