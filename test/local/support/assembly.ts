import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Resources = Record<string, { Type: string; Properties?: object }>;

export interface TestStack {
  readonly Resources?: Resources;
  readonly Outputs?: object;
  readonly Metadata?: object;
}

const written: string[] = [];

afterAll(() => {
  for (const directory of written) rmSync(directory, { recursive: true, force: true });
});

/** A CDK app as synthesised: a platform of its own, further stacks, and bundles by name. */
export function writeAssembly(
  stacks: Record<string, TestStack>,
  bundles: Record<string, string> = {},
): string {
  const directory = mkdtempSync(join(tmpdir(), 'assembly-'));
  written.push(directory);
  const artifacts: Record<string, object> = {
    'app.assets': { type: 'cdk:asset-manifest', properties: { file: 'app.assets.json' } },
  };
  for (const [name, stack] of Object.entries({ platform, ...stacks })) {
    const templateFile = `${name}.template.json`;
    writeFileSync(join(directory, templateFile), JSON.stringify(stack));
    artifacts[name] = { type: 'aws:cloudformation:stack', properties: { templateFile } };
  }
  const files: Record<string, object> = {};
  for (const [name, code] of Object.entries(bundles)) {
    mkdirSync(join(directory, `asset.${name}`));
    writeFileSync(join(directory, `asset.${name}`, 'index.mjs'), code);
    files[name] = { source: { path: `asset.${name}` }, destinations: { here: { objectKey: `${name}.zip` } } };
  }
  writeFileSync(join(directory, 'app.assets.json'), JSON.stringify({ files }));
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ artifacts }));
  return directory;
}

/** A state directory, and what removes it. */
export function stateDirectory(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'state-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

const versioned = { VersioningConfiguration: { Status: 'Enabled' } };
const eventBridge = { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } };
const table = {
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
};

const ledger = {
  ...table,
  AttributeDefinitions: [
    ...table.AttributeDefinitions,
    { AttributeName: 'integration', AttributeType: 'S' },
    { AttributeName: 'receivedAt', AttributeType: 'S' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-arrival',
      KeySchema: [
        { AttributeName: 'integration', KeyType: 'HASH' },
        { AttributeName: 'receivedAt', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
};

const exported = (logicalId: string, name: string) => ({
  Value: { Ref: logicalId },
  Export: { Name: `platform:${name}` },
});

export const platform: TestStack = {
  Resources: {
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'edge' } },
    Inbound: {
      Type: 'AWS::S3::Bucket',
      Properties: { BucketName: 'inbound', ...versioned, ...eventBridge },
    },
    Quarantine: { Type: 'AWS::S3::Bucket', Properties: versioned },
    Raw: { Type: 'AWS::S3::Bucket' },
    Ledger: { Type: 'AWS::DynamoDB::Table', Properties: ledger },
    Claims: { Type: 'AWS::DynamoDB::Table', Properties: table },
  },
  Outputs: {
    BusName: exported('Bus', 'bus'),
    InboundBucketName: exported('Inbound', 'inbound'),
    QuarantineBucketName: exported('Quarantine', 'quarantine'),
    RawBucketName: exported('Raw', 'raw'),
    LedgerTableName: exported('Ledger', 'ledger'),
    ClaimsTableName: exported('Claims', 'claims'),
  },
};

export const att = (logicalId: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [logicalId, attribute] });

export const anything = { Effect: 'Allow', Action: '*', Resource: '*' };

/** A role with these statements. */
export const roleThatMay = (...statements: readonly object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
  },
});

/** A role that EventBridge Scheduler may assume, to do these things. */
export const scheduleRole = (...actions: readonly string[]) => {
  const { Type, Properties } = roleThatMay({ Effect: 'Allow', Action: actions, Resource: '*' });
  const trust = {
    Effect: 'Allow',
    Principal: { Service: 'scheduler.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  return { Type, Properties: { ...Properties, AssumeRolePolicyDocument: { Statement: [trust] } } };
};

export interface LaneOptions {
  readonly fn?: object;
  readonly mapping?: object;
  readonly queue?: object;
  /** Of the function's role. Default: anything. */
  readonly statements?: readonly object[];
  readonly maxReceiveCount?: number;
}

/** Rule on `<id>/in/`, queue with DLQ, function from the bundle `<id>`. */
export function laneStack(id: string, options: LaneOptions = {}): TestStack {
  return {
    Metadata: {
      'edge:integration': { id, kind: 'file-lane', inPrefix: `${id}/in/`, ackPrefix: `${id}/ack/` },
    },
    Resources: {
      Dlq: { Type: 'AWS::SQS::Queue' },
      Rows: { Type: 'AWS::SQS::Queue' },
      Work: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          VisibilityTimeout: 1,
          RedrivePolicy: {
            deadLetterTargetArn: att('Dlq'),
            maxReceiveCount: options.maxReceiveCount ?? 2,
          },
          ...options.queue,
        },
      },
      Drop: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventPattern: {
            source: ['aws.s3'],
            'detail-type': ['Object Created'],
            detail: {
              bucket: { name: [{ 'Fn::ImportValue': 'platform:inbound' }] },
              object: { key: [{ prefix: `${id}/in/` }] },
            },
          },
          Targets: [{ Id: 'work', Arn: att('Work') }],
        },
      },
      Role: roleThatMay(...(options.statements ?? [anything])),
      Fn: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code: {
            S3Bucket: { 'Fn::Join': ['-', ['assets', { Ref: 'AWS::AccountId' }]] },
            S3Key: `${id}.zip`,
          },
          Handler: 'index.handler',
          Runtime: 'nodejs24.x',
          Role: att('Role'),
          Timeout: 5,
          MemorySize: 128,
          Environment: {
            Variables: { BUS: { 'Fn::ImportValue': 'platform:bus' }, ROWS_QUEUE: { Ref: 'Rows' } },
          },
          ...options.fn,
        },
      },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: att('Work'),
          FunctionName: { Ref: 'Fn' },
          BatchSize: 1,
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          ...options.mapping,
        },
      },
    },
    Outputs: {
      LaneQueueUrl: { Value: { Ref: 'Work' } },
      LaneDlqUrl: { Value: { Ref: 'Dlq' } },
      RowsQueueUrl: { Value: { Ref: 'Rows' } },
      FunctionName: { Value: { Ref: 'Fn' } },
    },
  };
}
