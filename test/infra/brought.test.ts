import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { EdgeConfig } from '#infra/edge-config.ts';
import { checkRules } from '#infra/nag/check-rules.ts';
import { stageOf } from '#infra/stage.ts';
import { physicalNames } from '#infra/templates/physical-names.ts';
import { type Resource, resourcesOf, type StackTemplate } from '#infra/templates/template.ts';
import { feedContracts } from './fixtures/feeds.ts';
import { fenceContracts } from './fixtures/fences.ts';
import { contracts as laneContracts } from './fixtures/lanes.ts';
import { fixtureApp } from './fixtures/synthesised.ts';

const all = [laneContracts, fenceContracts, feedContracts];
const contracts = {
  integrations: all.flatMap(({ integrations }) => integrations),
  events: [...new Map(all.flatMap(({ events }) => events).map(event => [event.type, event])).values()],
};
const key = (id: string): string => `arn:aws:kms:eu-central-1:111122223333:key/${id}`;
const config: EdgeConfig = {
  namePrefix: { prod: 'acme' },
  tags: { prod: { 'cost-center': '4711' } },
  sftp: ['prod'],
  dashboards: ['prod'],
  traces: ['prod'],
  receipts: { prod: { billing: ['a.b.c.v1'] } },
  bring: {
    prod: {
      bus: 'company',
      buckets: {
        inbound: 'acme-in',
        raw: 'acme-raw',
        rejects: 'acme-rejects',
        quarantine: 'acme-quarantine',
        accessLogs: 'acme-logs',
      },
      keys: { data: key('data'), logs: key('logs'), secrets: key('secrets'), alarms: key('alarms') },
      network: { subnets: ['subnet-1', 'subnet-2'], securityGroups: ['sg-1'] },
      permissionsBoundary: 'arn:aws:iam::111122223333:policy/bounds',
    },
  },
};

const app = fixtureApp({ stage: 'prod' }, contracts, config);
checkRules(app, stageOf(app, config));
const synthesised = app.node.children.filter(child => Stack.isStack(child));
const stacks: readonly StackTemplate[] = synthesised.map(stack => ({
  name: stack.stackName,
  template: Template.fromStack(stack).toJSON(),
}));
const of = (type: string): readonly Resource[] => resourcesOf(stacks, type);
const valuesOf = (type: string, property: string): readonly unknown[] => [
  ...new Set(of(type).map(({ Properties }) => JSON.stringify(Properties[property]))),
];

describe('a stage that brings what it has', () => {
  it('begins every name with its prefix', () => {
    const names = [...physicalNames(stacks).map(({ name }) => name), ...stacks.map(({ name }) => name)];
    expect(names.length).toBeGreaterThan(80);
    // Parameters and log groups are paths.
    expect(names.filter(name => !/^(\/|\/aws\/vendedlogs\/)?acme-/.test(name))).toEqual([]);
  });

  it('tags every stack, and so what is in it', () => {
    for (const { tags } of synthesised)
      expect(tags.tagValues()).toMatchObject({ 'cost-center': '4711', 'edge:stage': 'prod' });
  });

  it('makes no bus, and logs of a bus that others use only CloudEvents and receipts', () => {
    expect(of('AWS::Events::EventBus')).toEqual([]);
    const [rule] = of('AWS::Events::Rule').filter(({ Properties }) => Properties.EventBusName === 'company');
    expect(rule?.Properties.EventPattern).toEqual({
      version: ['0'],
      $or: [{ detail: { specversion: ['1.0'] } }, { 'detail-type': ['edge.receipt.v1'] }],
    });
    expect(of('AWS::Events::Archive').length).toBeGreaterThan(0);
    const [parameter] = of('AWS::SSM::Parameter').filter(({ Properties }) =>
      Properties.Name.endsWith('/bus'),
    );
    expect(parameter?.Properties).toMatchObject({ Name: '/acme-edge/prod/platform/bus', Value: 'company' });
  });

  it('makes no bucket but those that prove something, or belong to a feed', () => {
    const named = synthesised.flatMap(stack =>
      Object.keys(Template.fromStack(stack).findResources('AWS::S3::Bucket')),
    );
    expect(named.filter(id => !id.startsWith('Undelivered'))).toEqual([
      expect.stringMatching(/^BusLogBucket/),
      expect.stringMatching(/^AuditBucket/),
    ]);
    const [values] = stacks.map(({ template }) => JSON.stringify(template));
    for (const bucket of ['acme-in', 'acme-raw', 'acme-rejects', 'acme-quarantine', 'acme-logs'])
      expect(values).toContain(`"${bucket}"`);
  });

  it('encrypts all data, logs and secrets with its keys', () => {
    const data = key('data');
    expect(valuesOf('AWS::SQS::Queue', 'KmsMasterKeyId')).toEqual([JSON.stringify(data)]);
    expect(valuesOf('AWS::DynamoDB::Table', 'SSESpecification')).toEqual([
      JSON.stringify({ KMSMasterKeyId: data, SSEEnabled: true, SSEType: 'KMS' }),
    ]);
    expect(valuesOf('AWS::Kinesis::Stream', 'StreamEncryption')).toEqual([
      JSON.stringify({ EncryptionType: 'KMS', KeyId: data }),
    ]);
    expect(valuesOf('AWS::Events::Archive', 'KmsKeyIdentifier')).toEqual([JSON.stringify(data)]);
    for (const encryption of valuesOf('AWS::S3::Bucket', 'BucketEncryption'))
      expect(encryption).toContain(data);
    expect(
      JSON.stringify(
        valuesOf('AWS::KinesisFirehose::DeliveryStream', 'DeliveryStreamEncryptionConfigurationInput'),
      ),
    ).toContain(data);
    expect(valuesOf('AWS::Logs::LogGroup', 'KmsKeyId')).toEqual([JSON.stringify(key('logs'))]);
    expect(valuesOf('AWS::SecretsManager::Secret', 'KmsKeyId')).toEqual([JSON.stringify(key('secrets'))]);
    expect(valuesOf('AWS::SNS::Topic', 'KmsMasterKeyId')).toEqual([JSON.stringify(key('alarms'))]);
    expect(of('AWS::KMS::Key').map(({ Properties }) => Properties.KeyUsage)).toEqual([
      'SIGN_VERIFY',
      'SIGN_VERIFY',
    ]);
  });

  it('lets each function use the key of data by the services that keep it, and those that read secrets theirs', () => {
    const roles = of('AWS::IAM::Role').filter(({ Properties }) =>
      JSON.stringify(Properties.AssumeRolePolicyDocument).includes('lambda.amazonaws.com'),
    );
    expect(roles.length).toBe(of('AWS::Lambda::Function').length);
    for (const { Properties } of roles) {
      const statements = Properties.Policies.flatMap(
        ({ PolicyDocument }: { PolicyDocument: { Statement: object[] } }) => PolicyDocument.Statement,
      );
      expect(statements).toContainEqual(
        expect.objectContaining({ Sid: 'UseDataKey', Resource: key('data'), Condition: expect.anything() }),
      );
      const reads = JSON.stringify(statements).includes('secretsmanager:GetSecretValue');
      expect(JSON.stringify(statements).includes(key('secrets'))).toBe(reads);
    }
  });

  it('runs every function in its network, whose role may join it', () => {
    expect(valuesOf('AWS::Lambda::Function', 'VpcConfig')).toEqual([
      JSON.stringify({ SecurityGroupIds: ['sg-1'], SubnetIds: ['subnet-1', 'subnet-2'] }),
    ]);
    const joining = JSON.stringify(stacks).match(/"Sid":"JoinSubnets"/g) ?? [];
    expect(joining).toHaveLength(of('AWS::Lambda::Function').length);
  });

  it('bounds every role', () => {
    expect(valuesOf('AWS::IAM::Role', 'PermissionsBoundary')).toEqual([
      '"arn:aws:iam::111122223333:policy/bounds"',
    ]);
  });

  it('keeps to the rules of cdk-nag', () => {
    app.synth();
    const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
    expect(report.pluginReports).toEqual([]);
  });
});

it('refuses a prefix with which names would be too long', () => {
  expect(() =>
    fixtureApp({ stage: 'prod' }, laneContracts, { namePrefix: { prod: 'acme-adapters' } }),
  ).toThrow('namePrefix.prod: "acme-adapters" has 13 characters; with the stage and a hyphen at most 9 fit');
});
