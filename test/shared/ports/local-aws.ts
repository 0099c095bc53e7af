import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient, type KeySchemaElement } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startFauxqs } from 'fauxqs';
import { dynamoHandoffSearch } from '#adapters/file-lane/aws/dynamo-handoff-search.ts';
import { dynamoReconciledLedger } from '#adapters/file-lane/aws/dynamo-reconciled-ledger.ts';
import { fileLanePorts } from '#adapters/file-lane/aws/file-lane-ports.ts';
import { handoffIndexes } from '#adapters/file-lane/core/outcome/handoff-indexes.ts';
import type { FileLanePorts, HandoffSearch, ReconciledLedger } from '#adapters/file-lane/ports.ts';
import { Tables } from '#local/dynamodb/tables.ts';
import { DynamoTable } from '#shared/aws/dynamo-table.ts';

/** The AWS ports against S3, SQS and DynamoDB in this process. No versions in this S3, and no bus. */
export interface LocalAws {
  readonly ports: FileLanePorts;
  readonly search: HandoffSearch;
  readonly reconciled: ReconciledLedger;
  /** For tests that look behind the ports. */
  readonly dynamo: DynamoDBClient;
  /** What a function's environment says of these services. */
  readonly environment: Readonly<Record<string, string>>;
  /** Bodies in the lane's queue, read without being received. */
  laneBodies(which?: 'ready' | 'delayed'): unknown[];
  stop(): Promise<void>;
}

const buckets = { INBOUND_BUCKET: 'inbound', RAW_BUCKET: 'raw', QUARANTINE_BUCKET: 'quarantine' };

export async function startLocalAws(): Promise<LocalAws> {
  const tables = new Tables();
  await tables.start();
  const server = createServer((request, response) => tables.serve(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const faux = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
  const restore = pointTheSdkTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, faux.address);
  for (const bucket of Object.values(buckets)) faux.createBucket(bucket);
  const lane = faux.createQueue(`lane-${randomUUID()}`);
  const dead = faux.createQueue(`dead-${randomUUID()}`);
  const rows = faux.createQueue(`rows-${randomUUID()}`);
  const dynamo = new DynamoDBClient({});
  await createTables(dynamo);
  const environment = {
    ...buckets,
    ...names,
    LANE_QUEUE_URL: lane.queueUrl,
    DEAD_LETTERS_URL: dead.queueUrl,
    ROWS_QUEUE_URL: rows.queueUrl,
  };
  const table = new DynamoTable(DynamoDBDocumentClient.from(dynamo), 'ledger');
  return {
    ports: fileLanePorts({ ...process.env, ...environment }),
    environment,
    search: dynamoHandoffSearch(table),
    reconciled: dynamoReconciledLedger(table),
    dynamo,
    laneBodies: (which: 'ready' | 'delayed' = 'ready') =>
      (faux.inspectQueue(lane.queueName)?.messages[which] ?? []).map(message => JSON.parse(message.body)),
    stop: async () => {
      dynamo.destroy();
      await faux.stop();
      server.closeAllConnections();
      await new Promise(done => server.close(done));
      await tables.stop();
      restore();
    },
  };
}

const names = { BUS_NAME: 'edge', LEDGER_TABLE: 'ledger', CLAIMS_TABLE: 'claims', OPERATE_TABLE: 'operate' };

/** Gives what puts the environment back as it was: whoever starts a process afterwards hands it on. */
function pointTheSdkTo(dynamo: string, other: string): () => void {
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: dynamo,
    AWS_ENDPOINT_URL_S3: other,
    AWS_ENDPOINT_URL_SQS: other,
  });
  return () => {
    process.env = before;
  };
}

async function createTables(client: DynamoDBClient): Promise<void> {
  const ledger = tableOf('ledger', ['pk', 'sk']);
  const indexes = Object.values(handoffIndexes);
  const attributes = new Set(['pk', 'sk', ...indexes.flatMap(({ partition, sort }) => [partition, sort])]);
  await client.send(
    new CreateTableCommand({
      ...ledger.input,
      AttributeDefinitions: [...attributes].map(name => ({ AttributeName: name, AttributeType: 'S' })),
      GlobalSecondaryIndexes: indexes.map(({ name, partition, sort }) => ({
        IndexName: name,
        KeySchema: keySchema([partition, sort]),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    }),
  );
  await client.send(tableOf('claims', ['pk']));
  await client.send(tableOf('operate', ['pk', 'sk']));
}

const keySchema = (keys: readonly string[]): KeySchemaElement[] =>
  keys.map((AttributeName, i) => ({ AttributeName, KeyType: i === 0 ? 'HASH' : 'RANGE' }));

const tableOf = (TableName: string, keys: readonly string[]): CreateTableCommand =>
  new CreateTableCommand({
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: keySchema(keys),
    AttributeDefinitions: keys.map(AttributeName => ({ AttributeName, AttributeType: 'S' })),
  });
