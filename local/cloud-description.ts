import type { Blueprint } from './assembly/blueprint.ts';
import type { Place } from './assembly/resource-names.ts';
import { AssemblyError, type Stack } from './assembly/template.ts';
import { describeFence, type FenceDescription } from './fence-description.ts';
import { describeOperator, type OperatorDescription } from './operator-description.ts';

export interface LaneDescription {
  readonly id: string;
  readonly inPrefix: string;
  readonly fixedPrefix: string;
  readonly ackPrefix: string;
  readonly queueUrl: string;
  readonly dlqUrl: string;
  readonly rowsQueueUrl: string;
}

export interface FeedDescription {
  readonly id: string;
  /** Name of the data stream, of the table whose stream is read, or of the first topic. */
  readonly stream: string;
  /** Of `kafka` nothing is read here. */
  readonly kind: 'kinesis' | 'dynamodb' | 'kafka';
  /** Who wrote the changes: `debezium`, `dms` or `dynamodb`. */
  readonly source: string;
  readonly functionName: string;
  /** Where notices of undelivered records are sent, and the bucket that they are in. */
  readonly undeliveredQueueUrl: string;
  readonly undeliveredBucket: string;
}

/** The example of a consumer. */
export interface ConsumerDescription {
  readonly id: string;
  readonly eventType: string;
  readonly tableName: string;
  readonly queueUrl: string;
  readonly deadLettersUrl: string;
}

export interface AuditDescription {
  readonly bucket: string;
  /** Of the key that signs manifests. */
  readonly keyArn: string;
}

/** What `.local/cloud.json` says. */
export interface CloudDescription {
  readonly pid: number;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly endpoints: Readonly<
    Record<
      | 's3'
      | 'sqs'
      | 'dynamodb'
      | 'eventbridge'
      | 'kinesis'
      | 'secretsmanager'
      | 'lambda'
      | 'http'
      | 'console',
      string
    >
  >;
  readonly bus: string;
  readonly buckets: Readonly<Record<'inbound' | 'quarantine' | 'raw', string>>;
  readonly tables: Readonly<Record<'ledger' | 'claims', string>>;
  readonly lanes: readonly LaneDescription[];
  readonly fences: readonly FenceDescription[];
  readonly feeds: readonly FeedDescription[];
  /** The API for operators, and who may ask it. */
  readonly operator?: OperatorDescription | undefined;
  /** Undefined when the platform has no audit trail. */
  readonly audit: AuditDescription | undefined;
  /** Undefined when the example of a consumer is not up. */
  readonly consumer?: ConsumerDescription | undefined;
}

/** @throws AssemblyError when no stack has the outputs of the platform. */
export function describeCloud(blueprint: Blueprint, { origin, httpOrigin, region }: Place): CloudDescription {
  const platform = blueprint.stacks.find(stack => stack.template.Outputs?.BusName);
  if (!platform) throw new AssemblyError('no stack has an output BusName: which one is the platform?');
  const output = (name: string) => required(blueprint, platform, name);
  return {
    pid: process.pid,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    endpoints: {
      s3: origin,
      sqs: origin,
      dynamodb: origin,
      eventbridge: origin,
      kinesis: origin,
      secretsmanager: origin,
      lambda: origin,
      http: httpOrigin,
      console: origin,
    },
    bus: output('BusName'),
    buckets: {
      inbound: output('InboundBucketName'),
      quarantine: output('QuarantineBucketName'),
      raw: output('RawBucketName'),
    },
    tables: { ledger: output('LedgerTableName'), claims: output('ClaimsTableName') },
    lanes: blueprint.stacks.flatMap(stack => describeLane(blueprint, stack)),
    fences: blueprint.stacks.flatMap(stack => describeFence(stack, name => required(blueprint, stack, name))),
    feeds: blueprint.stacks.flatMap(stack => describeFeed(blueprint, stack)),
    operator: describeOperator(blueprint, platform),
    audit: describeAudit(blueprint, platform),
    consumer: blueprint.stacks.map(stack => describeConsumer(blueprint, stack)).find(Boolean),
  };
}

function describeAudit(blueprint: Blueprint, platform: Stack): AuditDescription | undefined {
  const [bucket, keyArn] = ['AuditBucketName', 'AuditKeyArn'].map(name => blueprint.output(platform, name));
  return bucket === undefined || keyArn === undefined ? undefined : { bucket, keyArn };
}

function describeConsumer(blueprint: Blueprint, stack: Stack): ConsumerDescription | undefined {
  const metadata = stack.template.Metadata?.['edge:consumer'] as
    | Pick<ConsumerDescription, 'id' | 'eventType'>
    | undefined;
  return (
    metadata && {
      ...metadata,
      tableName: required(blueprint, stack, 'TableName'),
      queueUrl: required(blueprint, stack, 'QueueUrl'),
      deadLettersUrl: required(blueprint, stack, 'DeadLettersUrl'),
    }
  );
}

interface IntegrationMetadata {
  readonly id: string;
  readonly kind: string;
  readonly inPrefix: string;
  readonly fixedPrefix: string;
  readonly ackPrefix: string;
}

interface FeedMetadata {
  readonly id: string;
  readonly kind: string;
  readonly stream: string;
  readonly streamKind: FeedDescription['kind'];
  readonly source: string;
}

function describeLane(blueprint: Blueprint, stack: Stack): LaneDescription[] {
  const metadata = stack.template.Metadata?.['edge:integration'] as IntegrationMetadata | undefined;
  if (metadata?.kind !== 'file-lane') return [];
  return [
    {
      id: metadata.id,
      inPrefix: metadata.inPrefix,
      fixedPrefix: metadata.fixedPrefix,
      ackPrefix: metadata.ackPrefix,
      queueUrl: required(blueprint, stack, 'LaneQueueUrl'),
      dlqUrl: required(blueprint, stack, 'LaneDlqUrl'),
      rowsQueueUrl: required(blueprint, stack, 'RowsQueueUrl'),
    },
  ];
}

function describeFeed(blueprint: Blueprint, stack: Stack): FeedDescription[] {
  const metadata = stack.template.Metadata?.['edge:integration'] as FeedMetadata | undefined;
  if (metadata?.kind !== 'cdc-feed') return [];
  return [
    {
      id: metadata.id,
      stream: metadata.stream,
      kind: metadata.streamKind,
      source: metadata.source,
      functionName: required(blueprint, stack, 'FunctionName'),
      undeliveredQueueUrl: required(blueprint, stack, 'UndeliveredQueueUrl'),
      undeliveredBucket: required(blueprint, stack, 'UndeliveredBucketName'),
    },
  ];
}

function required(blueprint: Blueprint, stack: Stack, name: string): string {
  const value = blueprint.output(stack, name);
  if (value === undefined) throw new AssemblyError(`${stack.name} has no output ${name}`);
  return value;
}
