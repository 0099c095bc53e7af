import { operations, routeKeyOf } from '#operate/core/operations.ts';
import { listOf, statementsOf, textOf } from '../fixtures/statements.ts';
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

  it('lets a viewer ask what only reads, and find the API, and nothing else', () => {
    const [viewer] = properties('AWS::IAM::ManagedPolicy');
    expect(viewer).toMatchObject({ ManagedPolicyName: 'edge-viewer-dev' });
    const statements = statementsOf(platform).filter(({ type }) => type === 'AWS::IAM::ManagedPolicy');
    expect(statements.map(({ statement }) => statement.Action)).toEqual([
      'execute-api:Invoke',
      'cloudformation:DescribeStacks',
    ]);
    const routes = listOf(statements[0]!.statement.Resource).map(textOf);
    for (const route of routes) expect(route).toMatch(/\/\$default\/GET\/operate\//);
  });

  it('may read what operators ask for, and write nothing', () => {
    const role = statementsOf(platform).filter(({ type }) => type === 'AWS::IAM::Role');
    const actions = role.flatMap(({ statement }) => listOf(statement.Action)).sort();
    expect(actions).toEqual([
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:Query',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:GetObject',
      's3:GetObject',
      's3:ListBucket',
      's3:ListBucket',
      'sqs:ChangeMessageVisibility',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
      'sts:AssumeRole',
    ]);
  });
});
