import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { jest } from '@jest/globals';
import type { Provider } from '#adapters/webhook-fence/contract/webhook-scheme.ts';
import { schemes } from '#adapters/webhook-fence/core/signature/schemes.ts';
import { signedHeaders } from '#cli/demo/sign.ts';
import { localApi } from '#cli/edge/find-api.ts';
import { OperatorApi } from '#cli/edge/operator-api.ts';
import { plan } from '#cli/edge/plan.ts';
import { run } from '#cli/edge/run.ts';
import type { Fate } from '#local/faults.ts';
import { LocalApp, until } from './local-app.ts';

/** Percentage of the calls to each service that fail; half of them are carried out before the answer is lost. */
let failing: Readonly<Record<string, number>> = {};
let struck = 0;
/** Services that refuse every call. */
let down: readonly string[] = [];

function fateOf(service: string): Fate {
  if (down.includes(service)) return 'refused';
  if (randomInt(100) >= (failing[service] ?? 0)) return 'done';
  struck += 1;
  return randomInt(2) === 0 ? 'refused' : 'lost';
}

let app: LocalApp;
beforeAll(async () => {
  app = await LocalApp.start({ faults: fateOf });
}, 180_000);
afterAll(async () => {
  await app?.stop();
});
beforeEach(() => {
  failing = {};
  down = [];
});
jest.setTimeout(180_000);

interface Told {
  readonly status: number;
  readonly text: string;
  readonly requestId: string;
}

interface Sending {
  readonly id: string;
  readonly body: string;
  readonly secret?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const fence = (id: string) => app.description.fences.find(each => each.id === id)!;

/** Sends as the fence's provider does. */
async function send(fenceId: string, { id, body, secret, headers }: Sending): Promise<Told> {
  const { url, secrets, scheme } = fence(fenceId);
  const keys = { ...secrets, ...(secret && { current: secret }) };
  const bytes = Buffer.from(body);
  const signed = signedHeaders(schemes[scheme as Provider], keys, {
    url,
    body: bytes,
    id,
    sentAt: Date.now(),
  });
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signed, ...headers },
    body: bytes,
  });
  return {
    status: response.status,
    text: await response.text(),
    requestId: response.headers.get('apigw-requestid')!,
  };
}

/** Sends again, as partners do, until the answer is not 5xx or 429. */
async function deliver(fenceId: string, sending: Sending): Promise<Told> {
  for (let attempt = 0; attempt < 60; attempt++) {
    const told = await send(fenceId, sending);
    if (told.status < 500 && told.status !== 429) return told;
    await sleep(200 + randomInt(300));
  }
  throw new Error(`${sending.id} was not taken`);
}

const shipment = (name: string, status = 'delivered') =>
  JSON.stringify({
    type: 'shipment.updated',
    timestamp: '2026-11-20T09:00:00Z',
    data: {
      tenant: 'acme',
      shipment_id: name,
      status,
      carrier: 'Fleet Express',
      tracking_number: 'FX1',
      occurred_at: '2026-11-20T09:00:00Z',
    },
  });

const eventsOf = async (prefix: string) =>
  (await app.events()).filter(({ subject }) => subject.startsWith(prefix));

const correlationOf = ({ text }: Told): string => JSON.parse(text).correlationId;

describe('one delivery, sent 100 times at once', () => {
  it('is one event, and every sender gets the same answer', async () => {
    const sending = { id: 'msg_hundred', body: shipment('SH-HUNDRED') };
    const told = await Promise.all(Array.from({ length: 100 }, () => deliver('fleet-shipments', sending)));
    expect(new Set(told.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(told[0]!.status).toBe(202);
    expect(await eventsOf('SH-HUNDRED')).toHaveLength(1);
  });
});

describe('a load of signed requests, some repeated, beside forged ones, while services fail', () => {
  const deliveries = Array.from({ length: 30 }, (_, i) => ({
    id: `msg_load_${i}`,
    body: shipment(`SH-LOAD-${i}`),
  }));
  const forged = Array.from({ length: 30 }, (_, i) => ({
    id: `msg_forged_${i}`,
    body: shipment(`SH-FORGED-${i}`),
    secret: `whsec_${Buffer.alloc(32, i).toString('base64')}`,
  }));

  it('makes exactly one event of each delivery accepted, and none of a forgery', async () => {
    failing = { events: 20, s3: 8, dynamodb: 8, sqs: 10, secretsmanager: 20 };
    struck = 0;
    const repeated = deliveries.flatMap(each => Array<Sending>(1 + randomInt(3)).fill(each));
    const [genuine, refused] = await Promise.all([
      inWaves(repeated, each => deliver('fleet-shipments', each)),
      inWaves(forged, each => deliver('fleet-shipments', each)),
    ]);
    failing = {};
    expect(struck).toBeGreaterThan(10);
    expect(genuine.filter(({ status }) => status !== 202)).toEqual([]);
    expect(refused.filter(({ status }) => status !== 401)).toEqual([]);
    const accepted = new Set(genuine.map(correlationOf));
    expect(accepted.size).toBe(deliveries.length);
    await until('an event of each delivery', async () => {
      const events = await eventsOf('SH-LOAD-');
      return new Set(events.map(({ id }) => id)).size >= accepted.size || undefined;
    });
    expectEachOnce(await eventsOf('SH-LOAD-'), accepted.size);
    expect(await eventsOf('SH-FORGED-')).toEqual([]);
  });
});

/** A lost answer may put an event on the bus twice: the same id, the same content. */
function expectEachOnce(events: Awaited<ReturnType<typeof eventsOf>>, count: number): void {
  const contents = new Map<string, Set<string>>();
  for (const event of events)
    contents.set(event.id, (contents.get(event.id) ?? new Set()).add(JSON.stringify(event)));
  expect(contents.size).toBe(count);
  expect(new Set(events.map(({ subject }) => subject)).size).toBe(count);
  expect([...contents.values()].filter(versions => versions.size > 1)).toEqual([]);
}

/** Twelve at a time. */
async function inWaves<T>(items: readonly T[], work: (item: T) => Promise<Told>): Promise<Told[]> {
  const told: Told[] = [];
  const open = [...items];
  const worker = async () => {
    for (let next = open.shift(); next !== undefined; next = open.shift()) told.push(await work(next));
  };
  await Promise.all(Array.from({ length: 12 }, worker));
  return told;
}

const statusOf = async (correlationId: string, key: string) => {
  const response = await fetch(`${fence('fleet-shipments').url}/status/${correlationId}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  return [response.status, ((await response.json()) as { status?: string }).status];
};

describe('a bus that is down', () => {
  it('is not the partner’s concern: 202 at once, published when it is back, told by the status', async () => {
    down = ['events'];
    const told = await send('fleet-shipments', { id: 'msg_spilled', body: shipment('SH-SPILLED') });
    expect(told.status).toBe(202);
    expect(JSON.parse(told.text).status).toBe('accepted');
    const key = fence('fleet-shipments').secrets.statusKey;
    expect(await statusOf(correlationOf(told), key)).toEqual([200, 'accepted']);
    expect(await eventsOf('SH-SPILLED')).toEqual([]);
    down = [];
    await until('the spilled event', async () => (await eventsOf('SH-SPILLED'))[0]);
    await until('the status', async () =>
      (await statusOf(correlationOf(told), key))[1] === 'published' ? true : undefined,
    );
  });

  it('and a spill queue that is down as well is answered 503, and nothing is remembered', async () => {
    down = ['events', 'sqs'];
    const sending = { id: 'msg_nowhere', body: shipment('SH-NOWHERE') };
    expect((await send('fleet-shipments', sending)).status).toBe(503);
    down = [];
    const told = await deliver('fleet-shipments', sending);
    expect(JSON.parse(told.text).status).toBe('published');
    const events = await eventsOf('SH-NOWHERE');
    expect(new Set(events.map(({ id }) => id)).size).toBe(1);
  });
});

/** As if the contract knew the status by now: the archived delivery is given one that it knows. */
async function makeReadable(told: Told): Promise<void> {
  const { region, credentials, endpoints, buckets } = app.description;
  const s3 = new S3Client({ region, credentials, endpoint: endpoints.s3, forcePathStyle: true });
  const Bucket = buckets.raw;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'fleet-shipments/' }));
  const Key = Contents.map(object => object.Key!).find(key => key.includes(correlationOf(told)));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const text = (await Body!.transformToString()).replace('vanished', 'delivered');
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: text }));
  s3.destroy();
}

describe('a request that the contract could not map', () => {
  it('is published by a plan once it can, and its status says so', async () => {
    const told = await deliver('fleet-shipments', { id: 'msg_odd', body: shipment('SH-ODD', 'vanished') });
    const other = await deliver('fleet-shipments', { id: 'msg_bad', body: shipment('SH-BAD', 'vanished') });
    expect([told, other].map(({ text }) => JSON.parse(text).status)).toEqual(['quarantined', 'quarantined']);
    await makeReadable(told);
    const operator = new OperatorApi(localApi(app.description, 'operator'));
    const made = await plan.run(operator, { given: ['resubmit', 'fleet-shipments'], options: {} });
    expect(made.text).toMatch(/resubmit +1 request of fleet-shipments[\s\S]*stay +1 [A-Z_]+/);
    const { id } = made.json as { id: string };
    expect((await run.run(operator, { given: [id], options: {} })).json).toMatchObject({ done: 1 });
    expect(await eventsOf('SH-ODD')).toHaveLength(1);
    const { statusKey } = fence('fleet-shipments').secrets;
    expect(await statusOf(correlationOf(told), statusKey)).toEqual([200, 'published']);
    expect(await statusOf(correlationOf(other), statusKey)).toEqual([200, 'quarantined']);
  });
});

describe('the status of a delivery', () => {
  it('is told to the holder of its key alone', async () => {
    const told = await deliver('fleet-shipments', { id: 'msg_status', body: shipment('SH-STATUS') });
    const id = correlationOf(told);
    const { statusKey } = fence('fleet-shipments').secrets;
    expect(await statusOf(id, statusKey)).toEqual([200, 'published']);
    expect(
      await statusOf(
        id.replace(/.$/, end => (end === '0' ? '1' : '0')),
        statusKey,
      ),
    ).toEqual([404, 'unknown']);
    expect((await statusOf(id, 'guessed'))[0]).toBe(401);
  });
});

describe('a secret that the partner rotated first', () => {
  const rotated = 'the-new-secret-of-github';
  const release = JSON.stringify({
    action: 'published',
    release: {
      tag_name: 'v9.0.0',
      name: null,
      prerelease: false,
      html_url: 'https://github.com/acme/rotated/releases/tag/v9.0.0',
      published_at: '2026-11-20T09:00:00Z',
    },
    repository: { full_name: 'acme/rotated' },
  });
  const sending = {
    id: 'rotated-1',
    body: release,
    secret: rotated,
    headers: { 'x-github-event': 'release' },
  };

  it('is fixed by an operator, who releases what was refused meanwhile: first a plan, then the release', async () => {
    const from = new Date(Date.now() - 1_000).toISOString();
    expect((await deliver('github-releases', sending)).status).toBe(401);
    const span = { from, to: new Date(Date.now() + 60_000).toISOString() };
    const operator = new OperatorApi(localApi(app.description, 'operator'));
    const given = ['release', 'github-releases'];
    expect((await plan.run(operator, { given, options: span })).text).toContain('Nothing to do.');
    await putSecret('github-releases', {
      current: rotated,
      previous: fence('github-releases').secrets.current,
    });
    const planned = await plan.run(operator, { given, options: span });
    expect(planned.json).toMatchObject({ state: 'planned', units: 1 });
    expect(await eventsOf('acme%2Frotated')).toEqual([]);
    const ran = await run.run(operator, { given: [(planned.json as { id: string }).id], options: {} });
    expect(ran.json).toMatchObject({ state: 'done', done: 1 });
    expect(await eventsOf('acme%2Frotated')).toHaveLength(1);
  });

  it('is a duplicate when the partner delivers it again after all, and the previous secret is valid too', async () => {
    const again = await until('the new secret to be read', async () => {
      const told = await send('github-releases', sending);
      return told.status === 202 ? told : undefined;
    });
    expect(again.status).toBe(202);
    expect(await eventsOf('acme%2Frotated')).toHaveLength(1);
    const { headers } = sending;
    const later = { id: 'rotated-2', body: release.replaceAll('v9.0.0', 'v9.0.1'), headers };
    expect((await deliver('github-releases', later)).status).toBe(202);
  });
});

async function putSecret(fenceId: string, keys: object): Promise<void> {
  const { endpoints, region, credentials } = app.description;
  const client = new SecretsManagerClient({ region, credentials, endpoint: endpoints.secretsmanager });
  const { secretId: SecretId, secrets } = fence(fenceId);
  const SecretString = JSON.stringify({ ...keys, statusKey: secrets.statusKey });
  await client.send(new PutSecretValueCommand({ SecretId, SecretString }));
  client.destroy();
}

describe('the guide’s curl', () => {
  it('works as printed', async () => {
    const guide = await readFile('docs/guides/receive-webhooks.md', 'utf8');
    const script = /```sh\n([\s\S]*?)```/.exec(guide)![1]!;
    const directory = await mkdtemp(join(tmpdir(), 'edge-guide-'));
    await mkdir(join(directory, '.local'));
    await writeFile(join(directory, '.local/cloud.json'), JSON.stringify(app.description));
    const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: directory });
    await rm(directory, { recursive: true });
    expect(JSON.parse(stdout)).toMatchObject({ status: 'published' });
    expect(await eventsOf('pi_mine')).toHaveLength(1);
  });
});

describe('what API Gateway itself answers', () => {
  it('is as on AWS: no route, no method, too large', async () => {
    const { url } = fence('stripe-payments');
    const statuses = await Promise.all([
      fetch(`${url}/elsewhere`, { method: 'POST' }),
      fetch(url, { method: 'PUT' }),
      fetch(url, { method: 'POST', body: Buffer.alloc(10 * 1_048_576 + 1) }),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([404, 404, 413]);
  });

  it('answers probes', async () => {
    const { url } = fence('stripe-payments');
    const probes = await Promise.all(['HEAD', 'OPTIONS'].map(method => fetch(url, { method })));
    expect(probes.map(({ status, headers }) => [status, headers.get('allow')])).toEqual([
      [200, 'POST, HEAD, OPTIONS'],
      [204, 'POST, HEAD, OPTIONS'],
    ]);
  });
});

describe('the audit trail', () => {
  it('says how each delivery ended, and is whole although services failed', async () => {
    const isWhole = (steps: readonly string[]) => steps.join() === 'received,published,acknowledged';
    const [received, , acknowledged] = await app.audited('fleet-shipments', isWhole);
    expect(acknowledged!.details).toMatchObject({ ...received!.details, status: 'published' });
    const { code, out } = await app.command('edge', 'audit', 'verify');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('Nothing was edited') });
  });
});
