import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { jest } from '@jest/globals';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { build } from 'esbuild';
import { FeedCloud } from '#cli/demo/feeds/feed-cloud.ts';
import { bundleOptions } from '#infra/bundle.ts';
import { edgeApp } from '#infra/edge-app.ts';
import customers from '#integrations/crm-customers/contract.ts';
import type { Faults } from '#local/faults.ts';
import { type LocalCloud, startLocalCloud } from '#local/start-local-cloud.ts';
import { applyWhenNewer } from '#shared/consumer/apply-when-newer.ts';
import { MemoryVersionStore } from '#shared/consumer/memory-version-store.ts';
import { clientsOf } from '../local/support/clients.ts';
import { until } from './local-app.ts';
import { addOperator, operatorKey } from './operator-role.ts';
import { type CommandResult, runCommand } from './run-command.ts';

const { id } = customers;
const feed = { ...customers, batch: { records: 20, windowSeconds: 0 } } as const;
const directory = mkdtempSync(join(tmpdir(), 'edge-quarantined-'));
/** Once it is there, the corrected contract is deployed: the bundle holds the handlers of both. */
const deployed = join(directory, 'deployed');

/** The customers' feed as it was before somebody told us of the tier G. */
const bundleText = `
import { existsSync } from 'node:fs';
import contract from './integrations/crm-customers/contract.ts';
import { cdcFeed } from './functions/cdc-feed.ts';
import { oneOf } from './shared/core/mapping/one-of.ts';

const [[name, table]] = Object.entries(contract.tables);
const tier = { ...table.columns.tier, read: oneOf({ S: 'standard', SI: 'silver' }) };
const unaware = { ...contract, tables: { [name]: { ...table, columns: { ...table.columns, tier } } } };
const before = cdcFeed(unaware);
const after = cdcFeed(contract);
export const handler = (event, context) => (existsSync(${JSON.stringify(deployed)}) ? after : before)(event, context);
`;

let fate: Faults = () => 'done';
let cloud: LocalCloud;
let clients: ReturnType<typeof clientsOf>;
let feedCloud: FeedCloud;

beforeAll(async () => {
  process.env.CDK_VALIDATION = 'false';
  await build({
    ...bundleOptions,
    stdin: { contents: bundleText, resolveDir: process.cwd(), sourcefile: 'feed.ts', loader: 'ts' },
    entryNames: 'index',
    outdir: join(directory, 'bundle'),
  });
  const assemblyDir = join(directory, 'cdk.out');
  edgeApp({
    contracts: { integrations: [feed], events: feed.events },
    codeOf: () => Code.fromAsset(join(directory, 'bundle')),
    outdir: assemblyDir,
  }).synth();
  addOperator(assemblyDir, id);
  cloud = await startLocalCloud({
    assemblyDir,
    stateDir: join(directory, 'state'),
    schedules: 'on-demand',
    report: () => undefined,
    faults: (service, request) => fate(service, request),
  });
  clients = clientsOf(cloud.description);
  feedCloud = new FeedCloud(cloud.description);
  // The command looks for the cloud in the folder that it is called in.
  const credentials = { ...cloud.description.credentials, accessKeyId: operatorKey(id) };
  mkdirSync(join(directory, '.local'));
  writeFileSync(join(directory, '.local/cloud.json'), JSON.stringify({ ...cloud.description, credentials }));
}, 600_000);

afterAll(async () => {
  feedCloud?.stop();
  for (const client of Object.values(clients ?? {})) client.destroy();
  await cloud?.stop();
  rmSync(directory, { recursive: true, force: true });
});
jest.setTimeout(600_000);

const described = () => cloud.description.feeds[0]!;

/** Called by an operator who may do what the guide says and nothing else. */
const redeliver = (...args: readonly string[]): Promise<CommandResult> =>
  runCommand(directory, 'redeliver', id, '--quarantined', ...args);

const [sample] = readFileSync('integrations/crm-customers/samples/dirty/records.jsonl', 'utf8').split('\n');
const { data: template } = JSON.parse(sample!);

interface Told {
  readonly op: 'c' | 'u' | 'd' | 'r';
  readonly customer: number;
  readonly before?: string;
  readonly tier?: string;
  readonly lsn: number;
}

/** A change as Debezium would put it. */
function recordOf({ op, customer, before, tier, lsn }: Told) {
  const row = (code: string | undefined) => code && { ...template.after, id: customer, tier: code };
  const source = { ...template.source, lsn, sequence: JSON.stringify([String(lsn), String(lsn)]) };
  const snapshot = op === 'r' ? 'incremental' : 'false';
  const change = {
    ...template,
    op,
    before: row(before) ?? null,
    after: row(tier) ?? null,
    source: { ...source, snapshot },
  };
  return { PartitionKey: String(customer), Data: Buffer.from(JSON.stringify(change)) };
}

const put = (...told: readonly Told[]) =>
  clients.kinesis.send(
    new PutRecordsCommand({ StreamName: described().stream, Records: told.map(recordOf) }),
  );

async function keys(): Promise<readonly string[]> {
  const Bucket = cloud.description.buckets.quarantine;
  const { Contents = [] } = await clients.s3.send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key }) => Key!);
}

const stillQuarantined = async () => (await keys()).filter(key => !key.startsWith(`${id}/taken/`));

async function noticesWaiting(): Promise<number> {
  const { Attributes = {} } = await clients.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: described().changesQueueUrl, AttributeNames: ['All'] }),
  );
  const { ApproximateNumberOfMessages, ApproximateNumberOfMessagesNotVisible } = Attributes;
  return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible);
}

interface CustomerEvent {
  readonly id: string;
  readonly type: string;
  readonly sequence: string;
  readonly tenantid: string;
  readonly aggregatetype: string;
  readonly aggregateid: string;
  readonly data: { readonly tier: string };
}

const events = async () =>
  (await feedCloud.events(described())).map(({ detail }) => detail as unknown as CustomerEvent);

/** Waits for so many events and so many quarantined objects. */
const settled = (published: number, aside: number) =>
  until(`${published} events and ${aside} quarantined changes`, async () =>
    (await events()).length >= published && (await stillQuarantined()).length === aside ? true : undefined,
  );

/** What a consumer has who compares sequences. */
async function tiers(): Promise<Readonly<Record<string, string | undefined>>> {
  const store = new MemoryVersionStore<string>();
  const found: Record<string, string | undefined> = {};
  for (const event of await events())
    await applyWhenNewer(store, event, ({ type, data, aggregateid }) => {
      const isGone = type.endsWith('.deleted.v1');
      return isGone ? undefined : `${aggregateid} ${data.tier}`;
    });
  for (const state of store.states().values()) {
    if (state === undefined) continue;
    const [customer, tier] = state.split(' ');
    found[customer!] = tier;
  }
  return found;
}

const counts = (name: string): number[] => {
  const log = readFileSync(join(directory, 'state/logs', `${described().functionName}.log`), 'utf8');
  const lines = log.split('\n').filter(line => line.includes('"batch settled"'));
  return lines.map(line => Number(JSON.parse(line.slice(line.indexOf('{')))[name]));
};
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

describe('quarantined changes of a feed', () => {
  it('leave consumers behind, whatever the table’s rows and a snapshot tell, and are shown by code', async () => {
    await put(
      { op: 'c', customer: 1, tier: 'S', lsn: 100 },
      { op: 'c', customer: 2, tier: 'S', lsn: 110 },
      { op: 'c', customer: 3, tier: 'S', lsn: 120 },
    );
    await put(
      { op: 'u', customer: 1, before: 'S', tier: 'G', lsn: 200 },
      { op: 'u', customer: 2, before: 'S', tier: 'G', lsn: 210 },
      { op: 'c', customer: 4, tier: 'X', lsn: 220 },
    );
    await settled(3, 3);
    writeFileSync(deployed, '');
    await put(
      { op: 'r', customer: 1, tier: 'G', lsn: 300 },
      { op: 'u', customer: 2, before: 'G', tier: 'SI', lsn: 310 },
    );
    await settled(5, 3);
    expect(await tiers()).toEqual({ 1: 'standard', 2: 'silver', 3: 'standard' });
    const { code, out } = await redeliver();
    expect(code).toBe(0);
    expect(out).toContain('3 quarantined changes of crm-customers');
    expect(out).toMatch(/UNKNOWN_CODE │ +3 │ 20.*│ waiting/);
    expect(out).toContain('Nothing was changed.');
    expect(await stillQuarantined()).toHaveLength(3);
  });

  it('stay while the bus takes nothing', async () => {
    fate = service => (service === 'events' ? 'refused' : 'done');
    const { code, error } = await redeliver('--go');
    expect(code).toBe(1);
    expect(error).toMatch(/Stopped at crm-customers\/.*: PUBLISH_UNKNOWN, the bus gave no answer/);
    expect(await stillQuarantined()).toHaveLength(3);
    fate = () => 'done';
  });

  it('are only reprocessed where a crash left their object', async () => {
    fate = (service, { method, url }) =>
      service === 's3' && method === 'DELETE' && url!.includes('/crm-customers/') ? 'refused' : 'done';
    expect((await redeliver('--go')).code).toBe(1);
    expect(await stillQuarantined()).toHaveLength(3);
    fate = () => 'done';
  });

  it('bring consumers the rows as they are, and move to taken/; what stays shows its code', async () => {
    const before = (await noticesWaiting()) > 0;
    const { code, out, error } = await redeliver('--go');
    expect([code, before]).toEqual([1, true]);
    expect(out).toMatch(/UNKNOWN_CODE │ +2 │.*│ published/);
    expect(out).toMatch(/UNKNOWN_CODE │ +1 │.*│ quarantined │ UNKNOWN_CODE/);
    expect(error).toMatch(/UNKNOWN_CODE, for example crm-customers\/.*: .*Use an agreed code/);
    expect(await tiers()).toEqual({ 1: 'gold', 2: 'silver', 3: 'standard' });
    const published = await events();
    expect(published.length).toBeGreaterThan(7);
    expect(new Set(published.map(event => event.id)).size).toBe(7);
    expect(await stillQuarantined()).toHaveLength(1);
    const taken = (await keys()).filter(key => key.startsWith(`${id}/taken/`)).at(-1)!;
    const { Body } = await clients.s3.send(
      new GetObjectCommand({ Bucket: cloud.description.buckets.quarantine, Key: taken }),
    );
    expect(JSON.parse(await Body!.transformToString())).toMatchObject({
      code: 'UNKNOWN_CODE',
      taken: { end: 'published' },
    });
  });

  it('are counted once in the books, as quarantined', async () => {
    expect(sum(counts('received'))).toBe(8);
    expect(sum(counts('quarantined'))).toBe(3);
  });

  it('of another code or time are left, and notices stay as long as what they are about', async () => {
    const none = await redeliver('--go', '--code', 'SCHEMA_DRIFT');
    expect([none.code, none.error]).toEqual([0, '']);
    expect(none.out).toContain('0 quarantined changes of crm-customers that match');
    expect(none.out).toMatch(/0 notices deleted; 1 kept/);
    expect((await redeliver('--go', '--to', '2020-01-01T00:00Z')).code).toBe(0);
    expect(await noticesWaiting()).toBe(1);
  });

  it('are told from what is none', async () => {
    const Key = `${id}/crm-customers-dev/shardId-000000000000/note.json`;
    const Bucket = cloud.description.buckets.quarantine;
    await clients.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'see ticket 7' }));
    const { code, error } = await redeliver('--go', '--code', 'SCHEMA_DRIFT');
    expect(code).toBe(1);
    expect(error).toContain(`${Key} is not a quarantined change`);
  });
});
