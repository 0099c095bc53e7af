import { Match } from 'aws-cdk-lib/assertions';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { ofKind } from '#infra/contracts.ts';
import { byFile, contracts } from '../fixtures/lanes.ts';
import { fixtureApp, fixtureTemplates, templatesOf } from '../fixtures/synthesised.ts';

const { platform, events } = fixtureTemplates();
const { platform: inProduction } = fixtureTemplates({}, { stage: 'prod' });

interface Resource {
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
}

const resources = (type: string, template = platform): Resource[] =>
  Object.values(template.findResources(type)) as Resource[];

describe('the alarms', () => {
  it('have one form of name, which says of which part of the suite they are, and name a page', () => {
    const alarms = resources('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
    const names = alarms.map(({ AlarmName }) => String(AlarmName));
    const others = names.filter(name => !/^edge-[a-z]+(-[a-z]+)+-dev$/.test(name));
    expect(others).toEqual([]);
    const pages = alarms.filter(
      ({ AlarmDescription }) => !/Runbook: docs\/guides\/\S+$/.test(String(AlarmDescription)),
    );
    expect(pages).toEqual([]);
    for (const part of [
      'reconciler',
      'plan-jobs',
      'operator-api',
      'issue-recorder',
      'bus-auditor',
      'audit-writer',
      'audit-sealer',
      'retention-keeper',
    ])
      for (const alarm of ['function-errors', 'throttled-function'])
        expect(names).toContain(`edge-${part}-${alarm}-dev`);
  });
});

describe('the buckets', () => {
  it('are encrypted, versioned, closed to the public, and there are seven', () => {
    const buckets = resources('AWS::S3::Bucket');
    expect(buckets).toHaveLength(7);
    for (const { Properties } of buckets) {
      expect(Properties).toMatchObject({
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      });
    }
  });

  it('refuse what does not come over TLS 1.2', () => {
    const policies = resources('AWS::S3::BucketPolicy');
    expect(policies).toHaveLength(7);
    for (const { Properties } of policies) {
      expect(JSON.stringify(Properties.PolicyDocument)).toContain('"aws:SecureTransport":"false"');
      expect(JSON.stringify(Properties.PolicyDocument)).toContain('"s3:TlsVersion":1.2');
    }
  });

  it('notify EventBridge of what is dropped, and only of that', () => {
    const notifying = resources('AWS::S3::Bucket').filter(
      bucket => bucket.Properties.NotificationConfiguration,
    );
    expect(notifying).toHaveLength(1);
    expect(notifying[0]!.Properties).toMatchObject({
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      LoggingConfiguration: { LogFilePrefix: 'inbound/' },
    });
    platform.resourceCountIs('Custom::S3BucketNotifications', 0);
  });
});

describe('the tables', () => {
  it('are paid by use, recoverable to a point in time, and forget what has expired', () => {
    const tables = resources('AWS::DynamoDB::Table');
    expect(tables).toHaveLength(3);
    for (const { Properties } of tables) {
      expect(Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      });
    }
    expect(tables.map(({ Properties }) => Properties.KeySchema)).toEqual([
      [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      [{ AttributeName: 'pk', KeyType: 'HASH' }],
      [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    ]);
  });
});

describe('the bus', () => {
  it('archives each event for as long as it asks, and no longer', () => {
    platform.hasResourceProperties('AWS::Events::EventBus', { Name: 'edge-dev' });
    events.hasResourceProperties('AWS::Events::Archive', {
      ArchiveName: 'edge-events-dev-90d',
      RetentionDays: 90,
      EventPattern: { 'detail-type': ['parcels.parcel.updated.v1'] },
    });
    events.resourceCountIs('AWS::Events::Archive', 1);
  });

  it('has the schema of each event in the registry, as Draft 4 of the whole detail', () => {
    const [schema] = resources('AWS::EventSchemas::Schema', events);
    expect(schema!.Properties).toMatchObject({
      SchemaName: 'parcels.parcel.updated.v1',
      Type: 'JSONSchemaDraft4',
    });
    const content = JSON.parse(schema!.Properties.Content as string);
    expect(content).toMatchObject({
      $schema: 'http://json-schema.org/draft-04/schema#',
      required: ['specversion', 'id', 'source', 'type', 'data'],
      properties: { data: { required: ['parcelId'] } },
    });
    expect(content.properties.data).not.toHaveProperty('$schema');
    expect(content.properties.data).not.toHaveProperty('additionalProperties');
  });
});

describe('the alarm topic', () => {
  it('is encrypted with a key that CloudWatch may use, and lets alarms in', () => {
    platform.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    platform.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
          }),
        ]),
      },
    });
    platform.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
          }),
        ]),
      },
    });
  });
});

describe('the platform', () => {
  it('says under fixed names where everything is', () => {
    const names = Object.keys(platform.findOutputs('*')).filter(name => !name.startsWith('ExportsOutput'));
    expect(names.sort()).toEqual([
      'AlarmTopicArn',
      'ApproverPolicyArn',
      'AuditBucketName',
      'AuditKeyArn',
      'BusAuditorFunctionName',
      'BusLogBucketName',
      'BusName',
      'ClaimsTableName',
      'InboundBucketName',
      'LedgerTableName',
      'OperatorApiUrl',
      'OperatorPolicyArn',
      'QuarantineBucketName',
      'RawBucketName',
      'ReaderPolicyArn',
      'ViewerPolicyArn',
    ]);
  });

  it('exports the same whichever lanes there are, so that one can go without an export in use going first', () => {
    const exportsFor = (lanes: readonly FileLane[]) =>
      Object.keys(
        templatesOf(fixtureApp({}, { ...contracts, integrations: lanes }))[0]!.findOutputs('*'),
      ).sort();
    const all = exportsFor(ofKind(contracts, 'file-lane'));
    expect(all.filter(name => name.startsWith('ExportsOutput'))).toHaveLength(16);
    expect(exportsFor([byFile])).toEqual(all);
    expect(exportsFor([])).toEqual(all);
  });

  it('keeps its data in production when the stack goes, and nowhere else', () => {
    for (const type of ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::KMS::Key', 'AWS::Events::Archive']) {
      expect(resources(type, inProduction).map(resource => resource.DeletionPolicy)).not.toContain('Delete');
      expect(resources(type).map(resource => resource.DeletionPolicy)).not.toContain('Retain');
    }
    for (const { Properties } of resources('AWS::DynamoDB::Table', inProduction))
      expect(Properties.DeletionProtectionEnabled).toBe(true);
  });

  it('is named for its stage, so that stages stand side by side', () => {
    const stacks = fixtureApp({ stage: 'prod' }).synth().stacks;
    expect(stacks.map(stack => [stack.stackName, stack.templateFile, stack.terminationProtection])).toEqual([
      ['EdgePlatform-prod', 'EdgePlatform.template.json', true],
      ['EdgeEvents-prod', 'EdgeEvents.template.json', true],
      ['EdgeLane-hooli-parcels-prod', 'EdgeLane-hooli-parcels.template.json', true],
      ['EdgeLane-initech-parcels-prod', 'EdgeLane-initech-parcels.template.json', true],
    ]);
    expect(fixtureApp().synth().stacks[0]!.terminationProtection).toBe(false);
  });

  it('refuses a stage whose name would not fit its resources', () => {
    expect(() => fixtureApp({ stage: 'Pre Prod' })).toThrow('context stage "Pre Prod" must be');
  });
});
