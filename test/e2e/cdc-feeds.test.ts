import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { jest } from '@jest/globals';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { FeedCloud } from '#cli/demo/feeds/feed-cloud.ts';
import { runFeeds } from '#cli/demo/feeds/run-feeds.ts';
import { localApi } from '#cli/edge/find-api.ts';
import { OperatorApi } from '#cli/edge/operator-api.ts';
import { plan } from '#cli/edge/plan.ts';
import { run } from '#cli/edge/run.ts';
import { loadSoundContracts, ofKind } from '#infra/contracts.ts';
import type { PlanStory } from '#operate/core/shapes/plans.ts';
import { MemoryVersionStore } from '#shared/consumer/memory-version-store.ts';
import { aggregateKey } from '#shared/consumer/sequenced-event.ts';
import { trialTableName } from '#shared/core/identity/resource-names.ts';
import { customerMirror } from '../guides/customer-mirror.ts';
import { clientsOf } from '../local/support/clients.ts';
import { prove, removeFromLog } from './bus-log.ts';
import { LocalApp, until } from './local-app.ts';

/** Services that refuse every call. */
let down: readonly string[] = [];

let app: LocalApp;
let cloud: FeedCloud;

beforeAll(async () => {
  app = await LocalApp.start({ faults: service => (down.includes(service) ? 'refused' : 'done') });
  cloud = new FeedCloud(app.description);
}, 600_000);
afterAll(async () => {
  cloud?.stop();
  await app?.stop();
});
jest.setTimeout(600_000);

type CustomerEvent = Parameters<ReturnType<typeof customerMirror>>[0]['detail'];

const feedOf = (id: string) => cloud.feeds.find(feed => feed.id === id)!;

async function eventsOf(id: string): Promise<readonly CustomerEvent[]> {
  const events = await cloud.events(feedOf(id));
  return events.map(({ detail }) => detail as unknown as CustomerEvent);
}

test('every feed of the integrations is up, and says where it is fed', async () => {
  const feeds = cloud.feeds.map(({ id, stream, kind, source }) => ({ id, stream, kind, source }));
  const contracts = ofKind(await loadSoundContracts(), 'cdc-feed');
  expect(contracts.map(({ id }) => id)).toContain('crm-customers');
  expect(feeds).toEqual(
    contracts.map(({ id, stream, source }) => ({
      id,
      stream: streamName(stream),
      kind: stream.kind,
      source: source.kind,
    })),
  );
});

function streamName(stream: CdcFeed['stream']): string {
  if (stream.kind === 'kinesis') return `${stream.name}-dev`;
  return stream.kind === 'dynamodb'
    ? trialTableName({ name: 'dev', prefix: '' }, stream.table)
    : stream.topics[0]!;
}

test('all recorded changes, good and bad, come out of the deployed bundles as their samples say', async () => {
  const { lines, differences } = await runFeeds(cloud, () => {});
  expect(differences).toEqual([]);
  expect(lines.length).toBeGreaterThanOrEqual(9);
  for (const { tally, sample } of lines) expect(tally?.received).toBe(sample.records.length);
});

test('the audit trail says of each batch what came and what became of it', async () => {
  const isWhole = (steps: readonly string[]) => steps.join() === 'received,published,acknowledged';
  const [received, published] = await app.audited('crm-customers', isWhole);
  expect(received!.details).toEqual({ sha256: expect.any(String), received: expect.any(Number) });
  expect(published!.details).toMatchObject({ sha256: received!.details.sha256, rejected: 0 });
});

test('an event of a change that was removed from the bus log is found by id, and published again', async () => {
  const events = await eventsOf('crm-customers');
  const last = events.findLast(({ type }) => type === 'customers.customer.deleted.v1')!;
  await app.audited('crm-customers', steps => steps.includes('acknowledged'));
  await removeFromLog(app, last.id);
  expect((await prove(app, {})).missing).toBe(0);
  // The claim of the last batch may reach the trail after the others.
  let proven = 0;
  await until('the finding', async () => {
    const found = await prove(app, { graceSeconds: 0 });
    expect(found).toMatchObject({ unlike: 0, held: 0 });
    proven += found.proven!;
    return found.missing === 1 || undefined;
  });
  expect(proven).toBeGreaterThan(3);
  await until('the event', async () => {
    const again = await eventsOf('crm-customers');
    return again.length > events.length ? again.at(-1)?.id === last.id || undefined : undefined;
  });
  await until('the proof', async () => ((await prove(app, {})).proven === 1 ? true : undefined));
});

test('the guide’s consumer ends in the database’s state, whatever the order and repetition of events', async () => {
  const events = (await eventsOf('crm-customers')).filter(({ aggregateid }) => aggregateid.startsWith('10'));
  for (const order of [events, events.toReversed(), [...events.slice(3), ...events, ...events.slice(0, 5)]]) {
    const customers = new MemoryVersionStore<object | null>();
    const take = customerMirror(customers);
    for (const detail of order) await take({ detail });
    const stateOf = (id: string, part?: string) =>
      customers.state(aggregateKey(events.find(({ aggregateid }) => aggregateid === id)!, part));
    expect(stateOf('1001')).toMatchObject({ fullName: 'Lena Vogt-Amsel' });
    expect(stateOf('1001', 'contact')).toEqual({ newsletter: true, language: 'de' });
    expect(stateOf('1030')).toMatchObject({ customerId: '1030' });
    expect([stateOf('1002'), stateOf('1003')]).toEqual([undefined, undefined]);
  }
});

/** Changes of four customers in turn, as Debezium would put them; `from` is the first one's place in the log. */
async function putChanges(from: number, count: number): Promise<void> {
  const [line] = readFileSync('integrations/crm-customers/samples/dirty/records.jsonl', 'utf8').split('\n');
  const { data } = JSON.parse(line!);
  const Records = Array.from({ length: count }, (_, i) => {
    const n = from + i;
    const id = 5_000 + (n % 4);
    const lsn = 90_000_000 + n;
    const after = { ...data.after, id, full_name: `Change ${n}` };
    const source = { ...data.source, lsn, sequence: JSON.stringify([String(lsn), String(lsn)]) };
    return { PartitionKey: String(id), Data: Buffer.from(JSON.stringify({ ...data, after, source })) };
  });
  const { kinesis } = clientsOf(app.description);
  await kinesis.send(new PutRecordsCommand({ StreamName: feedOf('crm-customers').stream, Records }));
  kinesis.destroy();
}

/** The names that the four customers' events gave them, once there are so many; repeats left out. */
async function namesOf(count: number): Promise<Readonly<Record<string, readonly string[]>>> {
  const distinct = await until(`${count} changes`, async () => {
    const found = (await eventsOf('crm-customers')).filter(({ aggregateid }) => /^500\d$/.test(aggregateid));
    const byId = new Map(found.map(event => [event.id, event]));
    return byId.size >= count ? [...byId.values()] : undefined;
  });
  const names: Record<string, string[]> = {};
  for (const { aggregateid, data } of distinct)
    names[aggregateid] = [...(names[aggregateid] ?? []), data.fullName];
  return names;
}

const inOrder = (count: number) =>
  Object.fromEntries(
    [0, 1, 2, 3].map(key => [
      String(5_000 + key),
      Array.from({ length: count / 4 }, (_, n) => `Change ${key + 4 * n}`),
    ]),
  );

test('the changes of one key reach the bus in the order of the database’s log', async () => {
  await putChanges(0, 120);
  expect(await namesOf(120)).toEqual(inOrder(120));
});

test('a bus that takes nothing costs time: no change is lost, quarantined, undelivered or overtaken', async () => {
  const feed = feedOf('crm-customers');
  const before = await cloud.quarantined(feed);
  down = ['events'];
  await putChanges(120, 40);
  await until('a batch that stops', async () => {
    const url = `${app.description.endpoints.console}/logs?function=${feed.functionName}`;
    return (await (await fetch(url)).text()).includes('"batch stopped"') ? true : undefined;
  });
  await putChanges(160, 40);
  down = [];
  expect(await namesOf(200)).toEqual(inOrder(200));
  expect(await cloud.quarantined(feed)).toEqual(before);
});

/** As if the contract knew the code by now: the change is given one that it knows. Gives the key of its object. */
async function makeReadable(code: string): Promise<string> {
  const { s3 } = clientsOf(app.description);
  const Bucket = app.description.buckets.quarantine;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'crm-customers/' }));
  for (const { Key } of Contents) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const stored = JSON.parse(await Body!.transformToString());
    if (stored.code !== code) continue;
    const change = JSON.parse(Buffer.from(stored.rawBase64, 'base64').toString());
    const bytes = Buffer.from(JSON.stringify({ ...change, after: { ...change.after, tier: 'G' } }));
    const record = { rawBase64: bytes.toString('base64'), sha256: hash('sha256', bytes) };
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify({ ...stored, ...record }) }));
    s3.destroy();
    return Key!;
  }
  throw new Error(`nothing is quarantined as ${code}`);
}

test('changes that the contract takes by now are published by a plan, once, and leave the quarantine', async () => {
  const key = await makeReadable('UNKNOWN_CODE');
  const before = new Set((await eventsOf('crm-customers')).map(({ id }) => id));
  const operator = new OperatorApi(localApi(app.description, 'operator'));
  const made = await plan.run(operator, { given: ['resubmit', 'crm-customers'], options: {} });
  const { id, units, left } = made.json as PlanStory;
  expect(units).toBe(1);
  expect(Object.keys(left).length).toBeGreaterThan(0);
  const ran = await run.run(operator, { given: [id], options: {} });
  expect(ran.json).toMatchObject({ state: 'done', done: 1 });
  const published = (await eventsOf('crm-customers')).filter(event => !before.has(event.id));
  expect(published).toHaveLength(1);
  const kept = await cloud.quarantined(feedOf('crm-customers'));
  expect(JSON.stringify(kept)).not.toContain(key);
});
