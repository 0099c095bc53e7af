import { readFileSync } from 'node:fs';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { PurgeQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { jest } from '@jest/globals';
import { isSettled } from '#adapters/file-lane/core/outcome/handoff.ts';
import { commands } from '#cli/edge/commands.ts';
import { localApi } from '#cli/edge/find-api.ts';
import { OperatorApi } from '#cli/edge/operator-api.ts';
import type { Faults } from '#local/faults.ts';
import type { Story } from '#operate/core/shapes/handoffs.ts';
import { LocalApp, until } from './local-app.ts';

jest.setTimeout(180_000);
let app: LocalApp;
let api: OperatorApi;
let fate: Faults = () => 'done';

beforeAll(async () => {
  app = await LocalApp.start({ faults: (service, request) => fate(service, request) });
  api = new OperatorApi(localApi(app.description, 'viewer'));
}, 180_000);

afterAll(() => app?.stop());

const sample = (path: string) => readFileSync(`integrations/acme-orders/samples/${path}`);
const told = async (name: keyof typeof commands, given: string[] = [], options = {}) =>
  commands[name]!.run(api, { given, options });

/** Clients with the keys of a viewer. */
const asViewer = () => {
  const { region, endpoints, operator } = app.description;
  const credentials = operator!.identities.find(({ name }) => name === 'viewer')!;
  return {
    s3: new S3Client({ region, credentials, endpoint: endpoints.s3, forcePathStyle: true }),
    sqs: new SQSClient({ region, credentials, endpoint: endpoints.sqs, useQueueUrlAsEndpoint: false }),
  };
};

describe('a viewer', () => {
  it('sees what became of files, and the rows that are quarantined', async () => {
    await app.drop('acme-orders', 'orders_20261106.csv', sample('dirty/orders_20261106.csv'));
    await app.ack('acme-orders', 'orders_20261106.csv');
    const list = await until('the hand-off', async () => {
      const found = await told('files', ['acme-orders'], { state: 'partial' });
      const { handoffs } = found.json as { handoffs: { id: string }[] };
      return handoffs.length > 0 ? { ...found, id: handoffs[0]!.id } : undefined;
    });
    expect(list.text).toContain('orders_20261106.csv');
    expect((await told('files', ['acme-orders'], { name: 'orders_2026110' })).text).toContain(
      'orders_20261106',
    );
    const story = await told('show', [list.id]);
    expect(story.text).toMatch(
      /orders_20261106.csv: partial[\s\S]*12 received = 2 published \+ 10 quarantined/,
    );
    const rows = await told('quarantine', ['acme-orders'], { code: 'NOT_A_DATE' });
    expect(rows.text).toMatch(/NOT_A_DATE +line 3, placed_at/);
    expect(rows.json).toMatchObject({ units: [{ id: `${list.id}#2` }, { id: `${list.id}#12` }], next: null });
  });

  it('sees dead letters, which stay where they are', async () => {
    const { region, credentials, endpoints } = app.description;
    const sqs = new SQSClient({ region, credentials, endpoint: endpoints.sqs, useQueueUrlAsEndpoint: false });
    const body = { id: '1', detail: { bucket: { name: 'b' }, object: { key: 'acme/in/lost.csv' } } };
    await sqs.send(
      new SendMessageCommand({ QueueUrl: app.lane('acme-orders').dlqUrl, MessageBody: JSON.stringify(body) }),
    );
    for (const _ of ['once', 'and again'])
      expect((await told('dlq', ['acme-orders'])).text).toContain('file acme/in/lost.csv');
    const status = await told('status');
    expect(status).toMatchObject({
      needsAttention: true,
      text: expect.stringContaining('acme-orders: 1 dead letter'),
    });
    sqs.destroy();
  });

  it('sees that nothing is undelivered, and no rejects', async () => {
    expect((await told('undelivered', ['crm-customers'])).text).toBe('Nothing is undelivered.');
    expect((await told('rejects', ['stripe-payments'])).json).toEqual({ rejects: [], next: null });
    expect((await told('quarantine', ['stripe-payments'])).json).toEqual({ units: [], next: null });
  });

  it('is told what is wrong with a question', async () => {
    await expect(told('files', ['acme-order'])).rejects.toThrow('There is no integration "acme-order".');
    await expect(told('files', ['acme-orders'], { limit: '500' })).rejects.toThrow(/^Limit: /);
  });

  it('has no right on any bucket or queue', async () => {
    const { s3, sqs } = asViewer();
    const { quarantine } = app.description.buckets;
    await expect(s3.send(new ListObjectsV2Command({ Bucket: quarantine }))).rejects.toThrow(
      /user\/viewer is not authorized to perform: s3:ListBucket/,
    );
    await expect(s3.send(new GetObjectCommand({ Bucket: quarantine, Key: 'x' }))).rejects.toThrow(
      /s3:GetObject/,
    );
    const QueueUrl = app.lane('acme-orders').dlqUrl;
    await expect(sqs.send(new ReceiveMessageCommand({ QueueUrl }))).rejects.toThrow(/sqs:ReceiveMessage/);
    s3.destroy();
    sqs.destroy();
  });
});

describe('the reconciler', () => {
  /** Of this machine's owner. */
  const owner = () => {
    const { region, credentials, endpoints } = app.description;
    return {
      s3: new S3Client({ region, credentials, endpoint: endpoints.s3, forcePathStyle: true }),
      sqs: new SQSClient({ region, credentials, endpoint: endpoints.sqs, useQueueUrlAsEndpoint: false }),
      dynamo: DynamoDBDocumentClient.from(
        new DynamoDBClient({ region, credentials, endpoint: endpoints.dynamodb }),
      ),
    };
  };
  const reconcile = async () => {
    const operator = new OperatorApi(localApi(app.description, 'operator'));
    return commands.reconcile!.run(operator, { given: [], options: {} });
  };
  const keyOf = (id: string) => ({ pk: `acme-orders#${id}`, sk: 'HANDOFF' });
  const storyOf = async (name: string, isWanted: (story: Story) => boolean): Promise<Story> =>
    until(`${name} as wanted`, async () => {
      const { handoffs } = await api.ask('listHandoffs', { integration: 'acme-orders', name });
      const story = handoffs[0] && (await api.ask('readHandoff', { id: handoffs[0].id }));
      return story && isWanted(story) ? story : undefined;
    });

  const isSettledStory = ({ state }: Story) => isSettled(state);

  it('goes on with a file whose dead letter has expired', async () => {
    const { dynamo, sqs } = owner();
    const name = 'orders_20261107.csv';
    fate = (service, { method, url = '' }) =>
      service === 's3' && method === 'GET' && url.includes(name) ? 'refused' : 'done';
    await app.drop('acme-orders', name, sample('good/orders_20261102.csv'));
    const { id } = await storyOf(name, ({ fault, nextRetryAt }) => fault !== null && nextRetryAt !== null);
    // What the lane does at the last receive, ten tries later; then the dead letter expires.
    await sqs.send(new PurgeQueueCommand({ QueueUrl: app.lane('acme-orders').queueUrl }));
    await dynamo.send(
      new UpdateCommand({
        TableName: app.description.tables.ledger,
        Key: keyOf(id),
        UpdateExpression: 'SET stoppedAt = :at REMOVE nextRetryAt',
        ExpressionAttributeValues: { ':at': '2026-11-20T08:00:00.000Z' },
      }),
    );
    fate = () => 'done';
    const run = await reconcile();
    expect(run.text).toContain('1 work goes on');
    expect(run.text).toContain(`${id}: unknown`);
    await storyOf(name, ({ state }) => state === 'complete' || state === 'duplicate');
    expect((await told('reconcile', [], { last: '' })).text).toBe(run.text);
    expect((await told('show', [id])).text).toContain('compared');
    const QueueUrl = app.lane('acme-orders').dlqUrl;
    const MessageBody = JSON.stringify({ kind: 'edge.chunk', handoffId: id });
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    expect((await reconcile()).text).toContain('1 dead letters of settled files removed');
  });

  it('finds a file whose notification was lost, and writes an acknowledgement that is gone again', async () => {
    const { dynamo, s3 } = owner();
    const Bucket = app.description.buckets.inbound;
    const name = 'orders_20261108.csv';
    const ackKey = `${app.lane('acme-orders').ackPrefix}${name}.ack.json`;
    await app.drop('acme-orders', name, sample('dirty/orders_20261106.csv'));
    const { id, state } = await storyOf(name, isSettledStory);
    await dynamo.send(new DeleteCommand({ TableName: app.description.tables.ledger, Key: keyOf(id) }));
    await s3.send(new DeleteObjectCommand({ Bucket, Key: ackKey }));
    expect((await reconcile()).text).toMatch(/1 files notified again[\s\S]*the ledger does not know it/);
    expect(await storyOf(name, isSettledStory)).toMatchObject({ id });
    expect(await app.ack('acme-orders', name)).toMatchObject({ correlationId: id });
    await s3.send(new DeleteObjectCommand({ Bucket, Key: ackKey }));
    expect((await reconcile()).text).toContain('1 answers written again');
    expect(await app.ack('acme-orders', name)).toMatchObject({ state, correlationId: id });
  });

  it('rings for a file that never came', async () => {
    const { dynamo } = owner();
    const { TableNames = [] } = await dynamo.send(new ListTablesCommand({}));
    // As if the schedule was last looked at a week ago.
    const marks = { watch: { upTo: Date.now() - 7 * 86_400_000, isMet: false, missing: [] } };
    const Item = { pk: 'reconciliation#nordwind-inventory', sk: 'marks', marks };
    await dynamo.send(new PutCommand({ TableName: TableNames.find(name => name.includes('Operate')), Item }));
    expect((await reconcile()).text).toMatch(
      /nordwind-inventory: external-failure\s+the file that was due at/,
    );
    const status = await told('status');
    expect(status.text).toMatch(/nordwind-inventory: the file due at \S+ did not come/);
    expect(status.text).toMatch(/nordwind-inventory: the next file is due at/);
    const events = await (await fetch(`${app.description.endpoints.console}/events`)).text();
    expect(events).toMatch(/"detail-type":"edge.file.overdue.v1"/);
  });

  it('is asked for by operators alone', async () => {
    await expect(told('reconcile')).rejects.toThrow('The API refused your identity.');
  });
});

describe('the API', () => {
  const url = () => app.description.operator!.url;

  it('answers no one who did not sign, or signed with another secret', async () => {
    expect((await fetch(`${url()}/operate/integrations`)).status).toBe(403);
    const viewer = localApi(app.description, 'viewer');
    const forged = { ...viewer, credentials: { ...viewer.credentials, secretAccessKey: 'guessed' } };
    await expect(new OperatorApi(forged).ask('listIntegrations', {})).rejects.toThrow(
      'The API refused your identity.',
    );
  });

  it('logs who asked', async () => {
    await told('status');
    const { console } = app.description.endpoints;
    const page = await (await fetch(console)).text();
    const [, name] = /\/logs\?function=(\S*Operator\S*)/.exec(page)!;
    const log = await (await fetch(`${console}/logs?function=${name}`)).text();
    expect(log).toContain('arn:aws:iam::000000000000:user/viewer');
  });
});
