import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { Tables } from '#local/dynamodb/tables.ts';
import { awsRedelivery } from '#operate/aws/aws-redelivery.ts';
import { DynamoPlans } from '#operate/aws/dynamo-plans.ts';
import { S3Objects } from '#operate/aws/s3-objects.ts';
import { SqsDeadLetters } from '#operate/aws/sqs-dead-letters.ts';
import { SqsLetterMover } from '#operate/aws/sqs-letter-mover.ts';
import type { Store } from '#operate/ports.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { moverSuite, plansSuite } from '../plans.suite.ts';
import { deadLettersSuite, objectsSuite } from '../ports.suite.ts';

let faux: FauxqsServer;
let s3: S3Client;
let sqs: SQSClient;

beforeAll(async () => {
  faux = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const common = { region: 'eu-central-1', endpoint: faux.address, credentials };
  s3 = new S3Client({ ...common, forcePathStyle: true });
  sqs = new SQSClient({ ...common, useQueueUrlAsEndpoint: false });
});

afterAll(async () => {
  s3.destroy();
  sqs.destroy();
  await faux.stop();
});

const bucketOf = (store: Store): string =>
  typeof store === 'string' ? store : `undelivered-${store.undeliveredOf}`;

describe('objects in S3', () =>
  objectsSuite(async () => ({
    objects: new S3Objects(s3, bucketOf),
    async put(store, Key, Body) {
      faux.createBucket(bucketOf(store));
      await s3.send(new PutObjectCommand({ Bucket: bucketOf(store), Key, Body }));
    },
  })));

describe('dead letters in SQS', () =>
  deadLettersSuite(async () => {
    const urls = new Map<string, string>();
    const missing = `${faux.address}/000000000000/nobody`;
    return {
      deadLetters: new SqsDeadLetters(sqs, integration => urls.get(integration) ?? missing),
      async send(integration, ...bodies) {
        const { queueUrl } = faux.createQueue(`${integration}-dead-letters`);
        urls.set(integration, queueUrl);
        for (const MessageBody of bodies)
          await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody }));
      },
    };
  }));

describe('dead letters that move in SQS', () =>
  moverSuite(async () => {
    const urls = new Map<string, string>();
    const urlOf = (name: string) => urls.get(name) ?? `${faux.address}/000000000000/nobody`;
    const work = (integration: string) => `${integration}-work`;
    return {
      letters: new SqsLetterMover(sqs, { deadLetters: urlOf, work: integration => urlOf(work(integration)) }),
      async send(integration, letters) {
        const queue = faux.createQueue(`${integration}-moved`);
        urls.set(integration, queue.queueUrl);
        urls.set(work(integration), faux.createQueue(work(integration)).queueUrl);
        for (const { body, reason } of letters)
          await sqs.send(
            new SendMessageCommand({
              QueueUrl: queue.queueUrl,
              MessageBody: body,
              ...(reason && { MessageAttributes: { reason: { DataType: 'String', StringValue: reason } } }),
            }),
          );
      },
      redriven: async integration =>
        (faux.inspectQueue(work(integration))?.messages.ready ?? []).map(({ body }) => body),
    };
  }));

describe('undelivered records', () => {
  const key = (name: string) => `aws/lambda/0f1e/s/2026/01/05/${name}`;
  const store = { undeliveredOf: 'crm-customers' };
  const notice = (bucket: string, name: string) =>
    JSON.stringify({ detail: { bucket: { name: bucket }, object: { key: key(name) } } });

  it('are written over or deleted, and notices of those that are gone are deleted, and no other message', async () => {
    const Bucket = bucketOf(store);
    faux.createBucket(Bucket);
    const queue = faux.createQueue('crm-customers-undelivered');
    const objects = new S3Objects(s3, bucketOf);
    const redelivery = awsRedelivery({
      ...{ s3, sqs, objects, stage: { prefix: '', name: 'dev' } },
      lambda: new LambdaClient({ region: 'eu-central-1' }),
      bucketOf: feed => bucketOf({ undeliveredOf: feed }),
      noticesUrlOf: () => queue.queueUrl,
    });
    for (const name of ['gone', 'left'])
      await s3.send(new PutObjectCommand({ Bucket, Key: key(name), Body: 'two records' }));
    const messages = [
      notice(Bucket, 'gone'),
      notice(Bucket, 'left'),
      notice('another', 'gone'),
      'see ticket 7',
    ];
    for (const MessageBody of messages)
      await sqs.send(new SendMessageCommand({ QueueUrl: queue.queueUrl, MessageBody }));
    await redelivery.replace('crm-customers', key('gone'), undefined);
    await redelivery.replace('crm-customers', key('left'), 'one record');
    await redelivery.sweepNotices('crm-customers');
    const left = await objects.read(store, key('left'), { start: 0, end: 100 });
    expect([
      await objects.read(store, key('gone'), { start: 0, end: 100 }),
      Buffer.from(left!).toString(),
    ]).toEqual([undefined, 'one record']);
    const ready = faux.inspectQueue('crm-customers-undelivered')?.messages.ready ?? [];
    expect(ready.map(({ body }) => body).sort()).toEqual(messages.slice(1).sort());
  });
});

describe('plans in DynamoDB', () => {
  const tables = new Tables();
  const server = createServer((request, response) => tables.serve(request, response));
  let dynamo: DynamoDBClient;

  beforeAll(async () => {
    await tables.start();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    dynamo = new DynamoDBClient({
      ...{ region: 'eu-central-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } },
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
    await dynamo.send(
      new CreateTableCommand({
        TableName: 'operate',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
      }),
    );
  });

  afterAll(async () => {
    dynamo.destroy();
    server.closeAllConnections();
    await new Promise(done => server.close(done));
    await tables.stop();
  });

  plansSuite(async () => {
    const marshallOptions = { removeUndefinedValues: true };
    const client = DynamoDBDocumentClient.from(dynamo, { marshallOptions });
    return new DynamoPlans(new DynamoTable(client, 'operate'), () => Date.parse('2026-11-20T08:00:00Z'));
  });
});
