import { readFileSync } from 'node:fs';
import { PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { jest } from '@jest/globals';
import { FeedCloud } from '../../cli/demo/feeds/feed-cloud.ts';
import { runFeeds } from '../../cli/demo/feeds/run-feeds.ts';
import { MemoryVersionStore } from '../../shared/consumer/memory-version-store.ts';
import { aggregateKey, type SequencedEvent } from '../../shared/consumer/sequenced-event.ts';
import { customerMirror } from '../guides/customer-mirror.ts';
import { clientsOf } from '../local/support/clients.ts';
import { LocalApp, until } from './local-app.ts';

let app: LocalApp;
let cloud: FeedCloud;

beforeAll(async () => {
  app = await LocalApp.start();
  cloud = new FeedCloud(app.description);
}, 120_000);
afterAll(async () => {
  cloud?.stop();
  await app?.stop();
});
jest.setTimeout(120_000);

type CustomerEvent = Parameters<ReturnType<typeof customerMirror>>[0]['detail'];

const feedOf = (id: string) => cloud.feeds.find(feed => feed.id === id)!;

async function eventsOf(id: string): Promise<readonly CustomerEvent[]> {
  const events = await cloud.events(feedOf(id));
  return events.map(({ detail }) => detail as unknown as CustomerEvent);
}

test('every feed of the integrations is up, and says where it is fed', () => {
  const feeds = cloud.feeds.map(({ id, stream, kind, source }) => ({ id, stream, kind, source }));
  expect(feeds).toEqual([
    { id: 'crm-customers', stream: 'crm-customers-dev', kind: 'kinesis', source: 'debezium' },
    { id: 'crm-outbox', stream: 'crm-outbox-dev', kind: 'kinesis', source: 'debezium' },
    { id: 'erp-stock', stream: 'erp-stock-dev', kind: 'kinesis', source: 'dms' },
    { id: 'loyalty-members', stream: 'loyalty', kind: 'dynamodb', source: 'dynamodb' },
  ]);
});

test('all recorded changes, good and bad, come out of the deployed bundles as their samples say', async () => {
  const { lines, differences } = await runFeeds(cloud, () => {});
  expect(differences).toEqual([]);
  expect(lines.length).toBeGreaterThanOrEqual(9);
  for (const { tally, sample } of lines) expect(tally?.received).toBe(sample.records.length);
});

test('the guide’s consumer ends in the database’s state, whatever the order and repetition of events', async () => {
  const events = (await eventsOf('crm-customers')).filter(({ aggregateid }) => aggregateid.startsWith('10'));
  for (const order of [events, events.toReversed(), [...events.slice(3), ...events, ...events.slice(0, 5)]]) {
    const profiles = new MemoryVersionStore<object>();
    const contacts = new MemoryVersionStore<object | null>();
    const take = customerMirror(profiles, contacts);
    for (const detail of order) await take({ detail });
    const key = (id: string) => aggregateKey(events.find(({ aggregateid }) => aggregateid === id)!);
    expect(profiles.state(key('1001'))).toMatchObject({ fullName: 'Lena Vogt-Amsel' });
    expect(contacts.state(key('1001'))).toEqual({ newsletter: true, language: 'de' });
    expect(profiles.state(key('1030'))).toMatchObject({ customerId: '1030' });
    expect([profiles.state(key('1002')), profiles.state(key('1003'))]).toEqual([undefined, undefined]);
  }
});

test('the changes of one key reach the bus in the order of the database’s log', async () => {
  const [line] = readFileSync('integrations/crm-customers/samples/dirty/records.jsonl', 'utf8').split('\n');
  const { data } = JSON.parse(line!);
  const change = (n: number) => {
    const id = 5_000 + (n % 4);
    const row = { ...data.after, id, full_name: `Change ${n}` };
    const lsn = 90_000_000 + n;
    const source = { ...data.source, lsn, sequence: JSON.stringify([String(lsn), String(lsn)]) };
    return { key: String(id), record: { ...data, after: row, source } };
  };
  const { kinesis } = clientsOf(app.description);
  const Records = Array.from({ length: 120 }, (_, n) => change(n)).map(({ key, record }) => ({
    PartitionKey: key,
    Data: Buffer.from(JSON.stringify(record)),
  }));
  await kinesis.send(new PutRecordsCommand({ StreamName: feedOf('crm-customers').stream, Records }));
  kinesis.destroy();
  const own = await until('120 events', async () => {
    const found = (await eventsOf('crm-customers')).filter(({ aggregateid }) => /^500\d$/.test(aggregateid));
    return found.length >= 120 ? found : undefined;
  });
  for (const id of ['5000', '5001', '5002', '5003']) {
    const events: readonly (SequencedEvent & { readonly data: { readonly fullName: string } })[] = own.filter(
      ({ aggregateid }) => aggregateid === id,
    );
    const sequences = events.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...sequences].sort());
    expect(events.map(({ data: { fullName } }) => fullName)).toEqual(
      Array.from({ length: 30 }, (_, n) => `Change ${Number(id) - 5_000 + 4 * n}`),
    );
  }
});
