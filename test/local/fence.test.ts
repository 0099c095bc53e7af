import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type LocalCloud, startLocalCloud } from '#local/start-local-cloud.ts';
import { stateDirectory, type TestStack, writeAssembly } from './support/assembly.ts';

const att = (logicalId: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [logicalId, attribute] });
const joined = (...parts: readonly unknown[]) => ({ 'Fn::Join': ['', parts] });

const scheme = {
  kind: 'signed',
  name: 'acme',
  signature: { header: 'x-acme' },
  signers: [{ algorithm: 'hmac-sha256', encoding: 'hex' }],
  content: '{body}',
};

/** An HTTP API with one route to the bundle `hook`, a secret, and what a fence's stack tells. */
function fenceStack(
  id: string,
  { fn = {}, route = `/webhooks/${id}` }: { fn?: object; route?: string } = {},
) {
  const api = { Ref: 'Api' };
  const stack: TestStack = {
    Metadata: { 'edge:integration': { id, kind: 'webhook-fence', route, scheme } },
    Resources: {
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: id, ProtocolType: 'HTTP' } },
      Hook: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: {
          ApiId: api,
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: att('Fn'),
          PayloadFormatVersion: '2.0',
        },
      },
      Route: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          ApiId: api,
          RouteKey: `POST ${route}`,
          Target: joined('integrations/', { Ref: 'Hook' }),
          AuthorizationType: 'NONE',
        },
      },
      Stage: {
        Type: 'AWS::ApiGatewayV2::Stage',
        Properties: {
          ApiId: api,
          StageName: '$default',
          AutoDeploy: true,
          DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1_000 },
          RouteSettings: { [`POST ${route}`]: { ThrottlingBurstLimit: 20 } },
        },
      },
      Role: { Type: 'AWS::IAM::Role' },
      Fn: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code: { S3Bucket: 'assets', S3Key: 'hook.zip' },
          Handler: 'index.handler',
          Role: att('Role'),
          Timeout: 1,
          MemorySize: 128,
          ...fn,
        },
      },
      Keys: {
        Type: 'AWS::SecretsManager::Secret',
        Properties: {
          Name: `edge/test/${id}`,
          GenerateSecretString: { SecretStringTemplate: '{"a":1}', GenerateStringKey: 'current' },
        },
      },
      Other: {
        Type: 'AWS::SecretsManager::Secret',
        Properties: {
          Name: `edge/test/${id}-other`,
          GenerateSecretString: { SecretStringTemplate: '{"a":1}', GenerateStringKey: 'current' },
        },
      },
      Spill: { Type: 'AWS::SQS::Queue' },
    },
    Outputs: {
      FenceUrl: { Value: joined(att('Api', 'ApiEndpoint'), route) },
      SecretName: { Value: `edge/test/${id}` },
      SpillQueueUrl: { Value: { Ref: 'Spill' } },
      SpillDlqUrl: { Value: { Ref: 'Spill' } },
      FunctionName: { Value: { Ref: 'Fn' } },
    },
  };
  return stack;
}

const hook = `
import { setTimeout as sleep } from 'node:timers/promises';
export const handler = async event => {
  if (event.body === 'throw') throw new Error('secret');
  if (event.body === 'slow') await sleep(10_000);
  if (event.body === 'wait') await sleep(400);
  return { statusCode: 202, body: event.body ?? '' };
};
`;

const state = stateDirectory();
const assembly = (stacks: Record<string, TestStack>) => writeAssembly(stacks, { hook });
const post = (cloud: LocalCloud, body: string) =>
  fetch(cloud.description.fences[0]!.url, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body,
  });

describe('a fence in the local cloud', () => {
  let cloud: LocalCloud;
  beforeAll(async () => {
    const stacks = { a: fenceStack('a', { fn: { ReservedConcurrentExecutions: 1 } }) };
    cloud = await startLocalCloud({ assemblyDir: assembly(stacks), stateDir: state.path });
  });
  afterAll(async () => {
    await cloud.stop();
    state.remove();
  });

  it('is described, with keys made for this run', () => {
    const file = JSON.parse(readFileSync(join(state.path, 'cloud.json'), 'utf8'));
    expect(file.fences).toMatchObject([
      {
        id: 'a',
        url: `${file.endpoints.http}/webhooks/a`,
        scheme: 'acme',
        secrets: {
          current: expect.stringMatching(/^local_secret_/),
          statusKey: expect.stringMatching(/^local_/),
        },
        secretId: 'edge/test/a',
      },
    ]);
    expect(file.endpoints.http).not.toBe(file.endpoints.console);
  });

  it('finds its keys in its secret; other secrets are generated as the template says', async () => {
    const { endpoints, region, credentials, fences } = cloud.description;
    const client = new SecretsManagerClient({ region, credentials, endpoint: endpoints.secretsmanager });
    const read = async (SecretId: string) =>
      JSON.parse((await client.send(new GetSecretValueCommand({ SecretId }))).SecretString!);
    const { current, statusKey } = fences[0]!.secrets;
    expect(await read('edge/test/a')).toEqual({ current, statusKey });
    expect(await read('edge/test/a-other')).toEqual({ a: 1, current: expect.stringMatching(/.{20}/) });
    client.destroy();
  });

  it('answers through its function, needs no signature of AWS’s, and hides what went wrong inside', async () => {
    const answer = await post(cloud, 'hello');
    expect([answer.status, await answer.text()]).toEqual([202, 'hello']);
    const failed = await post(cloud, 'throw');
    expect([failed.status, await failed.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  it('is answered 500 when the function runs out of its time', async () => {
    expect((await post(cloud, 'slow')).status).toBe(500);
  });

  it('is answered 503 where the function’s reserve is used up', async () => {
    const answers = await Promise.all(['wait', 'wait', 'wait'].map(body => post(cloud, body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 503, 503]);
  });

  it('is throttled by its route’s own burst and the stage’s rate', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => post(cloud, 'x')));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(5);
  });
});

describe('the start is refused', () => {
  const start = (stacks: Record<string, TestStack>) =>
    startLocalCloud({ assemblyDir: assembly(stacks), stateDir: state.path });
  const changed = (logicalId: string, properties: object) => {
    const stack = fenceStack('b');
    const resource = stack.Resources![logicalId]!;
    return {
      b: {
        ...stack,
        Resources: {
          ...stack.Resources,
          [logicalId]: { ...resource, Properties: { ...resource.Properties, ...properties } },
        },
      },
    };
  };

  it.each([
    [
      'two routes that are the same',
      { a: fenceStack('a', { route: '/x' }), b: fenceStack('b', { route: '/x' }) },
      'two HTTP APIs have the route POST /x',
    ],
    ['a WebSocket API', changed('Api', { ProtocolType: 'WEBSOCKET' }), 'only HTTP APIs are served'],
    [
      'another authorizer',
      changed('Route', { AuthorizationType: 'JWT' }),
      'other authorizers are not served',
    ],
    ['a stage of another name', changed('Stage', { StageName: 'v1' }), 'only the stage $default is served'],
    ['payload format 1.0', changed('Hook', { PayloadFormatVersion: '1.0' }), 'PayloadFormatVersion'],
    ['a property that is not known', changed('Api', { CorsConfiguration: {} }), 'CorsConfiguration'],
  ])('for %s', async (_, stacks, message) => {
    await expect(start(stacks as Record<string, TestStack>)).rejects.toThrow(message);
  });
});
