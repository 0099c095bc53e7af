import {
  DeleteFunctionCommand,
  LambdaClient,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { tidyVersions } from '#cli/deploy/tidy-versions.ts';

const lambda = mockClient(LambdaClient);
const named = (...names: readonly string[]) => names.map(FunctionName => ({ FunctionName }));

it('deletes what is older than the newest five versions of functions of the stage, but for what an alias names', async () => {
  lambda.on(ListFunctionsCommand).resolves({
    Functions: named('lane-prod-acme-orders', 'lane-dev-acme-orders', 'receive-prod-x', 'somebody-elses'),
  });
  const versions = ['$LATEST', '3', '4', '5', '6', '7', '8', '9'].map(Version => ({ Version }));
  lambda.on(ListVersionsByFunctionCommand).resolves({ Versions: versions.slice(0, 3) });
  lambda
    .on(ListVersionsByFunctionCommand, { FunctionName: 'lane-prod-acme-orders' })
    .resolves({ Versions: versions });
  lambda.on(DeleteFunctionCommand).resolves({});
  const conflict = Object.assign(new Error('an alias names it'), { name: 'ResourceConflictException' });
  lambda
    .on(DeleteFunctionCommand, { FunctionName: 'lane-prod-acme-orders', Qualifier: '4' })
    .rejects(conflict);
  expect(await tidyVersions(new LambdaClient({ region: 'eu-central-1' }), { name: 'prod', prefix: '' })).toBe(
    1,
  );
  expect(lambda.commandCalls(DeleteFunctionCommand).map(({ args: [{ input }] }) => input)).toEqual([
    { FunctionName: 'lane-prod-acme-orders', Qualifier: '4' },
    { FunctionName: 'lane-prod-acme-orders', Qualifier: '3' },
  ]);
});
