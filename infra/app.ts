import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { bundleFileLanes, bundlesAt } from './bundle.ts';
import { loadContracts } from './contracts.ts';
import { edgeApp } from './edge-app.ts';

/** Writes `cdk.out`. By itself (`npm run synth -- -c stage=prod`) or called by the CDK's command line, which passes its own context. */
const { values } = parseArgs({ options: { context: { type: 'string', short: 'c', multiple: true } } });
const context = Object.fromEntries(
  (values.context ?? []).map(pair => {
    const at = pair.indexOf('=');
    if (at < 1) throw new Error(`-c ${pair}: write name=value`);
    return [pair.slice(0, at), pair.slice(at + 1)];
  }),
);

const contracts = await loadContracts();
await bundleFileLanes(contracts.lanes.map(lane => lane.id));
edgeApp({
  contracts,
  context,
  codeOf: id => Code.fromAsset(join(bundlesAt, id)),
  outdir: process.env.CDK_OUTDIR ?? 'cdk.out',
  env: { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION },
}).synth();
