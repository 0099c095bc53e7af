import { Match } from 'aws-cdk-lib/assertions';
import type { FileLane } from '#adapters/file-lane/contract/file-lane.ts';
import { ofKind } from '#infra/contracts.ts';
import { byFile, contracts } from '../fixtures/lanes.ts';
import { fixtureApp, fixtureTemplates, templatesOf } from '../fixtures/synthesised.ts';

const { platform } = fixtureTemplates();
const { platform: inProduction } = fixtureTemplates({}, { stage: 'prod' });

interface Resource {
  readonly Properties: Record<string, unknown>;
  readonly DeletionPolicy?: string;
}

const resources = (type: string, template = platform): Resource[] =>
  Object.values(template.findResources(type)) as Resource[];

describe('the buckets', () => {
  it('are encrypted, versioned, closed to the public, and there are six', () => {
    const buckets = resources('AWS::S3::Bucket');
    expect(buckets).toHaveLength(6);
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
    expect(policies).toHaveLength(6);
    for (const { Properties } of policies) {
      expect(JSON.stringify(Properties.PolicyDocument)).toContain('"aws:SecureTransport":"false"');
      expect(JSON.stringify(Properties.PolicyDocument)).toContain('"s3:TlsVersion":1.2');
    }
  });

  it('tell EventBridge of what is dropped, and only of that', () => {
    const told = resources('AWS::S3::Bucket').filter(bucket => bucket.Properties.NotificationConfiguration);
    expect(told).toHaveLength(1);
    expect(told[0]!.Properties).toMatchObject({
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      LoggingConfiguration: { LogFilePrefix: 'inbound/' },
    });
    platform.resourceCountIs('Custom::S3BucketNotifications', 0);
  });

  it('keep each lane’s objects for as long as its contract says', () => {
    expect(lifecycleOf('inbound/')).toEqual([
      expect.objectContaining({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }),
      expect.objectContaining({
        Prefix: 'initech/',
        ExpirationInDays: 30,
        NoncurrentVersionExpiration: { NoncurrentDays: 30 },
      }),
      expect.objectContaining({ Prefix: 'hooli/', ExpirationInDays: 400 }),
    ]);
    expect(lifecycleOf('raw/')).toContainEqual(
      expect.objectContaining({
        Prefix: 'initech-parcels/',
        ExpirationInDays: 30,
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      }),
    );
  });
});

/** Buckets are told apart by where their access logs go. */
function lifecycleOf(logPrefix: string): unknown[] {
  const buckets = Object.values(platform.findResources('AWS::S3::Bucket'));
  const bucket = buckets.find(found => found.Properties.LoggingConfiguration?.LogFilePrefix === logPrefix);
  return bucket!.Properties.LifecycleConfiguration.Rules;
}

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
    platform.hasResourceProperties('AWS::Events::Archive', {
      ArchiveName: 'edge-dev-90d',
      RetentionDays: 90,
      EventPattern: { 'detail-type': ['parcels.parcel.updated.v1'] },
    });
    platform.resourceCountIs('AWS::Events::Archive', 1);
  });

  it('has the schema of each event in the registry, as Draft 4 of the whole detail', () => {
    const [schema] = resources('AWS::EventSchemas::Schema');
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
      ['EdgeLane-hooli-parcels-prod', 'EdgeLane-hooli-parcels.template.json', true],
      ['EdgeLane-initech-parcels-prod', 'EdgeLane-initech-parcels.template.json', true],
    ]);
    expect(fixtureApp().synth().stacks[0]!.terminationProtection).toBe(false);
  });

  it('refuses a stage whose name would not fit its resources', () => {
    expect(() => fixtureApp({ stage: 'Pre Prod' })).toThrow('context stage "Pre Prod" must be');
  });
});
