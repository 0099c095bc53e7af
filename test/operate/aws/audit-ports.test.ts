import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Tables } from '#local/dynamodb/tables.ts';
import { Front } from '#local/front.ts';
import { Permissions } from '#local/iam/permissions.ts';
import { s3Guard } from '#local/iam/s3-guard.ts';
import { S3Api } from '#local/s3/s3-api.ts';
import { Store } from '#local/s3/store.ts';
import { dynamoAuditHeads } from '#operate/aws/dynamo-audit-heads.ts';
import { S3Trail } from '#operate/aws/s3-trail.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { headsSuite, trailSuite } from '../trail.suite.ts';

const directory = mkdtempSync(join(tmpdir(), 'audit-'));
const front = new Front();
const tables = new Tables();
const store = new Store(directory, () => undefined);
let s3: S3Client;
let dynamo: DynamoDBClient;

beforeAll(async () => {
  await tables.start();
  const api = new S3Api(store, 'eu-central-1', s3Guard(new Permissions(new Map())));
  await front.listen(0);
  front.serve(
    {
      s3: (request, response) => api.serve(request, response),
      dynamodb: (request, response) => tables.serve(request, response),
    },
    () => undefined,
  );
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const common = { region: 'eu-central-1', endpoint: front.origin, credentials };
  s3 = new S3Client({ ...common, forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' });
  dynamo = new DynamoDBClient(common);
});

afterAll(async () => {
  s3.destroy();
  dynamo.destroy();
  await front.stop();
  await tables.stop();
  rmSync(directory, { recursive: true });
});

let made = 0;

describe('a trail in S3, locked', () =>
  trailSuite(async () => {
    const name = `audit-${++made}`;
    store.addBucket({ name, versioned: true, notifies: false, retention: { mode: 'COMPLIANCE', days: 1 } });
    return {
      trail: new S3Trail(s3, name, 1),
      async put(Key, Body) {
        const place = { Bucket: name, Key };
        await (Body === undefined
          ? s3.send(new DeleteObjectCommand(place))
          : s3.send(new PutObjectCommand({ ...place, Body, ChecksumAlgorithm: 'SHA256' })));
      },
    };
  }));

describe('heads of chains in DynamoDB', () =>
  headsSuite(async () => {
    const TableName = `operate-${++made}`;
    const keys = ['pk', 'sk'].map(AttributeName => ({ AttributeName, AttributeType: 'S' }) as const);
    await dynamo.send(
      new CreateTableCommand({
        ...{ TableName, BillingMode: 'PAY_PER_REQUEST', AttributeDefinitions: keys },
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    );
    return dynamoAuditHeads(new DynamoTable(DynamoDBDocumentClient.from(dynamo), TableName), () => 0);
  }));
