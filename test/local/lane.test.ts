import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { BusEvent } from '#local/events/event.ts';
import { type LocalCloud, startLocalCloud } from '#local/start-local-cloud.ts';
import { laneStack, stateDirectory, writeAssembly } from './support/assembly.ts';
import { clientsOf } from './support/clients.ts';
import { eventually } from './support/eventually.ts';

/** Puts on the bus what it was invoked with, and how it finds its world. */
const echo = `
export const handler = async (event, context) => {
  const detail = {
    event,
    remaining: context.getRemainingTimeInMillis(),
    arn: context.invokedFunctionArn,
    requestId: context.awsRequestId,
    environment: { ...process.env },
  };
  console.log(JSON.stringify({ message: 'echoed' }));
  const credential = process.env.AWS_ACCESS_KEY_ID + '/20260101/' + process.env.AWS_REGION + '/events/aws4_request';
  await fetch(process.env.AWS_ENDPOINT_URL_EVENTBRIDGE, {
    method: 'POST',
    headers: {
      'x-amz-target': 'AWSEvents.PutEvents',
      authorization: 'AWS4-HMAC-SHA256 Credential=' + credential + ', SignedHeaders=host, Signature=x',
    },
    body: JSON.stringify({ Entries: [
      { EventBusName: process.env.BUS, Source: 'test', DetailType: 'echo', Detail: JSON.stringify(detail) },
    ] }),
  });
  return { batchItemFailures: [] };
};`;

interface Echo {
  readonly event: { readonly Records: readonly { readonly body: string }[] };
  readonly remaining: number;
  readonly arn: string;
  readonly environment: object;
}

const state = stateDirectory();
let cloud: LocalCloud;
const seen: BusEvent[] = [];

beforeAll(async () => {
  const assemblyDir = writeAssembly({ acme: laneStack('acme') }, { acme: echo });
  cloud = await startLocalCloud({ assemblyDir, stateDir: state.path });
  cloud.onEvent(event => seen.push(event));
});

afterAll(async () => {
  await cloud.stop();
  expect(existsSync(join(state.path, 'cloud.json'))).toBe(false);
  state.remove();
});

test('a dropped file reaches the function of its lane, and its event the bus', async () => {
  const { s3 } = clientsOf(cloud.description);
  const key = 'acme/in/a b+c ü %25.csv';
  await s3.send(new PutObjectCommand({ Bucket: 'inbound', Key: key, Body: 'a,b\n' }));
  const event = await eventually(() => seen[0]);
  const detail = event.detail as Echo;
  expect(event).toMatchObject({ source: 'test', 'detail-type': 'echo', account: '000000000000' });
  const record = detail.event.Records[0]!;
  expect(record).toMatchObject({
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:eu-central-1:000000000000:acme-Work',
    attributes: { ApproximateReceiveCount: '1' },
  });
  expect(JSON.parse(record.body)).toMatchObject({
    source: 'aws.s3',
    'detail-type': 'Object Created',
    detail: {
      bucket: { name: 'inbound' },
      object: { key, size: 4, 'version-id': expect.any(String) },
      reason: 'PutObject',
    },
  });
  expect(detail.arn).toBe('arn:aws:lambda:eu-central-1:000000000000:function:acme-Fn');
  expect(detail.remaining).toBeGreaterThan(0);
  expect(detail.environment).toMatchObject({
    BUS: 'edge',
    ROWS_QUEUE: cloud.description.lanes[0]?.rowsQueueUrl,
    AWS_ACCESS_KEY_ID: 'role.acme-Role',
  });
  expect(detail.environment).not.toHaveProperty('PATH');
  expect(readFileSync(join(state.path, 'logs', 'acme-Fn.log'), 'utf8')).toBe('{"message":"echoed"}\n');
});

test('cloud.json says where everything is', () => {
  const written = JSON.parse(readFileSync(join(state.path, 'cloud.json'), 'utf8'));
  expect(written).toEqual(cloud.description);
  const origin = written.endpoints.console;
  expect(written).toEqual({
    pid: process.pid,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    endpoints: {
      s3: origin,
      sqs: origin,
      dynamodb: origin,
      eventbridge: origin,
      kinesis: origin,
      secretsmanager: origin,
      lambda: origin,
      http: written.endpoints.http,
      console: origin,
    },
    bus: 'edge',
    buckets: { inbound: 'inbound', quarantine: 'platform-quarantine', raw: 'platform-raw' },
    tables: { ledger: 'platform-Ledger', claims: 'platform-Claims' },
    lanes: [
      {
        id: 'acme',
        inPrefix: 'acme/in/',
        ackPrefix: 'acme/ack/',
        queueUrl: `${origin}/000000000000/acme-Work`,
        dlqUrl: `${origin}/000000000000/acme-Dlq`,
        rowsQueueUrl: `${origin}/000000000000/acme-Rows`,
      },
    ],
    fences: [],
    feeds: [],
  });
});

test('the console lists the events of the bus in the order taken', async () => {
  const { events } = clientsOf(cloud.description);
  const before = (await lines('/events')).length;
  const entry = (Detail: string) => ({ EventBusName: 'edge', Source: 'test', DetailType: 'n', Detail });
  await events.send(
    new PutEventsCommand({ Entries: [entry('{"n":1}'), entry('{"n":2}'), entry('{"n":2}')] }),
  );
  const after = await lines(`/events?after=${before}`);
  expect(after.map(event => event.detail)).toEqual([{ n: 1 }, { n: 2 }, { n: 2 }]);
});

test('a second cloud on the same state directory is refused', async () => {
  const assemblyDir = writeAssembly({});
  await expect(startLocalCloud({ assemblyDir, stateDir: state.path })).rejects.toThrow('is up already');
});

async function lines(path: string): Promise<BusEvent[]> {
  const answer = await fetch(cloud.description.endpoints.console + path);
  const text = await answer.text();
  return text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
}
