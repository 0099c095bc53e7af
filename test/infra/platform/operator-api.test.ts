import { type Operation, operations, routeKeyOf } from '#operate/core/operations.ts';
import { listOf, type Statement, textOf } from '../fixtures/statements.ts';
import { fixtureTemplates } from '../fixtures/synthesised.ts';

const { platform } = fixtureTemplates();

interface Resource {
  readonly Properties: Readonly<Record<string, unknown>>;
}

const properties = (type: string) =>
  Object.values(platform.findResources(type) as Record<string, Resource>).map(({ Properties }) => Properties);

describe('the operator’s API', () => {
  it('has a route for each operation, each with IAM authorization', () => {
    const routes = properties('AWS::ApiGatewayV2::Route');
    expect(routes.map(({ RouteKey }) => RouteKey).sort()).toEqual(
      Object.values(operations).map(routeKeyOf).sort(),
    );
    for (const { AuthorizationType } of routes) expect(AuthorizationType).toBe('AWS_IAM');
  });

  it.each([
    ['viewer', () => false],
    ['operator', (by: readonly string[]) => by.includes('operator')],
    ['approver', (by: readonly string[]) => by.includes('approver')],
    ['reader', (by: readonly string[]) => by.includes('reader')],
  ] as const)('lets a %s ask, change what is theirs, find the API, and nothing else', (name, isTheirs) => {
    const policy = properties('AWS::IAM::ManagedPolicy').find(
      ({ ManagedPolicyName }) => ManagedPolicyName === `edge-${name}-dev`,
    );
    const { Statement } = policy!.PolicyDocument as { Statement: { Action: string; Resource: unknown[] }[] };
    expect(Statement.map(({ Action }) => Action)).toEqual([
      'execute-api:Invoke',
      'cloudformation:DescribeStacks',
    ]);
    const allowed = Object.values<Operation>(operations)
      .filter(operation => operation.method === 'GET' || isTheirs(operation.by))
      .map(operation =>
        routeKeyOf(operation)
          .replace(' ', '')
          .replaceAll(/\{\w+\}/g, '*'),
      );
    const routes = Statement[0]!.Resource.map(textOf);
    expect(routes.map(route => route.split('/$default/')[1]).sort()).toEqual(allowed.sort());
  });

  it('lets only approvers approve, who run nothing', () => {
    expect(operations.approvePlan.by).toEqual(['approver']);
    for (const name of ['makePlan', 'runPlan', 'resumePlan'] as const)
      expect(operations[name].by).toEqual(['operator']);
  });

  it('has a function that reads what operators ask for, writes plans and issues, and asks jobs and the reconciler', () => {
    expect(actionsOf('operator-api')).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:PutItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:Query',
      'dynamodb:Query',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
      'kms:GetPublicKey',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:GetObject',
      's3:GetObject',
      's3:GetObject',
      's3:GetObject',
      's3:GetObjectVersion',
      's3:ListBucket',
      's3:ListBucket',
      's3:ListBucketVersions',
      'sqs:ChangeMessageVisibility',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
      'sqs:SendMessage',
      'sqs:SendMessage',
      'ssm:GetParametersByPath',
    ]);
  });
});

describe('the recorder of issues', () => {
  it('may read and write issues alone', () => {
    expect(actionsOf('issue-recorder').filter(action => !/^(logs|xray):/.test(action))).toEqual([
      'dynamodb:GetItem',
      'dynamodb:PutItem',
    ]);
  });

  it('may be called by the logs of this account, and no other', () => {
    platform.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'logs.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
    });
  });
});

describe('the jobs of plans', () => {
  it('may move dead letters, and touch no items but those of plans', () => {
    expect(actionsOf('plan-jobs').filter(action => action.startsWith('sqs:'))).toEqual([
      ...Array(3).fill('sqs:ChangeMessageVisibility'),
      ...Array(3).fill('sqs:DeleteMessage'),
      'sqs:GetQueueAttributes',
      ...Array(3).fill('sqs:ReceiveMessage'),
      'sqs:SendMessage',
      'sqs:SendMessage',
    ]);
    const items = statementsNamed('plan-jobs').filter(({ Sid }) => Sid === 'KeepPlans');
    expect(items).toMatchObject([
      { Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['plan#*'] } } },
    ]);
  });

  it('may invoke functions of feeds, and take undelivered records and their notices, of this stage alone', () => {
    const named = Object.fromEntries(
      statementsNamed('plan-jobs').map(({ Sid, Action, Resource }) => [
        Sid,
        [listOf(Action), listOf(Resource).map(textOf)],
      ]),
    );
    const bucket = 'arn:<ref>:s3:::undelivered-dev-*-<ref>-<ref>';
    expect(named).toMatchObject({
      InvokeFeeds: [['lambda:InvokeFunction'], ['arn:<ref>:lambda:<ref>:<ref>:function:feed-dev-*']],
      FindUndelivered: [['s3:ListBucket'], [bucket]],
      TakeUndelivered: [['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], [`${bucket}/aws/lambda/*`]],
      SweepNotices: [
        ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:ReceiveMessage'],
        ['arn:<ref>:sqs:<ref>:<ref>:edge-dev-*-undelivered'],
      ],
    });
  });

  it('ring when a plan fails or stops', () => {
    platform.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: '{ $.level = "ERROR" }',
      MetricTransformations: [{ MetricName: 'plans/failed', MetricNamespace: 'EdgeAdapters/dev' }],
    });
    platform.hasResourceProperties('AWS::CloudWatch::Alarm', {
      ...{ AlarmName: 'edge-plan-jobs-failed-dev', MetricName: 'plans/failed', Threshold: 1 },
      AlarmActions: [{ Ref: platformTopic() }],
    });
  });

  it('ring when one dies again and again', () => {
    platform.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'edge-plan-jobs-stuck-dev',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Threshold: 1,
      AlarmActions: [{ Ref: platformTopic() }],
    });
  });
});

const platformTopic = () => Object.keys(platform.findResources('AWS::SNS::Topic'))[0];

/** Of the inline policy with this name. */
const statementsNamed = (name: string) =>
  properties('AWS::IAM::Role')
    .flatMap(
      ({ Policies = [] }) => Policies as { PolicyName: string; PolicyDocument: { Statement: Statement[] } }[],
    )
    .filter(({ PolicyName }) => PolicyName === name)
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

const actionsOf = (name: string) =>
  statementsNamed(name)
    .flatMap(({ Action }) => listOf(Action))
    .sort();
