import { readCloud } from './demo/cloud.ts';
import { Failure } from './edge/failure.ts';
import { deployedApi, localApi } from './edge/find-api.ts';
import { forStage } from './edge/for-stage.ts';
import { OperatorApi } from './edge/operator-api.ts';
import { type Call, readCall } from './edge/read-call.ts';

/**
 * `npm run edge -- <command>`: what operators ask and do, through the operator's API of the local cloud, or with `--stage` of a
 * deployed stage.
 */
try {
  await run(readCall(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Failure ? error.message : error);
  process.exitCode = error instanceof Failure ? error.exitCode : 3;
}

async function run(call: Call): Promise<void> {
  if (call.kind === 'help') {
    console.log(call.text);
    return;
  }
  const { command, input, stage, identity, json } = call;
  const place = stage === undefined ? localApi(readCloud(), identity) : await deployedApi(stage);
  const told = await command.run(new OperatorApi(place), input);
  console.log(json ? JSON.stringify(told.json, undefined, 2) : forStage(told.text, stage));
  if (told.needsAttention) process.exitCode = 1;
}
