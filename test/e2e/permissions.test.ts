import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { jest } from '@jest/globals';
import { type LocalCloud, startLocalCloud } from '#local/start-local-cloud.ts';
import { until } from './local-app.ts';
import { synthesiseOnce } from './synthesise-once.ts';

interface Statement {
  readonly Sid?: string;
}

interface Role {
  readonly Type: string;
  readonly Properties: { readonly Policies: { PolicyDocument: { Statement: Statement[] } }[] };
}

interface HandoffLine {
  readonly integration: string;
  readonly key: string;
  readonly state: string;
  readonly fault: { readonly code: string; readonly detail: string } | null;
}

const directory = mkdtempSync(join(tmpdir(), 'edge-permissions-'));
const assemblyDir = join(directory, 'cdk.out');
let cloud: LocalCloud;
let s3: S3Client;

/** Takes one statement out of a role of a stack, as synthesised. */
function withdraw(stack: string, sid: string): void {
  const path = join(assemblyDir, `${stack}.template.json`);
  const template = JSON.parse(readFileSync(path, 'utf8')) as { Resources: Record<string, Role> };
  let withdrawn = 0;
  for (const { Type, Properties } of Object.values(template.Resources)) {
    if (Type !== 'AWS::IAM::Role') continue;
    for (const { PolicyDocument } of Properties.Policies) {
      const kept = PolicyDocument.Statement.filter(({ Sid }) => Sid !== sid);
      withdrawn += PolicyDocument.Statement.length - kept.length;
      PolicyDocument.Statement = kept;
    }
  }
  expect(withdrawn).toBe(1);
  writeFileSync(path, JSON.stringify(template));
}

beforeAll(async () => {
  cpSync(await synthesiseOnce(), assemblyDir, { recursive: true });
  withdraw('EdgeLane-acme-orders', 'Publish');
  withdraw('EdgeLane-globex-shipments', 'ReadDrops');
  cloud = await startLocalCloud({
    assemblyDir,
    stateDir: join(directory, 'local'),
    schedules: 'on-demand',
    report: () => undefined,
  });
  const { region, credentials, endpoints } = cloud.description;
  s3 = new S3Client({ region, credentials, endpoint: endpoints.s3, forcePathStyle: true });
}, 600_000);

afterAll(async () => {
  await cloud?.stop();
  s3?.destroy();
  rmSync(directory, { recursive: true, force: true });
});
jest.setTimeout(600_000);

const sample = (path: string) => readFileSync(join('integrations', path));

async function drop(lane: string, name: string, body: Uint8Array): Promise<string> {
  const Key = cloud.description.lanes.find(({ id }) => id === lane)!.inPrefix + name;
  await s3.send(new PutObjectCommand({ Bucket: cloud.description.buckets.inbound, Key, Body: body }));
  return Key;
}

async function handoff(key: string, ready: (line: HandoffLine) => boolean): Promise<HandoffLine> {
  return until(`the hand-off of ${key}`, async () => {
    const text = await (await fetch(`${cloud.description.endpoints.console}/handoffs`)).text();
    const lines = text.split('\n').filter(Boolean);
    return lines.map(line => JSON.parse(line) as HandoffLine).find(line => line.key === key && ready(line));
  });
}

const keys = async (bucket: 'quarantine' | 'inbound', Prefix: string): Promise<string[]> => {
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: cloud.description.buckets[bucket], Prefix }),
  );
  return Contents.map(({ Key }) => Key!);
};

describe('a lane whose role lacks one permission', () => {
  it.each([
    ['acme-orders', 'dirty/orders_20261106.csv', 'acme', /the bus refused the function: .*AccessDenied/],
    ['globex-shipments', 'good/shipments-1001.tsv', 'globex', /shipments-1001\.tsv.* was denied/],
  ])('stops, says which, and blames no row and no file: %s', async (lane, file, folder, detail) => {
    const key = await drop(lane, file.split('/')[1]!, sample(`${lane}/samples/${file}`));
    const { state, fault } = await handoff(key, line => line.fault !== null);
    expect(fault).toMatchObject({ code: 'ACCESS_DENIED', detail: expect.stringMatching(detail) });
    expect(['complete', 'partial', 'rejected', 'duplicate', 'unbalanced']).not.toContain(state);
    expect(await keys('quarantine', `${lane}/`)).toEqual([]);
    expect(await keys('inbound', `${folder}/ack/`)).toEqual([]);
  });

  it('leaves the others to their work', async () => {
    const good = 'nordwind-inventory/samples/good/bestand_20261024.csv';
    const key = await drop('nordwind-inventory', 'bestand_20261024.csv', sample(good));
    await drop('nordwind-inventory', 'bestand_20261024.csv.sha256', sample(`${good}.sha256`));
    expect(await handoff(key, line => line.state === 'complete')).toMatchObject({ fault: null });
  });
});
