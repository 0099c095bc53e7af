import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { Contracts } from '#infra/contracts.ts';
import { nameProperties, physicalNames } from '#infra/templates/physical-names.ts';
import type { StackTemplate } from '#infra/templates/template.ts';
import { feedContracts } from './fixtures/feeds.ts';
import { fenceContracts } from './fixtures/fences.ts';
import { contracts as laneContracts } from './fixtures/lanes.ts';
import { fixtureApp } from './fixtures/synthesised.ts';

const all = [laneContracts, fenceContracts, feedContracts];
const contracts: Contracts = {
  integrations: all.flatMap(({ integrations }) => integrations),
  events: [...new Map(all.flatMap(({ events }) => events).map(event => [event.type, event])).values()],
};
const config = {
  sftp: ['dev', 'prod'],
  dashboards: ['dev', 'prod'],
  partners: Object.fromEntries(
    ['dev', 'prod'].map(stage => [stage, { 'initech-parcels': ['arn:aws:iam::111122223333:role/drop'] }]),
  ),
};

/** By the names that CloudFormation would know the stacks by. */
const stacksOf = (stage: string): readonly StackTemplate[] =>
  fixtureApp({ stage }, contracts, config)
    .node.children.filter(child => Stack.isStack(child))
    .map(stack => ({ name: stack.stackName, template: Template.fromStack(stack).toJSON() }));

const [dev, prod] = [stacksOf('dev'), stacksOf('prod')];

describe('two stages in one account and region', () => {
  it('share no physical name', () => {
    const keys = (stacks: readonly StackTemplate[]) =>
      physicalNames(stacks).map(({ type, name }) => `${type} ${name}`);
    const taken = new Set(keys(dev));
    expect(taken.size).toBeGreaterThan(60);
    expect(keys(prod).filter(key => taken.has(key))).toEqual([]);
    expect(dev.map(({ name }) => name).filter(name => prod.some(other => other.name === name))).toEqual([]);
  });

  it('are looked at whole: a name in another property is known to be of something else', () => {
    const ofOthers = [
      'AWS::ApiGatewayV2::Stage StageName',
      'AWS::CloudWatch::Alarm MetricName',
      'AWS::CodeDeploy::DeploymentGroup DeploymentConfigName',
      'AWS::CodeDeploy::DeploymentGroup DeploymentGroupName',
      'AWS::EventSchemas::Schema SchemaName',
      'AWS::IAM::Policy PolicyName',
      'AWS::Lambda::Alias Name',
      'AWS::Transfer::Server SecurityPolicyName',
      'AWS::Transfer::User UserName',
    ];
    const found = [...dev, ...prod].flatMap(({ template }) =>
      Object.values(template.Resources ?? {}).flatMap(({ Type, Properties }) =>
        Object.entries(Properties ?? {})
          .filter(([key, value]) => /Name$/.test(key) && typeof value === 'string')
          .filter(([key]) => nameProperties[Type] !== key)
          .map(([key]) => `${Type} ${key}`),
      ),
    );
    expect([...new Set(found)].sort()).toEqual(ofOthers);
  });
});
