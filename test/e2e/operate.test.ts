import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import { KMSClient } from '@aws-sdk/client-kms';
import {
  GetAliasCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { jest } from '@jest/globals';
import { isSettled } from '#adapters/file-lane/core/outcome/handoff.ts';
import { onceKey } from '#adapters/webhook-fence/aws/find-remembered.ts';
import type { Provider } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { Cloud } from '#cli/demo/cloud.ts';
import { type ShopOrder, shopifyApi } from '#cli/demo/shopify-api.ts';
import { signedHeaders } from '#cli/demo/sign.ts';
import { commands } from '#cli/edge/commands.ts';
import { localApi } from '#cli/edge/find-api.ts';
import { OperatorApi } from '#cli/edge/operator-api.ts';
import { simulateFeed } from '#cli/simulate/simulate-feed.ts';
import { simulateFence } from '#cli/simulate/simulate-fence.ts';
import { simulateLane } from '#cli/simulate/simulate-lane.ts';
import type { Simulated } from '#cli/simulate/simulation.ts';
import crm from '#integrations/crm-customers/contract.ts';
import fleet from '#integrations/fleet-shipments/contract.ts';
import github from '#integrations/github-releases/contract.ts';
import globex from '#integrations/globex-shipments/contract.ts';
import loyalty from '#integrations/loyalty-members/contract.ts';
import nordwind from '#integrations/nordwind-inventory/contract.ts';
import shopify from '#integrations/shopify-orders/contract.ts';
import stripe from '#integrations/stripe-payments/contract.ts';
import type { Faults } from '#local/faults.ts';
import type { EventLine } from '#operate/core/shapes/events.ts';
import type { Story } from '#operate/core/shapes/handoffs.ts';
import type { PlanStory } from '#operate/core/shapes/plans.ts';
import { kmsKey } from '#shared/aws/kms-key.ts';
import { workFunctionName } from '#shared/core/identity/resource-names.ts';
import { kinesisEvent, undeliveredObject } from '../cdc-feed/core/undelivered/undelivered-objects.ts';
import { prove, removeFromLog } from './bus-log.ts';
import { type AuditLine, type AuditObject, LocalApp, until } from './local-app.ts';

jest.setTimeout(600_000);
let app: LocalApp;
let api: OperatorApi;
let fate: Faults = () => 'done';
let ordersOfShop: readonly ShopOrder[] = [];

beforeAll(async () => {
  app = await LocalApp.start({
    faults: (service, request) => fate(service, request),
    outside: shopifyApi(() => ordersOfShop),
  });
  api = new OperatorApi(localApi(app.description, 'viewer'));
}, 180_000);

afterAll(() => app?.stop());

const sample = (path: string) => readFileSync(`integrations/acme-orders/samples/${path}`);
const told = async (name: keyof typeof commands, given: string[] = [], options = {}) =>
  commands[name]!.run(api, { given, options });
/** As another identity than the viewer. */
const toldAs = async (identity: string, name: keyof typeof commands, given: string[], options = {}) =>
  commands[name]!.run(new OperatorApi(localApi(app.description, identity)), { given, options });

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

  it('sees the events of a file on the bus, once each, and the attributes of one', async () => {
    await app.drop('acme-orders', 'orders_20261121.csv', sample('good/orders_20261102.csv'));
    const { correlationId, counts } = await app.ack('acme-orders', 'orders_20261121.csv');
    const ids = (await app.events(correlationId)).map(({ id }) => id).sort();
    expect(ids).toHaveLength(counts.published!);
    const listed = await until('the bus log', async () => {
      const found = await told('events', [], { correlationid: correlationId, limit: '100' });
      const own = (found.json as { events: EventLine[] }).events.filter(({ source }) => source !== 'edge');
      return own.length === ids.length ? { ...found, own } : undefined;
    });
    expect(listed.own.map(({ id }) => id).sort()).toEqual(ids);
    expect(listed.text).toContain('orders.order');
    const one = await told('event', [ids[0]!]);
    expect(one.text).toMatch(/^type +orders\.order[\s\S]*^rawref +s3:\/\/[\s\S]*^published /m);
    expect(one.json).toMatchObject({ copies: [{ id: ids[0] }] });
  });

  it('sees which event was removed from the bus log by hand, and that it is published again', async () => {
    await app.drop('acme-orders', 'orders_20261122.csv.gz', sample('good/orders_20261103.csv.gz'));
    const { correlationId, counts } = await app.ack('acme-orders', 'orders_20261122.csv.gz');
    const published = counts.published!;
    const onBus = await until('the events', async () => {
      const found = await told('events', [], { correlationid: correlationId, limit: '100' });
      const own = (found.json as { events: EventLine[] }).events.filter(({ source }) => source !== 'edge');
      return own.length >= published ? own : undefined;
    });
    const { id } = onBus[0]!;
    await removeFromLog(app, id);
    expect((await told('event', [id])).needsAttention).toBe(true);
    // Within the time of grace the log may still be incomplete.
    expect(await prove(app, {})).toMatchObject({ missing: 0, waiting: 1 });
    expect(await prove(app, { graceSeconds: 0 })).toMatchObject({ missing: 1 });
    await until('the event', async () => ((await told('event', [id])).needsAttention ? undefined : true));
    expect(await prove(app, {})).toMatchObject({ proven: 1, missing: 0, unlike: 0, waiting: 0 });
    const { text } = await told('show', [correlationId]);
    expect(text).toMatch(RegExp(`proven [^:]*:..:..: ${published} claimed, ${published} on the bus`));
    expect(text).toContain(`was missing: ${id}`);
  });

  it('has what a consumer lost sent again by an operator: a plan, then the replay, marked and with its ids', async () => {
    const { correlationId } = await app.ack('acme-orders', 'orders_20261121.csv');
    const before = (await app.events(correlationId)).map(({ id }) => id);
    const from = new Date(Date.now() - 600_000).toISOString();
    const to = new Date(Date.now() + 1_000).toISOString();
    const options = { from, to, correlationid: correlationId, type: 'orders.order.created.v1' };
    const planned = await toldAs('operator', 'plan', ['replay', 'acme-orders'], options);
    const { id, units } = planned.json as { id: string; units: number };
    expect(units).toBeGreaterThan(0);
    const ran = await toldAs('operator', 'run', [id]);
    expect(ran.json).toMatchObject({ state: 'done', done: units, failed: 0 });
    const again = (await app.events(correlationId)).slice(before.length);
    expect(again).toHaveLength(units);
    for (const event of again) {
      expect(before).toContain(event.id);
      expect(event).toMatchObject({ replay: id });
    }
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

  it('sees faults grouped into issues, and what to do about each', async () => {
    await fetch(app.description.fences.find(({ id }) => id === 'stripe-payments')!.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'stripe-signature': `t=${Math.floor(Date.now() / 1000)},v1=${'0'.repeat(64)}`,
      },
      body: '{}',
    });
    const list = await until('both issues', async () => {
      const found = await told('issues');
      return /NOT_A_DATE[\s\S]*SIGNATURE_MISMATCH|SIGNATURE_MISMATCH[\s\S]*NOT_A_DATE/.test(found.text)
        ? found
        : undefined;
    });
    expect(list).toMatchObject({
      needsAttention: true,
      text: expect.stringMatching(/stripe-payments +│ SIGNATURE_MISMATCH +│ open +│ +1 /),
    });
    const rows = await told('issue', ['acme-orders', 'NOT_A_DATE']);
    expect(rows.text).toMatch(/count +2 since[\s\S]*example +acme-orders\.\w+ \(line 3, placed_at\)/);
    const rejects = await told('issue', ['stripe-payments', 'SIGNATURE_MISMATCH']);
    expect(rejects.text).toMatch(/wrong secret[\s\S]*What to do: /);

    const key = ['stripe-payments', 'SIGNATURE_MISMATCH'];
    await expect(told('resolve', key)).rejects.toThrow('The API refused your identity.');
    expect((await toldAs('operator', 'resolve', key)).text).toMatch(/: resolved[\s\S]*user\/operator/);
    expect((await told('issues', ['stripe-payments'])).text).toBe('No issues.');
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

describe('dead letters of a lane', () => {
  it('are redriven by an operator in two commands, who did what is kept, and a viewer may not', async () => {
    const lane = app.lane('acme-orders');
    const before = (await told('dlq', ['acme-orders'])).json as { deadLetters: unknown[] };
    await app.deadLetter('acme-orders', {
      id: '2',
      detail: {
        bucket: { name: app.description.buckets.inbound },
        object: { key: `${lane.inPrefix}gone.csv` },
      },
    });
    await expect(toldAs('viewer', 'plan', ['redrive', 'acme-orders'])).rejects.toThrow(
      'refused your identity',
    );
    await expect(toldAs('approver', 'plan', ['redrive', 'acme-orders'])).rejects.toThrow(
      'refused your identity',
    );
    const made = await toldAs('operator', 'plan', ['redrive', 'acme-orders']);
    const { id } = made.json as { id: string };
    expect(made.text).toContain(`${before.deadLetters.length + 1} dead letter`);
    expect(made.text).toContain(`npm run edge -- run ${id}`);
    await expect(toldAs('viewer', 'run', [id])).rejects.toThrow('refused your identity');
    const ran = await toldAs('operator', 'run', [id]);
    expect(ran.json).toMatchObject({
      ...{ state: 'done', done: before.deadLetters.length + 1, failed: 0 },
      history: [
        { by: 'arn:aws:iam::000000000000:user/operator', what: 'made: redrive of acme-orders' },
        { by: 'job' },
        { by: 'arn:aws:iam::000000000000:user/operator', what: 'run' },
        { by: 'job' },
      ],
    });
    expect((await told('jobs')).text).toContain(id);
  });

  it('of payments are redriven once another person approved, who is not who made the plan', async () => {
    const { region, credentials, endpoints, fences } = app.description;
    const sqs = new SQSClient({ region, credentials, endpoint: endpoints.sqs, useQueueUrlAsEndpoint: false });
    const QueueUrl = fences.find(({ id }) => id === 'stripe-payments')!.dlqUrl;
    const letters = Array.from({ length: 21 }, (_, n) => ({ Id: String(n), MessageBody: `{"n":${n}}` }));
    for (let i = 0; i < letters.length; i += 10)
      await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: letters.slice(i, i + 10) }));
    sqs.destroy();
    const made = await toldAs('operator', 'plan', ['redrive', 'stripe-payments']);
    const { id } = made.json as { id: string };
    expect(made.json).toMatchObject({ state: 'awaiting-approval', units: 21 });
    await expect(toldAs('operator', 'run', [id])).rejects.toThrow('another person must approve it first');
    for (const identity of ['viewer', 'operator'])
      await expect(toldAs(identity, 'approve', [id])).rejects.toThrow('refused your identity');
    expect((await toldAs('approver', 'approve', [id])).json).toMatchObject({ state: 'approved' });
    await expect(toldAs('approver', 'run', [id])).rejects.toThrow('refused your identity');
    expect((await toldAs('operator', 'run', [id])).json).toMatchObject({ state: 'done', done: 21 });
  });
});

describe('quarantined rows', () => {
  it('are resubmitted by an operator in two commands, and the file says what became of them', async () => {
    const name = 'orders_20261030.csv';
    const first = await dropAndAck(name);
    const made = await toldAs('operator', 'plan', ['resubmit', 'acme-orders'], { file: name });
    const { id } = made.json as { id: string };
    expect(made.text).toContain(`${name}: 10 quarantined rows`);
    await toldAs('operator', 'run', [id]);
    const later = await until('the reprocessed hand-off', async () => {
      const { correlationId } = await app.ack('acme-orders', name);
      return correlationId === first ? undefined : correlationId;
    });
    expect((await told('show', [first])).text).toMatch(/reprocessed +acme-orders/);
    const story = await until('its story', async () => {
      const found = (await told('show', [later])).text;
      return found.includes('settled') ? found : undefined;
    });
    expect(story).toMatch(/: partial[\s\S]*10 received = 10 quarantined/);
    expect(story).toContain(first);
  });
});

/** A plan of an operator, made and run. */
async function operated(kind: string, integration: string, options = {}): Promise<unknown> {
  const { id } = (await toldAs('operator', 'plan', [kind, integration], options)).json as { id: string };
  return (await toldAs('operator', 'run', [id])).json;
}

/** How many messages wait in a queue. */
async function waitingIn(QueueUrl: string): Promise<number> {
  const { region, credentials, endpoints } = app.description;
  const sqs = new SQSClient({ region, credentials, endpoint: endpoints.sqs, useQueueUrlAsEndpoint: false });
  const AttributeNames = ['ApproximateNumberOfMessages'] as const;
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
  );
  sqs.destroy();
  return Number(Attributes!.ApproximateNumberOfMessages);
}

describe('integrations that are disabled', () => {
  const fence = () => app.description.fences.find(({ id }) => id === 'fleet-shipments')!;

  async function drop(): Promise<void> {
    const rows = sample('good/orders_20261102.csv').toString('utf8').replaceAll('A-10', 'A-27');
    await app.drop('acme-orders', 'orders_20261027.csv', rows);
  }

  async function post(): Promise<number> {
    const { url, secrets, scheme } = fence();
    const data = { tenant: 'acme', shipment_id: 'SH-WAITS', status: 'delivered', carrier: 'Fleet Express' };
    const at = '2026-11-20T09:00:00Z';
    const shipment = { ...data, tracking_number: 'FX1', occurred_at: at };
    const body = Buffer.from(JSON.stringify({ type: 'shipment.updated', timestamp: at, data: shipment }));
    const signed = { url, body, id: 'msg_waits', sentAt: Date.now() };
    const headers = signedHeaders(schemes[scheme as Provider], secrets, signed);
    const type = { 'content-type': 'application/json' };
    return (await fetch(url, { method: 'POST', headers: { ...type, ...headers }, body })).status;
  }

  async function change(): Promise<void> {
    const [line] = readFileSync('integrations/crm-customers/samples/dirty/records.jsonl', 'utf8').split('\n');
    const { data } = JSON.parse(line!);
    const after = { ...data.after, id: 7_100, full_name: 'Waits' };
    const { region, credentials, endpoints, feeds } = app.description;
    const { stream: StreamName } = feeds.find(({ id }) => id === 'crm-customers')!;
    const kinesis = new KinesisClient({ region, credentials, endpoint: endpoints.kinesis });
    const Data = Buffer.from(JSON.stringify({ ...data, after }));
    await kinesis.send(new PutRecordCommand({ StreamName, PartitionKey: '7100', Data }));
    kinesis.destroy();
  }

  /** What of this test's input was published. */
  async function published(): Promise<readonly string[]> {
    const text = JSON.stringify(await app.events());
    return ['A-270001', 'SH-WAITS', '"7100"'].filter(name => text.includes(name));
  }

  it('publish nothing, refuse nothing, and publish all when they are enabled again', async () => {
    const ids = ['acme-orders', 'fleet-shipments', 'crm-customers'];
    const ended = await Promise.all(ids.map(id => operated('disable', id)));
    expect(ended).toMatchObject(ids.map(() => ({ state: 'done', done: 1 })));
    const { text } = await told('status');
    for (const id of ids) expect(text).toMatch(new RegExp(`${id} +│ disabled[\\s\\S]*${id}: disabled since`));
    await drop();
    expect(await post()).toBe(202);
    await change();
    for (const url of [app.lane('acme-orders').queueUrl, fence().spillQueueUrl])
      await until('what waits', async () => ((await waitingIn(url)) === 1 ? true : undefined));
    expect(await published()).toEqual([]);
    await Promise.all(ids.map(id => operated('enable', id)));
    await until('their events', async () => ((await published()).length === 3 ? true : undefined));
    expect((await told('status')).text).not.toContain('disabled');
  });
});

describe('a version that is bad', () => {
  it('is taken back by an operator, in the middle of its deployment and after it, while files go on', async () => {
    const { region, credentials, endpoints } = app.description;
    const lambda = new LambdaClient({ region, credentials, endpoint: endpoints.lambda });
    const live = {
      FunctionName: workFunctionName({ prefix: '', name: 'dev' }, { id: 'acme-orders', kind: 'file-lane' }),
      Name: 'live',
    };
    const { Version } = await lambda.send(new PublishVersionCommand(live));
    const RoutingConfig = { AdditionalVersionWeights: { [Version!]: 0.5 } };
    await lambda.send(new UpdateAliasCommand({ ...live, RoutingConfig }));
    await dropAndAck('orders_20261021.csv');
    expect(await operated('rollback', 'acme-orders')).toMatchObject({ state: 'done', done: 1 });
    const stopped = await lambda.send(new GetAliasCommand(live));
    expect(stopped).toMatchObject({ FunctionVersion: '1', Description: expect.stringMatching(/^plan /) });
    expect(stopped.RoutingConfig).toBeUndefined();
    await lambda.send(new UpdateAliasCommand({ ...live, FunctionVersion: Version }));
    await dropAndAck('orders_20261022.csv');
    expect(await operated('rollback', 'acme-orders')).toMatchObject({ state: 'done', done: 1 });
    expect(await lambda.send(new GetAliasCommand(live))).toMatchObject({ FunctionVersion: '1' });
    await dropAndAck('orders_20261023.csv');
    expect(await operated('rollforward', 'acme-orders')).toMatchObject({ state: 'done', done: 1 });
    expect(await lambda.send(new GetAliasCommand(live))).toMatchObject({ FunctionVersion: Version });
    lambda.destroy();
  });
});

describe('undelivered records of a feed', () => {
  const feed = () => app.description.feeds.find(({ id }) => id === 'crm-customers')!;
  const shard = 'shardId-000000000000';

  /** What Lambda leaves of a batch: changes of two customers in turn, as Debezium would put them. */
  async function leave(from: number, count: number): Promise<void> {
    const [line] = readFileSync('integrations/crm-customers/samples/dirty/records.jsonl', 'utf8').split('\n');
    const { data } = JSON.parse(line!);
    const records = Array.from({ length: count }, (_, i) => {
      const n = from + i;
      const lsn = 90_000_000 + n;
      const after = { ...data.after, id: 5_000 + (n % 2), full_name: `Change ${n}` };
      const source = { ...data.source, lsn, sequence: JSON.stringify([String(lsn), String(lsn)]) };
      const text = JSON.stringify({ ...data, after, source });
      return { key: String(after.id), number: n, data: Buffer.from(text).toString('base64') };
    });
    const Key = `aws/lambda/0f1e/${shard}/2026/01/05/2026-01-05T14.00.00-${from}`;
    const Body = undeliveredObject('kinesis', kinesisEvent(shard, records), { shard });
    const s3 = asOwner();
    await s3.send(new PutObjectCommand({ Bucket: feed().undeliveredBucket, Key, Body }));
    s3.destroy();
  }

  const namesOf = async (aggregateid: string) =>
    (await app.events())
      .map(event => event as unknown as { aggregateid: string; data: { fullName: string } })
      .filter(event => event.aggregateid === aggregateid)
      .map(({ data }) => data.fullName);

  it('are delivered in order by an operator who has no right of their own, and their notices go', async () => {
    await leave(7, 2);
    await leave(1, 6);
    const { undeliveredQueueUrl } = feed();
    await until('their notices', async () =>
      (await waitingIn(undeliveredQueueUrl)) === 2 ? true : undefined,
    );
    expect((await told('undelivered', ['crm-customers'])).text).toContain(
      'npm run edge -- plan redeliver crm-customers',
    );
    await expect(toldAs('viewer', 'plan', ['redeliver', 'crm-customers'])).rejects.toThrow(
      'The API refused your identity',
    );
    fate = service => (service === 'events' ? 'refused' : 'done');
    const held = (await operated('redeliver', 'crm-customers')) as PlanStory;
    expect(held).toMatchObject({ state: 'paused', units: 8, done: 0, failed: 1, repeats: 0 });
    expect(held.failures[0]!.reason).toMatch(/^BUS_UNAVAILABLE: /);
    fate = () => 'done';
    const resumed = await toldAs('operator', 'resume', [held.id]);
    expect(resumed.json).toMatchObject({ state: 'done', done: 8, failed: 0, note: null });
    await until('the events', async () => ((await namesOf('5000')).length === 4 ? true : undefined));
    expect(await namesOf('5000')).toEqual([2, 4, 6, 8].map(n => `Change ${n}`));
    expect(await namesOf('5001')).toEqual([1, 3, 5, 7].map(n => `Change ${n}`));
    expect((await told('undelivered', ['crm-customers'])).text).toBe('Nothing is undelivered.');
    expect(await waitingIn(undeliveredQueueUrl)).toBe(0);
  });
});

/** A client with the keys of this machine's owner, who may do everything. */
const asOwner = () => {
  const { region, endpoints, credentials } = app.description;
  return new S3Client({ region, credentials, endpoint: endpoints.s3, forcePathStyle: true });
};

const auditBucket = () => app.description.audit!.bucket;

async function dropAndAck(name: string): Promise<string> {
  // Another number of each order, so that it is another file.
  const text = sample('dirty/orders_20261106.csv')
    .toString('utf8')
    .replaceAll('A-10', `A-${name.slice(13, 15)}`);
  await app.drop('acme-orders', name, text);
  return (await app.ack('acme-orders', name)).correlationId;
}

/** The records of a hand-off, each with its place, once the last is there. */
const recordsOf = (id: string) =>
  until(`the records of ${id}`, async () => {
    const records = (await app.auditObjects('records/')).flatMap(({ key, text, lines }) =>
      lines.map((record, i) => ({ key, text, line: i + 1, ...record })).filter(it => it.subject === id),
    );
    return records.some(({ step }) => step === 'acknowledged') ? records : undefined;
  });

/** Changes what a record says, as someone could who got around the bucket's policy. Gives the first version. */
async function editByHand({ key, text }: Pick<AuditObject, 'key' | 'text'>): Promise<string | undefined> {
  const s3 = asOwner();
  const { VersionId } = await s3.send(new HeadObjectCommand({ Bucket: auditBucket(), Key: key }));
  const Body = text.replace('"published":2', '"published":9');
  await s3.send(new PutObjectCommand({ Bucket: auditBucket(), Key: key, Body, ChecksumAlgorithm: 'SHA256' }));
  s3.destroy();
  return VersionId;
}

describe('the audit trail', () => {
  it('says what became of a file', async () => {
    const records = await recordsOf(await dropAndAck('orders_20261107.csv'));
    expect(records.map(({ step }) => step)).toEqual(['received', 'transformed', 'published', 'acknowledged']);
    const details = { state: 'partial', received: 12, published: 2, quarantined: 10 };
    expect(records.at(-1)?.details).toMatchObject(details);
    expect((await told('audit', ['verify'])).text).toContain('Nothing was edited, moved or removed.');
  });

  it('says who did what with a plan', async () => {
    const isRedrive = (_: readonly string[], lines: readonly AuditLine[]) =>
      lines.length === 4 && lines.every(({ details }) => details.kind === 'redrive');
    const records = await app.audited('acme-orders', isRedrive);
    const byOperator = { kind: 'redrive', by: 'arn:aws:iam::000000000000:user/operator' };
    expect(records[0]!.details).toMatchObject({ ...byOperator, what: 'made: redrive of acme-orders' });
    expect(records[2]!.details).toMatchObject({ ...byOperator, what: 'run' });
  });

  it('is sealed with a key of KMS, and verified from a copy of its files and the public key alone', async () => {
    await app.fire('edge-seal-audit-dev');
    const folder = await mkdtemp(join(tmpdir(), 'edge-audit-'));
    for (const { key, text } of await app.auditObjects()) {
      mkdirSync(dirname(join(folder, key)), { recursive: true });
      writeFileSync(join(folder, key), text);
    }
    const { region, audit, endpoints, credentials } = app.description;
    const kms = new KMSClient({ region, endpoint: endpoints.s3, credentials });
    const pem = join(folder, 'public.pem');
    writeFileSync(pem, await kmsKey(audit!.keyArn, kms).publicKey());
    const { code, out } = await app.command('verify-audit', folder, pem);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/ signed +.* not sealed /s) });
    rmSync(folder, { recursive: true });
  });

  it('says which record was edited by hand, whether the first version is still there or not', async () => {
    const records = await recordsOf(await dropAndAck('orders_20261108.csv'));
    const { key, line, text } = records.find(({ step }) => step === 'published')!;
    const VersionId = await editByHand({ key, text });
    const again = await told('audit', ['verify']);
    expect(again).toMatchObject({ needsAttention: true });
    expect(again.text).toContain(`WRITTEN_AGAIN ${key}, line ${line}`);
    const s3 = asOwner();
    const first = { Bucket: auditBucket(), Key: key, VersionId };
    await expect(s3.send(new DeleteObjectCommand(first))).rejects.toThrow('protected by object lock');
    await s3.send(new DeleteObjectCommand({ ...first, BypassGovernanceRetention: true }));
    expect((await told('audit', ['verify'])).text).toContain(`LINE_EDITED ${key}, line ${line}`);
    s3.destroy();
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

  it('is done without: an operator lets files go on that nobody works on', async () => {
    const { sqs } = owner();
    const name = 'orders_20261116.csv';
    fate = (service, { method, url = '' }) =>
      service === 's3' && method === 'GET' && url.includes(name) ? 'refused' : 'done';
    await app.drop('acme-orders', name, sample('good/orders_20261102.csv'));
    await storyOf(name, ({ fault, nextRetryAt }) => fault !== null && nextRetryAt !== null);
    await sqs.send(new PurgeQueueCommand({ QueueUrl: app.lane('acme-orders').queueUrl }));
    fate = () => 'done';
    expect(await operated('settle', 'acme-orders', { file: name })).toMatchObject({ state: 'done', done: 1 });
    await storyOf(name, ({ state }) => state === 'complete' || state === 'duplicate');
  });

  it('goes on with a file whose dead letter has expired', async () => {
    const { dynamo, sqs } = owner();
    const name = 'orders_20261117.csv';
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
    const QueueUrl = app.lane('acme-orders').dlqUrl;
    const MessageBody = JSON.stringify({ kind: 'edge.chunk', handoffId: id });
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    expect((await reconcile()).text).toContain('1 dead letters of settled files removed');
    expect((await told('show', [id])).text).toContain('compared');
  });

  it('finds a file whose notification was lost, and writes an acknowledgement that is gone again', async () => {
    const { dynamo, s3 } = owner();
    const Bucket = app.description.buckets.inbound;
    const name = 'orders_20261118.csv';
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

  it('has the files of a ledger that went back in time worked on again: their events keep their ids', async () => {
    const { dynamo, s3 } = owner();
    const TableName = app.description.tables.ledger;
    const name = 'orders_20261124.csv';
    const id = await dropAndAck(name);
    const eventIds = async () => {
      const events = (await app.events()) as readonly {
        readonly id: string;
        readonly correlationid?: string;
      }[];
      return events.filter(({ correlationid }) => correlationid === id).map(event => event.id);
    };
    const before = await eventIds();
    // Its object was deleted, too, and somebody removed the marker.
    const object = {
      Bucket: app.description.buckets.inbound,
      Key: `${app.lane('acme-orders').inPrefix}${name}`,
    };
    const { VersionId } = await s3.send(new DeleteObjectCommand(object));
    await s3.send(new DeleteObjectCommand({ ...object, VersionId }));
    const { Items = [] } = await dynamo.send(new ScanCommand({ TableName, ConsistentRead: true }));
    const ofFile = Items.filter(item => JSON.stringify(item).includes(id));
    for (const { pk, sk } of ofFile) await dynamo.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
    expect((await reconcile()).text).toMatch(/1 files notified again/);
    expect(await storyOf(name, isSettledStory)).toMatchObject({ id });
    expect(before).toHaveLength(2);
    expect((await eventIds()).sort()).toEqual([...before, ...before].sort());
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

  it('processes a delivery whose function died from the archive, with the event that it had', async () => {
    const cloud = new Cloud(app.description);
    const order = { only: 'success', count: 1, seed: 9 };
    expect(wrongOf(await simulateFence(cloud, stripe, order))).toEqual([]);
    const { detail } = (await cloud.events()).findLast(({ source }) => source === 'payments')!;
    const { dynamo } = owner();
    await dynamo.send(
      new DeleteCommand({
        TableName: app.description.tables.claims,
        Key: { pk: onceKey(String(detail.correlationid)) },
      }),
    );
    const { text } = await reconcile();
    expect(text).toContain(`${detail.correlationid}: unknown\n  it is archived since`);
    await until('the event again', async () => {
      const again = (await cloud.events()).filter(({ detail: { id } }) => id === detail.id);
      return again.length === 2 ? true : undefined;
    });
  });

  it('is asked for by operators alone', async () => {
    await expect(told('reconcile')).rejects.toThrow('The API refused your identity.');
  });
});

const wrongOf = (played: readonly Simulated[]) => played.filter(({ isExpected }) => !isExpected);

describe('simulated partners', () => {
  const order = { count: 1, seed: 7 };

  it('meet what the contract says, on good and bad days', async () => {
    const cloud = new Cloud(app.description);
    const days = await Promise.all([
      ...[stripe, fleet, github, shopify].map(fence => simulateFence(cloud, fence, order)),
      ...[globex, nordwind].map(lane => simulateLane(cloud, lane, order)),
      ...[crm, loyalty].map(feed => simulateFeed(cloud, feed, order)),
    ]);
    expect(days.flatMap(wrongOf)).toEqual([]);
    const played = days.map(({ length }) => length);
    expect(played).toEqual([9, 8, 8, 8, 9, 9, 9, 3]);
  });

  it('are seen where the answer is another: a seed that is played again is a duplicate', async () => {
    const { code, out } = await app.command('edge', 'simulate', 'stripe-payments', 'success', '--seed', '7');
    expect(code).toBe(1);
    expect(out).toMatch(
      /success +1 {2}sends a good delivery\n +expected: 202 published\n +seen: 202 duplicate\n1 did not end/,
    );
  });
});

describe('what a provider has', () => {
  it('is compared with what its fence got, by the deployed reconciler: the lost order is named', async () => {
    const [delivered] = await simulateFence(new Cloud(app.description), shopify, {
      ...{ only: 'success', count: 1, seed: 8 },
    });
    expect(delivered?.isExpected).toBe(true);
    const { id } = JSON.parse(
      readFileSync('integrations/shopify-orders/samples/good/order.json', 'utf8'),
    ) as { id: number };
    const createdAt = new Date(Date.now() - 2 * 3_600_000).toISOString();
    ordersOfShop = [String(id), '5001'].map(legacyResourceId => ({ legacyResourceId, createdAt }));
    const { text, needsAttention } = await toldAs('operator', 'reconcile', []);
    expect(needsAttention).toBe(true);
    expect(text).toMatch(/^5001: external-success, look at it\n {2}the provider has it since/m);
    expect(text).not.toContain(`${id}: `);
    await until('the issue', async () =>
      /shopify-orders +│ NOT_DELIVERED/.test((await told('issues')).text) ? true : undefined,
    );
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
