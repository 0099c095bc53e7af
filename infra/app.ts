import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundleFunctions } from './bundle.ts';
import { bundleEntries } from './bundle-entries.ts';
import { contextFrom } from './command-line.ts';
import { loadContracts } from './contracts.ts';
import { edgeApp } from './edge-app.ts';
import { requireReleased } from './released-schemas.ts';

/**
 * Writes `cdk.out`: by itself (`npm run synth -- -c stage=prod`), or called by the CDK's command line (`npm run deploy`),
 * which passes context, account and region in the environment.
 */
const contracts = await loadContracts();
// The local cloud may run events that are not released yet; what is deployed may not.
if (process.env.CDK_VALIDATION !== 'false') requireReleased(contracts.events);
// A folder of its own, so that several may synthesise at once; assets are copied into `cdk.out`.
const bundlesAt = `.build/${process.pid}`;
await bundleFunctions(bundleEntries(contracts), process.cwd(), bundlesAt);
edgeApp({
  contracts,
  context: contextFrom(process.argv.slice(2)),
  codeOf: id => Code.fromAsset(join(bundlesAt, id)),
  outdir: process.env.CDK_OUTDIR ?? 'cdk.out',
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
}).synth();
await rm(bundlesAt, { recursive: true, force: true });
