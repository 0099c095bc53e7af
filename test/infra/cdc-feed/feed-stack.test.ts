import { Match } from 'aws-cdk-lib/assertions';
import { type Captured, type CapturedTable, outbox } from '#adapters/cdc-feed/contract/cdc-table.ts';
import { defineCdcFeed } from '#adapters/cdc-feed/contract/define-cdc-feed.ts';
import { checkStreams } from '#infra/cdc-feed/check-streams.ts';
import { ofKind } from '#infra/contracts.ts';
import {
  contract,
  depotUpdated,
  feedContracts,
  fromKafka,
  fromKinesis,
  fromTable,
} from '../fixtures/feeds.ts';
import { fixtureApp, templatesOf } from '../fixtures/synthesised.ts';

const [, kinesis, table, kafka] = templatesOf(fixtureApp({}, feedContracts)) as [
  unknown,
  ...ReturnType<typeof templatesOf>,
];
const [onDemand] = templatesOf(
  fixtureApp(
    {},
    {
      ...feedContracts,
      integrations: [{ ...fromKinesis, stream: { ...fromKinesis.stream, shards: 'on-demand' } as never }],
    },
  ),
).slice(1);

describe('a feed’s data stream', () => {
  it('is named for its stage, encrypted, and as large as the contract says', () => {
    kinesis!.hasResourceProperties('AWS::Kinesis::Stream', {
      Name: 'depots-dev',
      ShardCount: 2,
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
      RetentionPeriodHours: 48,
      MaxRecordSizeInKiB: 4096,
      StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
    });
  });

  it('has no shards of its own when they come on demand', () => {
    onDemand!.hasResourceProperties('AWS::Kinesis::Stream', {
      ShardCount: Match.absent(),
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
    });
  });

  it('belongs to one feed', () => {
    const other = { ...fromKinesis, id: 'other' };
    expect(() => checkStreams([fromKinesis, other])).toThrow(
      'depot-changes and other have the same stream depots',
    );
    expect(() => checkStreams(ofKind(feedContracts, 'cdc-feed'))).not.toThrow();
  });
});

describe('a feed’s mapping', () => {
  it('reads in order, goes on where the function stopped, and gives up only by the contract’s limits', () => {
    kinesis!.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: attribute('Stream', 'Arn'),
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 200,
      MaximumBatchingWindowInSeconds: 2,
      ParallelizationFactor: 3,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: 50,
      MaximumRecordAgeInSeconds: 7200,
      DestinationConfig: { OnFailure: { Destination: attribute('UndeliveredRecords', 'Arn') } },
    });
  });

  it('tries without limit until the records’ age, where the contract names no number', () => {
    table!.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      MaximumRetryAttempts: Match.absent(),
      MaximumRecordAgeInSeconds: 21_600,
      ParallelizationFactor: 1,
      DestinationConfig: { OnFailure: { Destination: attribute('UndeliveredRecords', 'Arn') } },
    });
  });

  it('of Kafka reads each topic, as a consumer group of its own, and reports no single records', () => {
    kafka!.resourceCountIs('AWS::Lambda::EventSourceMapping', 2);
    for (const topic of ['depots.depots', 'depots.more'])
      kafka!.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
        EventSourceArn: { Ref: 'ClusterArn' },
        Topics: [topic],
        AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: `depot-topics.dev.${topic}` },
        FunctionResponseTypes: Match.absent(),
        BisectBatchOnFunctionError: Match.absent(),
        ParallelizationFactor: Match.absent(),
        DestinationConfig: { OnFailure: { Destination: attribute('UndeliveredRecords', 'Arn') } },
      });
  });

  it('of Kafka with pollers reports records as other streams do, as often as can be asked for', () => {
    const stream = { ...topics('depots.depots'), pollers: { min: 1, max: 3 } };
    const [, polled] = templatesOf(
      fixtureApp({}, { ...feedContracts, integrations: [{ ...fromKafka, stream }] }),
    );
    polled?.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: 3 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BisectBatchOnFunctionError: true,
      MaximumRecordAgeInSeconds: 21_600,
      MaximumRetryAttempts: 10_000,
      ParallelizationFactor: Match.absent(),
      DestinationConfig: { OnFailure: { Destination: attribute('UndeliveredRecords', 'Arn') } },
    });
  });

  it('of Kafka shares its consumer group with no other topic, feed or stage', () => {
    const groups = ['dev', 'prod'].flatMap(stage => consumerGroups({ stage }));
    expect(groups).toHaveLength(6);
    expect(new Set(groups).size).toBe(6);
  });

  it('of Kafka stays the same resource when topics come and go beside it', () => {
    expect(mappingOf('depots.more', ['depots.depots', 'depots.more'])).toBe(
      mappingOf('depots.more', ['depots.more']),
    );
  });
});

describe('a feed of a table', () => {
  const arn = 'arn:aws:dynamodb:eu-central-1:111122223333:table/shelves-prod/stream/2026-01-01T00:00:00.000';
  const inProd = (stream: string) =>
    templatesOf(
      fixtureApp(
        { stage: 'prod' },
        { ...feedContracts, integrations: [fromTable] },
        { sources: { prod: { 'depot-shelves': stream } } },
      ),
    )[1]!;

  it('reads the stream that the configuration names for its stage, and has no table of its own then', () => {
    const prod = inProd(arn);
    prod.hasResourceProperties('AWS::Lambda::EventSourceMapping', { EventSourceArn: arn });
    prod.resourceCountIs('AWS::DynamoDB::Table', 0);
    expect(prod.toJSON().Parameters ?? {}).not.toHaveProperty('TableStreamArn');
  });

  it('refuses the stream of another table', () => {
    expect(() => inProd(arn.replace('shelves', 'depots'))).toThrow(
      'must be the stream of a table named shelves, with a prefix or a suffix',
    );
  });

  it('has an empty table for trial where the configuration names none, under a name that no real table has', () => {
    table!.hasResource('AWS::DynamoDB::Table', {
      Properties: {
        TableName: 'shelves-trial-dev',
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [
          { AttributeName: 'depot', KeyType: 'HASH' },
          { AttributeName: 'shelf', KeyType: 'RANGE' },
        ],
        AttributeDefinitions: [
          { AttributeName: 'depot', AttributeType: 'S' },
          { AttributeName: 'shelf', AttributeType: 'N' },
        ],
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      },
      DeletionPolicy: 'Delete',
    });
  });

  it('keys its table for trial in the order of the key, not of the columns', () => {
    const shelves = fromTable.tables.shelves as CapturedTable;
    const { depot, shelf } = shelves.columns;
    expect(trialKey({ ...shelves, columns: { shelf: shelf!, depot: depot! } })).toEqual(['depot', 'shelf']);
  });

  it('partitions an outbox for trial by aggregate, so that the stream keeps its order', () => {
    expect(trialKey(outbox({ events: { Updated: depotUpdated } }))).toEqual(['aggregateid', 'id']);
  });
});

describe('what a feed quarantines or cannot deliver', () => {
  it('is stored complete in a closed bucket of its own, as long as the contract keeps what is quarantined', () => {
    kinesis!.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      BucketEncryption: Match.anyValue(),
      VersioningConfiguration: { Status: 'Enabled' },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      LifecycleConfiguration: {
        Rules: [
          Match.objectLike({ ExpirationInDays: 30, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }),
        ],
      },
    });
  });

  it('is announced on a queue', () => {
    kinesis!.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: {
          bucket: { name: [{ Ref: Match.stringLikeRegexp('UndeliveredRecords') }] },
          object: { key: [{ prefix: 'aws/lambda/' }] },
        },
      },
      Targets: [Match.objectLike({ Arn: attribute('UndeliveredAnnounced', 'Arn') })],
    });
    kinesis!.allResourcesProperties('AWS::SQS::Queue', {
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 1_209_600,
    });
  });
});

describe('a feed’s function', () => {
  it('runs on Node 24 and arm64, traced, with its own log', () => {
    kinesis!.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout: 120,
      MemorySize: 1024,
      LoggingConfig: { LogGroup: { Ref: Match.stringLikeRegexp('Log') } },
    });
  });

  it('knows where everything is, and nothing else', () => {
    const [fn] = Object.values(kinesis!.findResources('AWS::Lambda::Function'));
    const variables = fn!.Properties.Environment.Variables;
    expect(Object.keys(variables).sort()).toEqual([
      'BUS_NAME',
      'CHANGES_QUEUE_URL',
      'LEDGER_TABLE',
      'NODE_OPTIONS',
      'OPERATE_TABLE',
      'POWERTOOLS_LOG_LEVEL',
      'POWERTOOLS_SERVICE_NAME',
      'QUARANTINE_BUCKET',
      'RAW_BUCKET',
    ]);
    expect(variables.POWERTOOLS_SERVICE_NAME).toBe('depot-changes');
  });
});

describe('a feed’s stack', () => {
  it('says what it is and where it can be reached', () => {
    const metadata = (template: typeof kinesis) => template!.toJSON().Metadata['edge:integration'];
    expect([kinesis, table, kafka].map(metadata)).toEqual([
      {
        id: 'depot-changes',
        kind: 'cdc-feed',
        stream: 'depots-dev',
        streamKind: 'kinesis',
        source: 'debezium',
      },
      {
        id: 'depot-shelves',
        kind: 'cdc-feed',
        stream: 'shelves-trial-dev',
        streamKind: 'dynamodb',
        source: 'dynamodb',
      },
      {
        id: 'depot-topics',
        kind: 'cdc-feed',
        stream: 'depots.depots',
        streamKind: 'kafka',
        source: 'debezium',
      },
    ]);
    expect(Object.keys(kinesis!.findOutputs('*')).sort()).toEqual([
      'ChangesQueueUrl',
      'FunctionName',
      'QuarantineBucketName',
      'StreamArn',
      'UnannouncedQueueUrl',
      'UndeliveredBucketName',
      'UndeliveredQueueUrl',
    ]);
  });
});

type Mapping = {
  Properties: { Topics: string[]; AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: string } };
};

const mappingsIn = (template: typeof kafka) =>
  Object.entries(template!.findResources('AWS::Lambda::EventSourceMapping')) as [string, Mapping][];

/** Of two feeds whose names, joined with stage and topic by hyphens, would be the same. */
function consumerGroups({ stage }: { stage: string }): string[] {
  const feeds = [
    { ...fromKafka, stream: topics('stock', `${stage}-stock`) },
    { ...fromKafka, id: `${fromKafka.id}-${stage}`, stream: topics('stock') },
  ];
  const [, ...stacks] = templatesOf(fixtureApp({ stage }, { ...feedContracts, integrations: feeds }));
  return stacks
    .flatMap(mappingsIn)
    .map(([, { Properties }]) => Properties.AmazonManagedKafkaEventSourceConfig.ConsumerGroupId);
}

function mappingOf(topic: string, all: string[]): string | undefined {
  const feed = { ...fromKafka, stream: topics(...all) };
  const [, stack] = templatesOf(fixtureApp({}, { ...feedContracts, integrations: [feed] }));
  return mappingsIn(stack).find(([, { Properties }]) => Properties.Topics[0] === topic)?.[0];
}

/** The key of the table that is made for trial of a feed of `shelves`. */
function trialKey(captured: Captured): string[] {
  const source = { kind: 'dynamodb', form: 'streams' } as const;
  const { stream } = fromTable;
  const feed = defineCdcFeed({ ...contract, id: 'trial', source, stream, tables: { shelves: captured } });
  const [, stack] = templatesOf(fixtureApp({}, { ...feedContracts, integrations: [feed] }));
  const [made] = Object.values(stack!.findResources('AWS::DynamoDB::Table'));
  return made!.Properties.KeySchema.map(({ AttributeName }: { AttributeName: string }) => AttributeName);
}

const topics = (...names: string[]) => ({ kind: 'kafka', topics: names }) as const;

function attribute(name: string, attributeName: string) {
  return { 'Fn::GetAtt': [Match.stringLikeRegexp(name), attributeName] };
}
