import { spawnSync } from 'node:child_process';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { cdkArguments, stageIn } from './deploy/cdk-arguments.ts';
import { tidyVersions } from './deploy/tidy-versions.ts';
import { namedStage } from './stack-of.ts';

/** `npm run deploy -- --all --stage prod`: deploys stacks, by the CDK's command line. Then it deletes versions that nobody goes back to. */
const args = process.argv.slice(2);
const { status } = spawnSync('node_modules/.bin/cdk', cdkArguments(args), { stdio: 'inherit' });
process.exitCode = status ?? 1;
if (status === 0) await tidy(stageIn(args));

/** The deployment is done in any case. */
async function tidy(stage: string): Promise<void> {
  try {
    const deleted = await tidyVersions(new LambdaClient(), namedStage(stage));
    if (deleted > 0)
      console.log(`deleted ${deleted} old versions of functions; the newest five of each stay`);
  } catch (error) {
    console.error(`old versions of functions were not deleted: ${(error as Error).message}`);
  }
}
