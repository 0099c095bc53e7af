import { Match } from 'aws-cdk-lib/assertions';
import { secretName } from '#adapters/webhook-fence/contract/webhook-fence.ts';
import { fenceContracts, full, plain } from '../fixtures/fences.ts';
import { fixtureApp, templatesOf } from '../fixtures/synthesised.ts';

const [, fence, simple] = templatesOf(fixtureApp({}, fenceContracts));

const propertiesOf = (template: typeof fence, type: string) =>
  Object.values(template!.findResources(type)).map(resource => resource.Properties);

describe('a fence’s address', () => {
  it('is an HTTP API of its own, with the contract’s methods and the status of deliveries', () => {
    fence!.resourceCountIs('AWS::ApiGatewayV2::Api', 1);
    expect(propertiesOf(fence, 'AWS::ApiGatewayV2::Route').map(route => route.RouteKey)).toEqual([
      'POST /hooks/initech',
      'GET /hooks/initech',
      'HEAD /hooks/initech',
      'OPTIONS /hooks/initech',
      'GET /hooks/initech/status/{correlationId}',
    ]);
    expect(propertiesOf(simple, 'AWS::ApiGatewayV2::Route').map(route => route.RouteKey)).toEqual([
      'POST /webhooks/hooli-moves',
      'HEAD /webhooks/hooli-moves',
      'OPTIONS /webhooks/hooli-moves',
      'GET /webhooks/hooli-moves/status/{correlationId}',
    ]);
  });

  it('is closed where partners come to a domain of our own', () => {
    const [, closed] = templatesOf(fixtureApp({}, fenceContracts, { ownDomain: ['dev'] }));
    const closing = { DisableExecuteApiEndpoint: true };
    closed!.hasResourceProperties('AWS::ApiGatewayV2::Api', closing);
    fence!.resourcePropertiesCountIs('AWS::ApiGatewayV2::Api', closing, 0);
  });

  it('throttles each route as the contract says', () => {
    const throttle = { ThrottlingRateLimit: 7, ThrottlingBurstLimit: 9 };
    fence!.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: throttle,
      RouteSettings: {
        'POST /hooks/initech': throttle,
        'GET /hooks/initech': throttle,
        'HEAD /hooks/initech': throttle,
        'OPTIONS /hooks/initech': throttle,
        'GET /hooks/initech/status/{correlationId}': throttle,
      },
    });
    simple!.hasResourceProperties('AWS::ApiGatewayV2::Stage', {
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
    });
  });

  it('sets routes up before their settings', () => {
    const [stage] = Object.values(fence!.findResources('AWS::ApiGatewayV2::Stage'));
    const routes = Object.keys(fence!.findResources('AWS::ApiGatewayV2::Route'));
    expect(stage!.DependsOn).toEqual(expect.arrayContaining(routes));
  });

  it('hands the whole request to the function, in payload format 2.0', () => {
    fence!.hasResourceProperties('AWS::ApiGatewayV2::Integration', {
      IntegrationType: 'AWS_PROXY',
      PayloadFormatVersion: '2.0',
      IntegrationUri: { Ref: Match.stringLikeRegexp('ReceiveLive') },
    });
  });

  it('logs a line a request, without path, query, headers, body or any text of the caller’s', () => {
    const [stage] = propertiesOf(fence, 'AWS::ApiGatewayV2::Stage');
    const line: Record<string, string> = JSON.parse(stage.AccessLogSettings.Format);
    expect(stage.AccessLogSettings.DestinationArn).toEqual({
      'Fn::GetAtt': [expect.stringContaining('HttpLog'), 'Arn'],
    });
    expect(Object.values(line).join(' ')).not.toMatch(/path|query|header|body|userAgent|authorizer/i);
    expect(line).toMatchObject({
      status: '$context.status',
      lambdaStatus: '$context.integration.integrationStatus',
      routeKey: '$context.routeKey',
    });
    fence!.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/aws/vendedlogs/edge/dev/initech-moves/access',
      RetentionInDays: 30,
    });
  });
});

describe('a fence’s functions', () => {
  it('run on Node 24 and arm64, traced; the one that answers gives up before API Gateway does', () => {
    for (const fn of propertiesOf(fence, 'AWS::Lambda::Function'))
      expect(fn).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
      });
    fence!.hasResourceProperties('AWS::Lambda::Function', {
      Description: full.purpose,
      Timeout: 29,
      ReservedConcurrentExecutions: 5,
    });
    simple!.hasResourceProperties('AWS::Lambda::Function', {
      Description: plain.purpose,
      ReservedConcurrentExecutions: 20,
    });
  });

  it('know where everything is, and nothing else', () => {
    const functions = propertiesOf(fence, 'AWS::Lambda::Function');
    expect(functions).toHaveLength(3);
    for (const { Environment } of functions) {
      expect(Object.keys(Environment.Variables).sort()).toEqual([
        'BUS_NAME',
        'CLAIMS_TABLE',
        'DEAD_LETTERS_URL',
        'NODE_OPTIONS',
        'OPERATE_TABLE',
        'POWERTOOLS_LOG_LEVEL',
        'POWERTOOLS_SERVICE_NAME',
        'QUARANTINE_BUCKET',
        'RAW_BUCKET',
        'REJECTS_BUCKET',
        'SECRET_ID',
        'SPILL_QUEUE_URL',
      ]);
      expect(Environment.Variables).toMatchObject({
        POWERTOOLS_SERVICE_NAME: 'initech-moves',
        SECRET_ID: 'edge/dev/initech-moves',
      });
    }
  });

  it('are open to the address alone: nothing else may invoke the one that answers, and nobody the others', () => {
    for (const { FunctionName, Principal } of propertiesOf(fence, 'AWS::Lambda::Permission')) {
      expect(Principal).toBe('apigateway.amazonaws.com');
      expect(JSON.stringify(FunctionName)).toContain('ReceiveLive');
    }
  });
});

describe('a fence’s spill', () => {
  it('is drained a few messages at a time, each failure by itself, and moved to the dead-letter queue after ten attempts', () => {
    fence!.hasResourceProperties('AWS::SQS::Queue', {
      SqsManagedSseEnabled: true,
      VisibilityTimeout: 360,
      RedrivePolicy: { maxReceiveCount: 10, deadLetterTargetArn: attribute('DeadLetters', 'Arn') },
    });
    fence!.hasResourceProperties('AWS::Lambda::Function', { Timeout: 60 });
    fence!.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: attribute('Spill', 'Arn'),
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
  });
});

describe('a fence’s secret', () => {
  it('has its name and no value in the template', () => {
    const [secret] = propertiesOf(fence, 'AWS::SecretsManager::Secret');
    expect(secret.Name).toBe(secretName({ name: 'dev', prefix: '' }, 'initech-moves'));
    expect(secret.SecretString).toBeUndefined();
    expect(secret.GenerateSecretString).toEqual({
      SecretStringTemplate: '{}',
      GenerateStringKey: 'current',
    });
    expect(secret.Description).toContain('Initech gave');
  });
});

describe('a fence whose secret exists already', () => {
  it('makes none, and reads that one alone', () => {
    const arn = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:hooks/initech-AbCdEf';
    const [, own] = templatesOf(
      fixtureApp({}, fenceContracts, { secrets: { dev: { 'initech-moves': arn } } }),
    );
    own!.resourceCountIs('AWS::SecretsManager::Secret', 0);
    const text = JSON.stringify(own!.toJSON());
    expect(text).toContain(`"Action":"secretsmanager:GetSecretValue","Effect":"Allow","Resource":"${arn}"`);
    expect(text).toContain(`"SECRET_ID":"${arn}"`);
  });
});

describe('a fence’s stack', () => {
  it('says what it is and where it can be reached', () => {
    expect(fence!.toJSON().Metadata['edge:integration']).toMatchObject({
      id: 'initech-moves',
      kind: 'webhook-fence',
      route: '/hooks/initech',
      scheme: { name: 'meta', handshakes: [{ method: 'GET' }] },
    });
    expect(Object.keys(fence!.findOutputs('*')).sort()).toEqual([
      'FenceUrl',
      'FunctionName',
      'SecretName',
      'SpillDlqUrl',
      'SpillQueueUrl',
    ]);
  });
});

function attribute(name: string, attributeName: string) {
  return { 'Fn::GetAtt': [Match.stringLikeRegexp(name), attributeName] };
}
