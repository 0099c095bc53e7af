import { AssemblyError, at, type Resource } from './assembly/template.ts';

/** `served`: it works as on AWS. Else the reason why leaving it out changes nothing that can be seen here. */
type Support = 'served' | { readonly inert: string };

const served: Support = 'served';
const inert = (reason: string): Support => ({ inert: reason });

const oneUser = inert(
  'only what roles may do is enforced; the policies of resources are for other accounts and services',
);
const loopback = inert('nothing leaves this machine, and state ends with the run');
const shortLived = inert('a run is shorter than any retention');
const toPeople = inert('for people and accounts, not for the running system');
const serverless = inert('the function runs in a worker thread of this machine');
const noArchive = inert('the bus log keeps events; there is no replay of the archive');
const noDeployments = inert('what is deployed is version 1 of each function from the beginning');
const noAlarms = inert('no metrics are kept; the console shows the books');
/** Why a mapping of topics, and the feed behind it, is left out. */
export const noKafka = 'there is no Kafka on this machine, so topics are not read';

const noSftp = inert('partners drop through S3 here');

/** Properties by type; a dotted name allows only that part of a property. `*` speaks for the whole type. */
export const support: Readonly<Record<string, Readonly<Record<string, Support>>>> = {
  'AWS::S3::Bucket': {
    BucketName: served,
    VersioningConfiguration: served,
    ObjectLockEnabled: served,
    ObjectLockConfiguration: served,
    'NotificationConfiguration.EventBridgeConfiguration': served,
    BucketEncryption: loopback,
    PublicAccessBlockConfiguration: oneUser,
    OwnershipControls: oneUser,
    LoggingConfiguration: inert('.local/logs tells what the functions did'),
    LifecycleConfiguration: shortLived,
    Tags: toPeople,
  },
  'AWS::S3::AccessPoint': { '*': oneUser },
  'AWS::S3::BucketPolicy': { '*': oneUser },
  'Custom::S3BucketNotifications': {
    ServiceToken: inert('served without its function'),
    BucketName: served,
    Managed: served,
    SkipDestinationValidation: served,
    'NotificationConfiguration.EventBridgeConfiguration': served,
  },
  'Custom::S3AutoDeleteObjects': { '*': shortLived },
  'AWS::SQS::Queue': {
    QueueName: served,
    VisibilityTimeout: served,
    DelaySeconds: served,
    MaximumMessageSize: served,
    ReceiveMessageWaitTimeSeconds: served,
    RedrivePolicy: served,
    FifoQueue: served,
    ContentBasedDeduplication: served,
    RedriveAllowPolicy: oneUser,
    MessageRetentionPeriod: shortLived,
    SqsManagedSseEnabled: loopback,
    KmsMasterKeyId: loopback,
    KmsDataKeyReusePeriodSeconds: loopback,
    Tags: toPeople,
  },
  'AWS::SQS::QueuePolicy': { '*': oneUser },
  'AWS::DynamoDB::Table': {
    TableName: served,
    KeySchema: served,
    AttributeDefinitions: served,
    GlobalSecondaryIndexes: served,
    LocalSecondaryIndexes: served,
    BillingMode: served,
    TimeToLiveSpecification: served,
    'StreamSpecification.StreamViewType': served,
    PointInTimeRecoverySpecification: loopback,
    SSESpecification: loopback,
    DeletionProtectionEnabled: loopback,
    TableClass: loopback,
    Tags: toPeople,
  },
  'AWS::Kinesis::Stream': {
    Name: served,
    ShardCount: served,
    StreamModeDetails: served,
    RetentionPeriodHours: served,
    MaxRecordSizeInKiB: served,
    StreamEncryption: loopback,
    Tags: toPeople,
  },
  'AWS::KinesisFirehose::DeliveryStream': {
    DeliveryStreamName: served,
    DeliveryStreamType: inert('records come from rules; nobody reads a stream for it here'),
    DeliveryStreamEncryptionConfigurationInput: loopback,
    'ExtendedS3DestinationConfiguration.BucketARN': served,
    'ExtendedS3DestinationConfiguration.RoleARN': served,
    'ExtendedS3DestinationConfiguration.Prefix': served,
    'ExtendedS3DestinationConfiguration.CompressionFormat': served,
    'ExtendedS3DestinationConfiguration.BufferingHints': inert(
      'by size as declared, but no record waits longer than half a second',
    ),
    'ExtendedS3DestinationConfiguration.ProcessingConfiguration': served,
    'ExtendedS3DestinationConfiguration.ErrorOutputPrefix': inert('no record fails to be processed here'),
    'ExtendedS3DestinationConfiguration.CloudWatchLoggingOptions': inert('errors are printed at once'),
    Tags: toPeople,
  },
  'AWS::Events::EventBus': { Name: served, Description: toPeople, Tags: toPeople, Policy: oneUser },
  'AWS::Events::EventBusPolicy': { '*': oneUser },
  'AWS::Events::Rule': {
    Name: served,
    EventBusName: served,
    EventPattern: served,
    State: served,
    'Targets.Id': served,
    'Targets.Arn': served,
    'Targets.Input': served,
    'Targets.InputPath': served,
    'Targets.InputTransformer': served,
    'Targets.RoleArn': served,
    'Targets.DeadLetterConfig': inert('delivery within one process does not fail for a while'),
    'Targets.RetryPolicy': inert('delivery within one process does not fail for a while'),
    Description: toPeople,
    Tags: toPeople,
  },
  'AWS::Events::Archive': { '*': noArchive },
  'AWS::Scheduler::Schedule': {
    Name: served,
    ScheduleExpression: served,
    ScheduleExpressionTimezone: served,
    StartDate: served,
    EndDate: served,
    State: served,
    'FlexibleTimeWindow.Mode': served,
    'FlexibleTimeWindow.MaximumWindowInMinutes': inert('targets are called at the beginning of the window'),
    'Target.Arn': served,
    'Target.RoleArn': served,
    'Target.Input': served,
    'Target.RetryPolicy': inert('delivery within one process does not fail for a while'),
    'Target.DeadLetterConfig': inert('delivery within one process does not fail for a while'),
    KmsKeyArn: loopback,
    Description: toPeople,
  },
  'AWS::Lambda::Function': {
    FunctionName: served,
    Code: served,
    Handler: served,
    Role: served,
    Environment: served,
    MemorySize: served,
    Timeout: served,
    ReservedConcurrentExecutions: served,
    Runtime: inert('the bundle runs on the Node.js of this machine'),
    Architectures: serverless,
    EphemeralStorage: serverless,
    RuntimeManagementConfig: serverless,
    VpcConfig: serverless,
    'LoggingConfig.LogGroup': served,
    TracingConfig: inert('there is no X-Ray; trace ids are given'),
    RecursiveLoop: inert('loops are not detected, so none is stopped'),
    KmsKeyArn: loopback,
    Description: toPeople,
    Tags: toPeople,
  },
  'AWS::Lambda::Alias': {
    FunctionName: served,
    FunctionVersion: served,
    Name: served,
    Description: toPeople,
  },
  'AWS::Lambda::Version': { FunctionName: served, Description: toPeople },
  'AWS::CodeDeploy::Application': { '*': noDeployments },
  'AWS::CodeDeploy::DeploymentGroup': { '*': noDeployments },
  'AWS::Lambda::Permission': { '*': oneUser },
  'AWS::Lambda::EventSourceMapping': {
    EventSourceArn: served,
    FunctionName: served,
    BatchSize: served,
    MaximumBatchingWindowInSeconds: served,
    FunctionResponseTypes: served,
    ScalingConfig: served,
    StartingPosition: served,
    ParallelizationFactor: served,
    FilterCriteria: served,
    BisectBatchOnFunctionError: served,
    MaximumRetryAttempts: served,
    MaximumRecordAgeInSeconds: served,
    'DestinationConfig.OnFailure': served,
    Enabled: served,
    Topics: inert(noKafka),
    AmazonManagedKafkaEventSourceConfig: inert(noKafka),
    ProvisionedPollerConfig: inert(noKafka),
    MetricsConfig: noAlarms,
    Tags: toPeople,
  },
  'AWS::ApiGatewayV2::Api': {
    ProtocolType: served,
    DisableExecuteApiEndpoint: inert('all APIs have one address here'),
    Name: toPeople,
    Description: toPeople,
    Tags: toPeople,
  },
  'AWS::ApiGatewayV2::Route': {
    ApiId: served,
    RouteKey: served,
    Target: served,
    AuthorizationType: served,
  },
  'AWS::ApiGatewayV2::Integration': {
    ApiId: served,
    IntegrationType: served,
    IntegrationUri: served,
    PayloadFormatVersion: served,
  },
  'AWS::ApiGatewayV2::Stage': {
    ApiId: served,
    StageName: served,
    AutoDeploy: served,
    DefaultRouteSettings: served,
    RouteSettings: served,
    AccessLogSettings: inert('requests are not logged; the functions say in .local/logs how each ended'),
    Description: toPeople,
    Tags: toPeople,
  },
  'AWS::SecretsManager::Secret': {
    Name: served,
    Description: served,
    GenerateSecretString: served,
    KmsKeyId: loopback,
    Tags: toPeople,
  },
  'AWS::IAM::Role': { '*': served },
  'AWS::IAM::Policy': { '*': served },
  'AWS::IAM::ManagedPolicy': { '*': served },
  'AWS::KMS::Key': {
    KeySpec: served,
    KeyUsage: served,
    KeyPolicy: oneUser,
    EnableKeyRotation: loopback,
    PendingWindowInDays: loopback,
    Description: toPeople,
    Tags: toPeople,
  },
  'AWS::KMS::Alias': { '*': loopback },
  'AWS::SSM::Parameter': {
    Name: served,
    Type: served,
    Value: served,
    Tier: toPeople,
    Description: toPeople,
    Tags: toPeople,
  },
  'AWS::Logs::LogStream': { '*': inert('output goes to .local/logs') },
  'AWS::Logs::LogGroup': { '*': inert('output goes to .local/logs') },
  'AWS::Logs::ResourcePolicy': { '*': oneUser },
  'AWS::Logs::SubscriptionFilter': { LogGroupName: served, FilterPattern: served, DestinationArn: served },
  'AWS::Logs::MetricFilter': { '*': noAlarms },
  'AWS::CloudWatch::Alarm': { '*': noAlarms },
  'AWS::CloudWatch::CompositeAlarm': { '*': noAlarms },
  'AWS::CloudWatch::Dashboard': { '*': noAlarms },
  'AWS::SNS::Topic': { '*': noAlarms },
  'AWS::SNS::TopicPolicy': { '*': noAlarms },
  'AWS::SNS::Subscription': { '*': noAlarms },
  'AWS::EventSchemas::Registry': { '*': toPeople },
  'AWS::EventSchemas::Schema': { '*': toPeople },
  'AWS::Transfer::Server': { '*': noSftp },
  'AWS::Transfer::User': { '*': noSftp },
  'AWS::CDK::Metadata': { '*': toPeople },
};

/** What was left out: property (or type) and reason. */
export interface Inert {
  readonly what: string;
  readonly reason: string;
}

/** Holds every resource against the table. @throws AssemblyError that names all that is not served. */
export function checkSupport(resources: readonly Resource[]): readonly Inert[] {
  const leftOut = new Map<string, string>();
  const refused: string[] = [];
  for (const resource of resources)
    for (const { path, support: known } of findings(resource)) {
      if (known === undefined) refused.push(`${at(resource)}: ${path} is not served by the local cloud`);
      else if (known !== 'served') leftOut.set(path, known.inert);
    }
  if (refused.length) throw new AssemblyError(refused.join('\n'));
  return [...leftOut].map(([what, reason]) => ({ what, reason }));
}

interface Finding {
  readonly path: string;
  readonly support: Support | undefined;
}

function findings({ type, properties }: Resource): readonly Finding[] {
  const table = Object.hasOwn(support, type) ? support[type] : undefined;
  if (!table) return [{ path: type, support: undefined }];
  if (table['*']) return [{ path: type, support: table['*'] }];
  return Object.entries(properties)
    .flatMap(([name, value]) => (hasParts(table, name) ? parts(name, value) : [name]))
    .map(path => ({ path: `${type} ${path}`, support: table[path] }));
}

const hasParts = (table: Readonly<Record<string, Support>>, name: string): boolean =>
  Object.keys(table).some(path => path.startsWith(`${name}.`));

/** Of a list, the parts of all its items. */
const parts = (name: string, value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((item: object) =>
    Object.keys(item).map(part => `${name}.${part}`),
  );
