import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { CopyObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { jest } from '@jest/globals';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { FeedCloud } from '#cli/demo/feeds/feed-cloud.ts';
import { localFeed } from '#cli/redeliver/feed-place.ts';
import { Lease } from '#cli/redeliver/lease.ts';
import { survey } from '#cli/redeliver/survey.ts';
import { undeliveredBucket } from '#cli/redeliver/undelivered-bucket.ts';
import { bundleFunctions } from '#infra/bundle.ts';
import { bundleEntries } from '#infra/bundle-entries.ts';
import { edgeApp } from '#infra/edge-app.ts';
import customers from '#integrations/crm-customers/contract.ts';
import members from '#integrations/loyalty-members/contract.ts';
import type { Faults } from '#local/faults.ts';
import { type LocalCloud, startLocalCloud } from '#local/start-local-cloud.ts';
import { clientsOf } from '../local/support/clients.ts';
import { until } from './local-app.ts';
import { addOperator, operatorKey } from './operator-role.ts';
import { type CommandResult, runCommand } from './run-command.ts';

/** Two feeds as deployed, but that they give up after one attempt instead of hours. */
const hasty = { recordAgeSecondsMax: 21_600, attemptsMax: 0 };
const feeds = [
  {
    ...customers,
    stream: { kind: 'kinesis', name: 'crm-customers', shards: 2, retentionHours: 24 },
    retry: hasty,
    batch: { records: 5, windowSeconds: 0 },
  },
  { ...members, retry: hasty, batch: { records: 4, windowSeconds: 0 } },
] as const;

const directory = mkdtempSync(join(tmpdir(), 'edge-redeliver-'));
/** What happens to calls. */
let fate: Faults = () => 'done';
const busDown: Faults = service => (service === 'events' ? 'refused' : 'done');
const nothingDown: Faults = () => 'done';
let cloud: LocalCloud;
let clients: ReturnType<typeof clientsOf>;
let feedCloud: FeedCloud;

beforeAll(async () => {
  process.env.CDK_VALIDATION = 'false';
  const bundlesAt = relative(process.cwd(), join(directory, 'bundles'));
  const contracts = { integrations: feeds, events: feeds.flatMap(({ events }) => events) };
  await bundleFunctions(bundleEntries(contracts), process.cwd(), bundlesAt);
  const assemblyDir = join(directory, 'cdk.out');
  edgeApp({
    contracts,
    codeOf: id => Code.fromAsset(join(directory, 'bundles', id)),
    outdir: assemblyDir,
  }).synth();
  for (const { id } of feeds) addOperator(assemblyDir, id);
  cloud = await startLocalCloud({
    assemblyDir,
    stateDir: join(directory, 'state'),
    schedules: 'on-demand',
    report: () => undefined,
    faults: (service, request) => fate(service, request),
  });
  clients = clientsOf(cloud.description);
  feedCloud = new FeedCloud(cloud.description);
  // The command looks for the cloud in the folder that it is called in: one for the operator of each feed.
  for (const { id } of feeds) {
    const credentials = { ...cloud.description.credentials, accessKeyId: operatorKey(id) };
    mkdirSync(join(directory, id, '.local'), { recursive: true });
    writeFileSync(
      join(directory, id, '.local/cloud.json'),
      JSON.stringify({ ...cloud.description, credentials }),
    );
  }
}, 600_000);

afterAll(async () => {
  feedCloud?.stop();
  for (const client of Object.values(clients ?? {})) client.destroy();
  await cloud?.stop();
  rmSync(directory, { recursive: true, force: true });
});
jest.setTimeout(600_000);

const feed = (id: string) => cloud.description.feeds.find(each => each.id === id)!;

/** Called by the operator of a feed, who may do what the guide says and nothing else. */
const redeliver = (id: string, ...args: readonly string[]): Promise<CommandResult> =>
  redeliverAs(id, id, ...args);

const redeliverAs = (operator: string, ...args: readonly string[]): Promise<CommandResult> =>
  runCommand(join(directory, operator), 'redeliver', ...args);

async function objectsOf(id: string): Promise<readonly string[]> {
  const { Contents = [] } = await clients.s3.send(
    new ListObjectsV2Command({ Bucket: feed(id).undeliveredBucket }),
  );
  return Contents.map(({ Key }) => Key!);
}

/** Messages on the queue of notices, seen and out of sight. */
async function noticesWaiting(id: string): Promise<number> {
  const { Attributes = {} } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: feed(id).undeliveredQueueUrl, AttributeNames: ['All'] }),
  );
  const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes;
  return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible);
}

/** Waits until so many records are undelivered, and every batch of them has its notice. Gives the number of batches. */
async function undelivered(id: string, records: number): Promise<number> {
  const { s3, bucket } = localFeed(cloud.description, id);
  const batches = await until(`${records} undelivered records`, async () => {
    const found = await survey(undeliveredBucket(s3, bucket));
    const count = found.batches.reduce((sum, batch) => sum + batch.count, 0);
    const isAll = count === records && (await noticesWaiting(id)) === found.batches.length;
    return isAll ? found.batches.length : undefined;
  });
  s3.destroy();
  return batches;
}

interface Customer {
  readonly id: string;
  readonly aggregateid: string;
  readonly data: { readonly fullName: string };
}

const customerEvents = async () =>
  (await feedCloud.events(feed('crm-customers'))).map(({ detail }) => detail as unknown as Customer);

async function namesOfCustomers(): Promise<Readonly<Record<string, readonly string[]>>> {
  const names: Record<string, string[]> = {};
  for (const { aggregateid, data } of await customerEvents())
    names[aggregateid] = [...(names[aggregateid] ?? []), data.fullName];
  return names;
}

/** Changes of eight customers in turn, as Debezium would put them. */
async function putCustomers(from: number, count: number): Promise<void> {
  const [line] = readFileSync('integrations/crm-customers/samples/dirty/records.jsonl', 'utf8').split('\n');
  const { data } = JSON.parse(line!);
  const Records = Array.from({ length: count }, (_, i) => {
    const n = from + i;
    const id = 5_000 + (n % 8);
    const lsn = 90_000_000 + n;
    const after = { ...data.after, id, full_name: `Change ${n}` };
    const source = { ...data.source, lsn, sequence: JSON.stringify([String(lsn), String(lsn)]) };
    return { PartitionKey: String(id), Data: Buffer.from(JSON.stringify({ ...data, after, source })) };
  });
  const StreamName = feed('crm-customers').stream;
  await clients.kinesis.send(new PutRecordsCommand({ StreamName, Records }));
}

const changesOf = (from: number, count: number) =>
  Object.fromEntries(
    Array.from({ length: 8 }, (_, key) => [
      String(5_000 + key),
      Array.from({ length: count / 8 }, (_, n) => `Change ${from + key + 8 * n}`),
    ]),
  );

describe('undelivered records of a data stream', () => {
  const id = 'crm-customers';

  it('are shown, batch by batch, and nothing is changed', async () => {
    fate = busDown;
    await putCustomers(0, 40);
    const batches = await undelivered(id, 40);
    const before = await objectsOf(id);
    expect(before).toHaveLength(batches);
    const { code, out } = await redeliver(id);
    expect(code).toBe(0);
    expect(out).toContain(`${batches} undelivered batches of crm-customers, 40 records`);
    expect(out).toMatch(
      /crm-customers-dev │ shardId-000000000000 │ +\d │ 20.*RetryAttemptsExhausted │ waiting/,
    );
    expect(out).toMatch(/crm-customers-dev │ shardId-000000000001/);
    expect(out).toContain('Nothing was changed. Add --go to redeliver them.');
    expect(await objectsOf(id)).toEqual(before);
    expect(await namesOfCustomers()).toEqual({});
  });

  it('stay while the bus takes nothing, each shard stopped at its first batch', async () => {
    const before = await objectsOf(id);
    const { code, out, error } = await redeliver(id, '--go');
    expect(code).toBe(1);
    expect(out).toMatch(/stopped +│ +2 │/);
    expect(out).toMatch(new RegExp(`blocked +│ +${before.length - 2} │`));
    for (const shard of ['0', '1'])
      expect(error).toMatch(
        new RegExp(`shardId-00000000000${shard}: it stopped again at record \\d+, number 1 of \\d`),
      );
    expect(error).toContain('Fix what stopped them, then run the command again');
    expect(await objectsOf(id)).toEqual(before);
    expect(await noticesWaiting(id)).toBe(before.length);
  });

  it('wait while another operator delivers', async () => {
    const { s3, bucket } = localFeed(cloud.description, id);
    const lease = await Lease.take({ s3, bucket }, 'ada');
    const { code, error } = await redeliver(id, '--go');
    expect(code).toBe(1);
    expect(error).toMatch(/^ada has been redelivering since 20.*; wait until it ends, or until 20/);
    await lease.end();
    s3.destroy();
  });

  it('are delivered in order once it does, and each, its object and its notice are gone', async () => {
    const bucket = feed(id).undeliveredBucket;
    const [one, ...others] = await objectsOf(id);
    // As Lambda does when it does not learn that it wrote.
    await clients.s3.send(
      new CopyObjectCommand({ Bucket: bucket, CopySource: `${bucket}/${one}`, Key: `${one}-again` }),
    );
    const goneEvent = {
      detail: { bucket: { name: bucket }, object: { key: 'aws/lambda/delivered/before' } },
    };
    const QueueUrl = feed(id).undeliveredQueueUrl;
    await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(goneEvent) }));
    fate = nothingDown;
    const { code, out, error } = await redeliver(id, '--go');
    expect([code, error]).toEqual([0, '']);
    expect(out).toMatch(new RegExp(`delivered +│ +${others.length + 1} │ +40 │`));
    expect(out).toMatch(/repeat +│ +1 │/);
    expect(out).toMatch(/\d+ notices deleted$/m);
    expect(await namesOfCustomers()).toEqual(changesOf(0, 40));
    expect(await objectsOf(id)).toEqual([]);
    expect(await noticesWaiting(id)).toBe(0);
  });

  it('are delivered again, under the same ids, where a crash left their object', async () => {
    fate = busDown;
    await putCustomers(40, 8);
    await undelivered(id, 8);
    fate = (service, { method, url }) =>
      service === 's3' && method === 'DELETE' && url!.includes('/aws/lambda/') ? 'refused' : 'done';
    expect((await redeliver(id, '--go')).code).toBe(1);
    expect(await objectsOf(id)).not.toEqual([]);
    fate = nothingDown;
    expect((await redeliver(id, '--go')).code).toBe(0);
    const events = (await customerEvents()).filter(({ data }) => Number(data.fullName.slice(7)) >= 40);
    expect(events.length).toBeGreaterThan(8);
    expect(new Set(events.map(event => event.id)).size).toBe(8);
    expect(await objectsOf(id)).toEqual([]);
    expect(await noticesWaiting(id)).toBe(0);
  });

  it('are told from what is none: a note in the bucket, another message on the queue', async () => {
    const { undeliveredBucket: Bucket, undeliveredQueueUrl: QueueUrl } = feed(id);
    const Key = 'aws/lambda/some/where/note';
    await clients.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'see ticket 7' }));
    await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'see ticket 7' }));
    await until('the notice', async () => ((await noticesWaiting(id)) === 2 ? true : undefined));
    const { code, out, error } = await redeliver(id, '--go');
    expect(code).toBe(1);
    expect(error).toContain(`${Key} was not written by Lambda`);
    expect(out).toContain(
      '0 notices deleted; 1 kept; 1 messages kept that are not about objects of this bucket',
    );
    expect(await noticesWaiting(id)).toBe(2);
  });
});

describe('the right to deliver', () => {
  it('is one operator’s at a time, until its time is over', async () => {
    const { s3, bucket } = localFeed(cloud.description, 'crm-customers');
    let now = Date.now();
    const take = (holder: string) => Lease.take({ s3, bucket }, holder, () => now);
    const ada = await take('ada');
    now += 61_000;
    await ada.renew();
    now += 299_000;
    await expect(take('bea')).rejects.toThrow('ada has been redelivering since');
    now += 2_000;
    const bea = await take('bea');
    await expect(ada.renew()).rejects.toThrow('another redelivery began');
    await ada.end();
    await expect(take('cem')).rejects.toThrow('bea has been redelivering since');
    await bea.end();
    await (await take('cem')).end();
    s3.destroy();
  });

  it('is kept where only the answer to taking it was lost', async () => {
    const { s3, bucket } = localFeed(cloud.description, 'crm-customers');
    let lost = 0;
    fate = (service, { method }) => {
      if (service !== 's3' || method !== 'PUT' || lost > 0) return 'done';
      lost++;
      return 'lost';
    };
    const lease = await Lease.take({ s3, bucket }, 'ada');
    fate = () => 'done';
    expect(lost).toBe(1);
    await lease.end();
    s3.destroy();
  });
});

describe('undelivered changes of a table', () => {
  const id = 'loyalty-members';

  it('are delivered in order as well', async () => {
    fate = busDown;
    for (let n = 0; n < 12; n++) {
      const Item = {
        memberId: { S: `M-${n % 3}` },
        nick: { S: 'N' },
        points: { N: String(n) },
        level: { N: '1' },
        joined: { S: '2026-01-05' },
      };
      await clients.dynamodb.send(new PutItemCommand({ TableName: 'loyalty-trial-dev', Item }));
    }
    await undelivered(id, 12);
    fate = nothingDown;
    const { code, out } = await redeliver(id, '--go');
    expect(code).toBe(0);
    expect(out).toMatch(/loyalty-trial-dev │ shardId-\d+-\w+ │ +\d+ │/);
    const points: Record<string, number[]> = {};
    for (const { detail } of await feedCloud.events(feed(id))) {
      const { memberId, points: each } = detail.data as { memberId: string; points: number };
      points[memberId] = [...(points[memberId] ?? []), each];
    }
    expect(points).toEqual({ 'M-0': [0, 3, 6, 9], 'M-1': [1, 4, 7, 10], 'M-2': [2, 5, 8, 11] });
    expect(await objectsOf(id)).toEqual([]);
  });
});

it('a feed that is not there is told, with those that are', async () => {
  const { code, error } = await redeliverAs('crm-customers', 'crm');
  expect([code, error.trim()]).toEqual([
    1,
    'there is no feed "crm"; feeds are crm-customers, loyalty-members',
  ]);
});

it('what an operator may do with one feed is nothing with another', async () => {
  const { code, error } = await redeliverAs('crm-customers', 'loyalty-members');
  expect(code).toBe(1);
  expect(error).toContain('is not authorized to perform: s3:ListBucket');
});
