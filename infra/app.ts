import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import config from '../edge.config.ts';
import { bundleFunctions } from './bundle.ts';
import { bundleEntries } from './bundle-entries.ts';
import { contextFrom } from './command-line.ts';
import { loadContracts, loadSoundContracts } from './contracts.ts';
import { edgeApp } from './edge-app.ts';
import { requireSafeExpressions } from './expressions/check-expressions.ts';
import { checkRules } from './nag/check-rules.ts';
import { requireReleased } from './released-schemas.ts';
import { stageOf } from './stage.ts';

/**
 * Writes `cdk.out`: by itself (`npm run synth -- -c stage=prod`), or called by the CDK's command line (`npm run deploy`),
 * which passes context, account and region in the environment.
 */
// The local cloud leaves out a broken contract and may run events that are not released yet; a deployment may do neither.
const isLocal = process.env.CDK_VALIDATION === 'false';
const contracts = isLocal ? await loadSoundContracts() : await loadContracts();
if (!isLocal) {
  requireReleased(contracts.events);
  await requireSafeExpressions();
}
// A folder of its own, so that several may synthesise at once; assets are copied into `cdk.out`.
const bundlesAt = `.build/${process.pid}`;
await bundleFunctions(bundleEntries(contracts), process.cwd(), bundlesAt);
const app = edgeApp({
  contracts,
  config,
  context: contextFrom(process.argv.slice(2)),
  codeOf: id => Code.fromAsset(join(bundlesAt, id)),
  outdir: process.env.CDK_OUTDIR ?? 'cdk.out',
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
});
// The local cloud does without, for it takes seconds.
if (!isLocal) checkRules(app, stageOf(app, config));
app.synth();
await rm(bundlesAt, { recursive: true, force: true });
