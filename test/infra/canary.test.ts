import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Contracts } from '#infra/contracts.ts';
import type { EdgeConfig } from '#infra/edge-config.ts';
import { fromKinesis } from './fixtures/feeds.ts';
import { plain } from './fixtures/fences.ts';
import { byFile } from './fixtures/lanes.ts';
import { fixtureApp } from './fixtures/synthesised.ts';

const contracts: Contracts = {
  integrations: [byFile, plain, fromKinesis],
  events: [],
};

type Resources = Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>;

/** The stacks of a lane, a fence and a feed. */
function stacksOf(context: Record<string, unknown>, config: EdgeConfig = {}): readonly Template[] {
  const app = fixtureApp(context, contracts, config);
  return ['Lane', 'Fence', 'Feed'].map(kind =>
    Template.fromStack(
      app.node.children.find(
        (child): child is Stack => Stack.isStack(child) && child.node.id.startsWith(`Edge${kind}-`),
      )!,
    ),
  );
}

const [lane, fence, feed] = stacksOf({ stage: 'prod' }) as [Template, Template, Template];
const all = [lane, fence, feed];

const only = (template: Template, type: string): readonly [string, Resources[string]] =>
  Object.entries(template.findResources(type) as Resources)[0]!;

describe('functions of integrations', () => {
  it('are called by their alias, and by no other name', () => {
    for (const template of all) {
      const resources = template.toJSON().Resources as Resources;
      const functions = Object.keys(template.findResources('AWS::Lambda::Function'));
      const callers = Object.entries(resources)
        .filter(([, { Type }]) =>
          [
            'AWS::Lambda::EventSourceMapping',
            'AWS::Lambda::Permission',
            'AWS::ApiGatewayV2::Integration',
            'AWS::Events::Rule',
          ].includes(Type),
        )
        .map(([, resource]) => JSON.stringify(resource.Properties));
      expect(callers.length).toBeGreaterThan(0);
      for (const fn of functions) expect(callers.filter(caller => caller.includes(`"${fn}"`))).toEqual([]);
    }
    const mapping = only(lane, 'AWS::Lambda::EventSourceMapping')[1];
    expect(JSON.stringify(mapping.Properties)).toContain(':live');
  });

  it('keep their versions, but for those whose deployment failed', () => {
    for (const template of all) {
      const functions = Object.keys(template.findResources('AWS::Lambda::Function'));
      const versions = Object.values(template.findResources('AWS::Lambda::Version'));
      expect(versions).toHaveLength(functions.length);
      for (const version of versions)
        expect(version).toMatchObject({
          DeletionPolicy: 'RetainExceptOnCreate',
          UpdateReplacePolicy: 'Retain',
        });
    }
  });

  it('have no alias that is at the newest code, which may not be deployed to its end', () => {
    const aliases = all.flatMap(template => Object.values(template.findResources('AWS::Lambda::Alias')));
    expect(aliases.map(({ Properties }) => Properties.Name).sort()).toEqual([
      ...Array(5).fill('live'),
      ...Array(2).fill('proof'),
    ]);
    for (const { Properties } of aliases)
      expect(Properties.FunctionVersion).toEqual({ 'Fn::GetAtt': [expect.any(String), 'Version'] });
  });
});

describe('a deployment in prod', () => {
  it('is a canary for a lane and for what receives requests, and rolls back by their own alarms', () => {
    for (const template of [lane, fence]) {
      const [group, { Properties }] = only(template, 'AWS::CodeDeploy::DeploymentGroup');
      expect(Properties).toMatchObject({
        DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: expect.arrayContaining([
            'DEPLOYMENT_FAILURE',
            'DEPLOYMENT_STOP_ON_REQUEST',
            'DEPLOYMENT_STOP_ON_ALARM',
          ]),
        },
      });
      const shifted = Object.values(template.findResources('AWS::Lambda::Alias')).filter(
        ({ UpdatePolicy }) => UpdatePolicy?.CodeDeployLambdaAliasUpdate?.DeploymentGroupName?.Ref === group,
      );
      expect(shifted).toHaveLength(1);
    }
  });

  it('is stopped by at most ten alarms, which CodeDeploy takes, none of them about what partners do', () => {
    const names = (template: Template) => {
      const alarms = template.findResources('AWS::CloudWatch::Alarm');
      const [, { Properties }] = only(template, 'AWS::CodeDeploy::DeploymentGroup');
      const { Alarms } = Properties.AlarmConfiguration as { Alarms: readonly { Name: { Ref: string } }[] };
      return Alarms.map(({ Name }) => alarms[Name.Ref]!.Properties.AlarmName as string);
    };
    expect(names(lane)).toEqual([
      'hooli-parcels-function-errors-prod',
      'hooli-parcels-failing-messages-prod',
      'hooli-parcels-unbalanced-books-prod',
      'hooli-parcels-lane-stopped-prod',
    ]);
    expect(names(fence)).toHaveLength(7);
    expect(names(fence).join()).not.toMatch(/throttled|refused-requests|quiet|spill/);
  });

  it('switches a feed, a drain and a release at once: only one function of each stack is shifted', () => {
    expect(feed.findResources('AWS::CodeDeploy::DeploymentGroup')).toEqual({});
    expect(Object.keys(fence.findResources('AWS::CodeDeploy::DeploymentGroup'))).toHaveLength(1);
  });

  it('may move the aliases of its function, and nothing else', () => {
    const roles = Object.values(lane.findResources('AWS::IAM::Role')).filter(({ Properties }) =>
      JSON.stringify(Properties.AssumeRolePolicyDocument).includes('codedeploy.amazonaws.com'),
    );
    expect(roles).toHaveLength(1);
    expect(roles[0]!.Properties.ManagedPolicyArns).toBeUndefined();
    const [{ PolicyDocument }] = roles[0]!.Properties.Policies;
    expect(PolicyDocument.Statement.map(({ Action }: { Action: unknown }) => Action)).toEqual([
      ['lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig', 'lambda:UpdateAlias'],
      'cloudwatch:DescribeAlarms',
    ]);
  });
});

describe('a deployment without canaries', () => {
  it.each([
    ['in another stage', { stage: 'dev' }, {}],
    ['that cannot wait', { stage: 'prod', now: 'true' }, {}],
    ['where the configuration says so', { stage: 'prod' }, { canary: [] }],
  ])('is one %s', (_, context, config) => {
    for (const template of stacksOf(context, config)) {
      expect(template.findResources('AWS::CodeDeploy::DeploymentGroup')).toEqual({});
      expect(JSON.stringify(template.toJSON())).not.toContain('UpdatePolicy');
    }
  });

  it('is none in another stage that asks for them', () => {
    const [asked] = stacksOf({ stage: 'dev' }, { canary: ['dev'] });
    expect(Object.keys(asked!.findResources('AWS::CodeDeploy::DeploymentGroup'))).toHaveLength(1);
  });
});
