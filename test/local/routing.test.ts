import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { type LocalCloud, startLocalCloud } from '#local/start-local-cloud.ts';
import { laneStack, scheduleRole, stateDirectory, writeAssembly } from './support/assembly.ts';
import { clientsOf } from './support/clients.ts';
import { eventually } from './support/eventually.ts';

const state = stateDirectory();
let cloud: LocalCloud;
let clients: ReturnType<typeof clientsOf>;

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const rule = (bus: object | string, source: string, targets: object[]) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventBusName: bus,
    EventPattern: { source: [source] },
    Targets: targets.map((target, i) => ({ Id: String(i), ...target })),
  },
});

beforeAll(async () => {
  const lane = laneStack('acme', { mapping: { Enabled: false } });
  const Resources = {
    ...lane.Resources,
    Second: { Type: 'AWS::Events::EventBus', Properties: { Name: 'second' } },
    ToQueue: rule({ 'Fn::ImportValue': 'platform:bus' }, 'queue', [
      { Arn: arn('Rows'), InputPath: '$.detail' },
    ]),
    ToFn: rule({ 'Fn::ImportValue': 'platform:bus' }, 'fn', [{ Arn: arn('Fn') }]),
    Across: rule('default', 'across', [{ Arn: arn('Second') }]),
    Nightly: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        Name: 'nightly',
        ScheduleExpression: 'cron(0 3 1 1 ? 2199)',
        ScheduleExpressionTimezone: 'Europe/Berlin',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          Arn: arn('Rows'),
          RoleArn: arn('MayStart'),
          Input: '{"due":"<aws.scheduler.scheduled-time>","by":"<aws.scheduler.schedule-arn>"}',
        },
      },
    },
    Often: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        Name: 'often',
        ScheduleExpression: 'rate(5 days)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: arn('Fn'), RoleArn: arn('MayStart'), Input: '{"detail":"timed"}' },
      },
    },
    MayStart: scheduleRole('sqs:SendMessage', 'lambda:InvokeFunction'),
    Back: rule({ Ref: 'Second' }, 'across', [{ Arn: arn('Rows'), InputPath: '$.source' }]),
  };
  const code = 'export const handler = async event => console.log(JSON.stringify({ detail: event.detail }));';
  const assemblyDir = writeAssembly({ acme: { ...lane, Resources } }, { acme: code });
  cloud = await startLocalCloud({ assemblyDir, stateDir: state.path });
  clients = clientsOf(cloud.description);
});

afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy();
  await cloud.stop();
  state.remove();
});

const put = (Source: string, EventBusName = 'edge', Detail = '{"a":1}') =>
  clients.events.send(new PutEventsCommand({ Entries: [{ Source, EventBusName, DetailType: 't', Detail }] }));

const row = async (): Promise<string | undefined> => {
  const QueueUrl = cloud.description.lanes[0]!.rowsQueueUrl;
  const answer = await clients.sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
  return answer.Messages?.[0]?.Body;
};

test('an event reaches the queue of the rule that it fits', async () => {
  await put('other');
  await put('queue');
  expect(await eventually(row)).toBe('{"a":1}');
});

test('an event of one bus may reach a queue through another', async () => {
  await put('across', 'default');
  expect(await eventually(row)).toBe('"across"');
});

test('an event reaches a function', async () => {
  await put('fn');
  const log = `${cloud.description.endpoints.console}/logs?function=acme-Fn`;
  await eventually(
    async () => (await (await fetch(log)).text()).includes('{"detail":{"a":1}}\n') || undefined,
  );
});

test('a rate begins at once, and a schedule reaches a function', async () => {
  const log = `${cloud.description.endpoints.console}/logs?function=acme-Fn`;
  await eventually(
    async () => (await (await fetch(log)).text()).includes('{"detail":"timed"}\n') || undefined,
  );
});

test('a schedule that is fired by hand reaches its queue, with what it says of itself', async () => {
  const { console } = cloud.description.endpoints;
  const listed = await (await fetch(`${console}/schedules`)).text();
  expect(listed).toContain('{"name":"nightly","next":"2199-01-01T02:00:00.000Z"}\n');
  await cloud.fire('nightly');
  const body = JSON.parse(await eventually(row)) as Record<string, string>;
  expect(body.due).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(body.by).toBe('arn:aws:scheduler:eu-central-1:000000000000:schedule/default/nightly');
  const fired = await fetch(`${console}/schedules?fire=nightly`, { method: 'POST' });
  expect([fired.status, await eventually(row)]).toEqual([200, expect.stringContaining('"due"')]);
  const unknown = await fetch(`${console}/schedules?fire=daily`, { method: 'POST' });
  expect(unknown.status).toBe(404);
});

test('a queue is found by its name, whatever host its URL names', async () => {
  const QueueUrl = 'http://elsewhere:1/000000000000/acme-Rows';
  await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
  expect(await eventually(row)).toBe('hello');
});

test('tables of the template take items, with conditions', async () => {
  const TableName = cloud.description.tables.ledger;
  const Item = { pk: { S: 'a' }, sk: { S: 'b' } };
  const once = () =>
    clients.dynamodb.send(
      new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }),
    );
  await once();
  await expect(once()).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
  const found = await clients.dynamodb.send(new GetItemCommand({ TableName, Key: Item }));
  expect(found.Item).toEqual(Item);
});

test('the console shows hand-offs as the ledger has them', async () => {
  const tally = { M: { published: { N: '3' }, skipped: { N: '0' } } };
  const Item = {
    pk: { S: 'h1' },
    sk: { S: 'HANDOFF' },
    id: { S: 'h1' },
    integration: { S: 'acme' },
    receivedAt: { S: '2026-11-20T09:00:00.000Z' },
    object: { M: { bucket: { S: 'inbound' }, key: { S: 'acme/in/ü.csv' } } },
    state: { S: 'complete' },
    tally,
  };
  await clients.dynamodb.send(new PutItemCommand({ TableName: cloud.description.tables.ledger, Item }));
  const answer = await fetch(`${cloud.description.endpoints.console}/handoffs`);
  expect(JSON.parse(await answer.text())).toEqual({
    id: 'h1',
    integration: 'acme',
    key: 'acme/in/ü.csv',
    state: 'complete',
    tally: { published: 3, skipped: 0 },
    fault: null,
  });
});

test('the console follows the bus', async () => {
  const { console } = cloud.description.endpoints;
  const count = (await (await fetch(`${console}/events`)).text()).split('\n').length - 1;
  const gone = new AbortController();
  const answer = await fetch(`${console}/events?follow=1&after=${count}`, { signal: gone.signal });
  await put('followed', 'edge', '{"n":1}');
  await put('followed', 'edge', '{"n":2}');
  let text = '';
  for await (const part of answer.body!) {
    text += Buffer.from(part).toString();
    if (text.split('\n').length === 3) break;
  }
  gone.abort();
  expect(
    text
      .trim()
      .split('\n')
      .map(line => JSON.parse(line).detail),
  ).toEqual([{ n: 1 }, { n: 2 }]);
});
