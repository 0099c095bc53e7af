import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { S3Objects } from '#operate/aws/s3-objects.ts';
import { SqsDeadLetters } from '#operate/aws/sqs-dead-letters.ts';
import type { Store } from '#operate/ports.ts';
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
