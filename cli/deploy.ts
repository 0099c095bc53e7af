import { spawnSync } from 'node:child_process';
import { cdkArguments } from './deploy/cdk-arguments.ts';

/** `npm run deploy -- --all --stage prod`: deploys stacks, by the CDK's command line. */
const { status } = spawnSync('node_modules/.bin/cdk', cdkArguments(process.argv.slice(2)), {
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
