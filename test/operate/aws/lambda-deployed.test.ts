import {
  GetAliasCommand,
  LambdaClient,
  ListVersionsByFunctionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { lambdaDeployed } from '#operate/aws/lambda-deployed.ts';

const lambda = mockClient(LambdaClient);
const deployed = lambdaDeployed(
  new LambdaClient({ region: 'eu-central-1' }),
  { name: 'prod', prefix: '' },
  {},
);
const notFound = Object.assign(new Error('no alias'), { name: 'ResourceNotFoundException' });

beforeEach(() => lambda.reset());

it('reads the functions of a fence, with their versions in order and the canary that is under way', async () => {
  lambda.on(GetAliasCommand).rejects(notFound);
  lambda.on(GetAliasCommand, { FunctionName: 'receive-prod-stripe-payments', Name: 'live' }).resolves({
    FunctionVersion: '9',
    Description: 'plan 1',
    RoutingConfig: { AdditionalVersionWeights: { 10: 0.1 } },
  });
  lambda.on(ListVersionsByFunctionCommand).resolves({
    Versions: [
      { Version: '$LATEST', LastModified: '2026-11-03T00:00:00.000+0000' },
      { Version: '10', LastModified: '2026-11-02T00:00:00.000+0000' },
      { Version: '9', LastModified: '2026-11-01T00:00:00.000+0000' },
    ],
  });
  expect(await deployed.functions({ id: 'stripe-payments', kind: 'webhook-fence' })).toEqual([
    {
      name: 'receive-prod-stripe-payments',
      aliases: ['live'],
      live: '9',
      note: 'plan 1',
      canary: '10',
      versions: [
        { version: '9', at: Date.UTC(2026, 10, 1) },
        { version: '10', at: Date.UTC(2026, 10, 2) },
      ],
    },
  ]);
});

it('moves every alias of a function, with all invocations', async () => {
  lambda.on(UpdateAliasCommand).resolves({});
  const feed = { name: 'feed-prod-crm', aliases: ['live', 'proof'] };
  await deployed.move(feed, { version: '9', note: 'plan 1' });
  const common = {
    FunctionName: 'feed-prod-crm',
    FunctionVersion: '9',
    Description: 'plan 1',
    RoutingConfig: { AdditionalVersionWeights: {} },
  };
  expect(lambda.commandCalls(UpdateAliasCommand).map(({ args: [{ input }] }) => input)).toEqual([
    { ...common, Name: 'live' },
    { ...common, Name: 'proof' },
  ]);
});
