import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { jest } from '@jest/globals';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { build } from 'esbuild';
import { bundleOptions } from '#infra/bundle.ts';
import { edgeApp } from '#infra/edge-app.ts';
import { type LocalCloud, startLocalCloud } from '#local/start-local-cloud.ts';
import { fromGnupg, secretText } from '../file-lane/core/pgp/keys.ts';
import { itemCreated, laneWith } from '../file-lane/flow/lanes.ts';
import { until } from './local-app.ts';

const delivery = {
  folder: 'shop',
  name: 'items_{digits}.csv',
  security: { encryption: 'pgp', signing: { detached: true } },
} as const;

const directory = mkdtempSync(join(tmpdir(), 'edge-pgp-'));
let cloud: LocalCloud;
let s3: S3Client;
let secrets: SecretsManagerClient;

/** The bundle that the build would make of an integration with this contract. */
async function bundleLane(): Promise<string> {
  const entry = join(directory, 'entry.ts');
  writeFileSync(
    entry,
    `import { laneWith } from '${resolve('test/file-lane/flow/lanes.ts')}';
import { pgpFileLane } from '${resolve('functions/pgp-file-lane.ts')}';
export const handler = pgpFileLane(laneWith({ delivery: ${JSON.stringify(delivery)} }));`,
  );
  const outdir = join(directory, 'bundle');
  mkdirSync(outdir);
  await build({ ...bundleOptions, entryPoints: [{ in: entry, out: 'index' }], outdir });
  return outdir;
}

beforeAll(async () => {
  process.env.CDK_VALIDATION = 'false';
  const bundle = await bundleLane();
  const assemblyDir = join(directory, 'cdk.out');
  edgeApp({
    contracts: { integrations: [laneWith({ delivery })], events: [itemCreated] },
    codeOf: () => Code.fromAsset(bundle),
    outdir: assemblyDir,
  }).synth();
  cloud = await startLocalCloud({
    assemblyDir,
    stateDir: join(directory, 'local'),
    schedules: 'on-demand',
    report: () => undefined,
  });
  const { region, credentials, endpoints } = cloud.description;
  s3 = new S3Client({ region, credentials, endpoint: endpoints.s3, forcePathStyle: true });
  secrets = new SecretsManagerClient({ region, credentials, endpoint: endpoints.secretsmanager });
}, 600_000);

afterAll(async () => {
  await cloud?.stop();
  s3?.destroy();
  secrets?.destroy();
  rmSync(directory, { recursive: true, force: true });
});
jest.setTimeout(600_000);

const drop = (name: string, Body: Uint8Array) =>
  s3.send(new PutObjectCommand({ Bucket: cloud.description.buckets.inbound, Key: `shop/in/${name}`, Body }));

const ack = (name: string) =>
  until(`the acknowledgement of ${name}`, async () => {
    const Key = `shop/ack/${name}.ack.json`;
    try {
      const { Body } = await s3.send(
        new GetObjectCommand({ Bucket: cloud.description.buckets.inbound, Key }),
      );
      return JSON.parse(await Body!.transformToString());
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') return undefined;
      throw error;
    }
  });

describe('a lane with encrypted and signed files, as deployed', () => {
  it('waits for its keys, then takes a file of GnuPG with its signature', async () => {
    await drop('items_1.csv.pgp', fromGnupg('encrypted.pgp'));
    await drop('items_1.csv.pgp.sig', fromGnupg('encrypted.pgp.sig'));
    await until('the hand-off to be stopped for want of keys', async () => {
      const handoffs = await (await fetch(`${cloud.description.endpoints.console}/handoffs`)).text();
      return handoffs.includes('KEYS_UNUSABLE') || undefined;
    });
    await secrets.send(
      new PutSecretValueCommand({ SecretId: 'edge/dev/shop-items', SecretString: secretText }),
    );
    expect(await ack('items_1.csv.pgp')).toMatchObject({
      state: 'complete',
      balanced: true,
      counts: { received: 40, published: 40 },
    });
  });

  it('refuses one that was changed on its way', async () => {
    const changed = Buffer.from(fromGnupg('encrypted.pgp'));
    changed[changed.length - 5]! ^= 1;
    await drop('items_2.csv.pgp', changed);
    await drop('items_2.csv.pgp.sig', fromGnupg('encrypted.pgp.sig'));
    expect(await ack('items_2.csv.pgp')).toMatchObject({
      state: 'rejected',
      counts: { received: 0, published: 0 },
      fault: { code: expect.stringMatching(/^(SIGNATURE_INVALID|DECRYPTION_FAILED)$/) },
    });
  });
});
