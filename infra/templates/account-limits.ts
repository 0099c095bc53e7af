import { type Resource, resourcesOf, type StackTemplate } from './template.ts';

export interface Limit {
  readonly what: string;
  readonly used: number;
  readonly most: number;
  /** Whether AWS raises it on request. */
  readonly adjustable: boolean;
  /** Under which Service Quotas gives an account's own value, where it is known: service, then code. */
  readonly quota?: readonly [string, string];
}

/** What the templates use of each limit of one account and region. Source: the quota pages of each service. */
export function limitsOf(stacks: readonly StackTemplate[]): readonly Limit[] {
  const resources = stacks.flatMap(({ template }) => Object.values(template.Resources ?? {}));
  const of = (type: string) => resources.filter(({ Type }) => Type === type);
  const fixed = (what: string, used: number, most: number): Limit => ({
    what,
    used,
    most,
    adjustable: false,
  });
  const quota = (what: string, used: number, most: number, at?: Limit['quota']): Limit => ({
    ...{ what, used, most, adjustable: true },
    ...(at && { quota: at }),
  });
  return [
    fixed('CloudFormation: bytes of a template', most(stacks.map(bytes)), 1_000_000),
    fixed(
      'CloudFormation: resources of a stack',
      most(stacks.map(({ template }) => size(template.Resources))),
      500,
    ),
    fixed(
      'CloudFormation: outputs of a stack',
      most(stacks.map(({ template }) => size(template.Outputs))),
      200,
    ),
    quota('CloudFormation: stacks', stacks.length, 2_000, ['cloudformation', 'L-0485CB21']),
    fixed('S3: bytes of a bucket policy', most(of('AWS::S3::BucketPolicy').map(policyBytes)), 20_480),
    fixed('S3: lifecycle rules of a bucket', most(of('AWS::S3::Bucket').map(rulesOf)), 1_000),
    quota('S3: buckets', of('AWS::S3::Bucket').length, 10_000, ['s3', 'L-DC2B2D3D']),
    quota('EventBridge: rules of a bus', most(rulesByBus(of('AWS::Events::Rule'))), 300, [
      'events',
      'L-244521F2',
    ]),
    quota('EventBridge: characters of a pattern', most(patterns(resources)), 2_048),
    quota('EventBridge: archives', of('AWS::Events::Archive').length, 100),
    quota('EventBridge: schemas of a registry', of('AWS::EventSchemas::Schema').length, 100),
    quota('IAM: roles', of('AWS::IAM::Role').length, 1_000, ['iam', 'L-FE177D64']),
    fixed('IAM: bytes of the inline policies of a role', most(of('AWS::IAM::Role').map(inlineBytes)), 10_240),
    fixed('IAM: bytes of a managed policy', most(of('AWS::IAM::ManagedPolicy').map(managedBytes)), 6_144),
    quota('Lambda: reserved concurrency, of 1,000 less 100', reservedIn(stacks), 900),
    fixed('Lambda: bytes of the environment', most(of('AWS::Lambda::Function').map(environmentBytes)), 4_096),
    quota('CodeDeploy: applications', of('AWS::CodeDeploy::Application').length, 1_000),
    fixed(
      'CodeDeploy: alarms of a deployment group',
      most(of('AWS::CodeDeploy::DeploymentGroup').map(alarmsOf)),
      10,
    ),
    quota('API Gateway: HTTP APIs', of('AWS::ApiGatewayV2::Api').length, 600),
    fixed('CloudWatch Logs: resource policies', of('AWS::Logs::ResourcePolicy').length, 10),
    fixed('CloudWatch Logs: metric filters of a log group', most(stacks.flatMap(filtersByGroup)), 100),
    quota('CloudWatch: alarms', of('AWS::CloudWatch::Alarm').length, 5_000),
    quota('DynamoDB: tables', of('AWS::DynamoDB::Table').length, 2_500, ['dynamodb', 'L-F98FE922']),
    quota('Kinesis: shards, in most regions', shards(of('AWS::Kinesis::Stream')), 1_000),
    fixed('S3: lifecycle rules that the retention keeper writes', rulesKept(stacks), 1_000 - 1),
    fixed('Systems Manager: standard parameters', of('AWS::SSM::Parameter').length, 10_000),
    fixed(
      'Systems Manager: characters of a parameter',
      most(of('AWS::SSM::Parameter').map(valueBytes)),
      4_096,
    ),
    quota('Secrets Manager: secrets', of('AWS::SecretsManager::Secret').length, 500_000),
  ];
}

const most = (numbers: readonly number[]): number => Math.max(0, ...numbers);
const size = (of: object | undefined): number => Object.keys(of ?? {}).length;
/** A reference is longer in a template than the name that replaces it. */
const bytesOf = (value: unknown): number => Buffer.byteLength(textOf(value));
const textOf = (value: unknown): string => JSON.stringify(value ?? '');
const bytes = ({ template }: StackTemplate): number => bytesOf(template);
const policyBytes = ({ Properties }: Resource): number => bytesOf(Properties.PolicyDocument);
const managedBytes = ({ Properties }: Resource): number => bytesOf(Properties.PolicyDocument);
const rulesOf = ({ Properties }: Resource): number => Properties.LifecycleConfiguration?.Rules.length ?? 0;
const environmentBytes = ({ Properties }: Resource): number => bytesOf(Properties.Environment?.Variables);

const alarmsOf = ({ Properties }: Resource): number => Properties.AlarmConfiguration?.Alarms.length ?? 0;

const valueBytes = ({ Properties }: Resource): number => bytesOf(Properties.Value);

/** One in the raw bucket for each integration, two in the rejects bucket for each fence. */
const rulesKept = (stacks: readonly StackTemplate[]): number => {
  const values = resourcesOf(stacks, 'AWS::SSM::Parameter').map(({ Properties }) => textOf(Properties.Value));
  const fences = values.filter(value => value.includes('rejectsDays')).length;
  return Math.max(values.filter(value => value.includes('retention')).length, 2 * fences);
};

const inlineBytes = ({ Properties }: Resource): number =>
  (Properties.Policies ?? []).reduce(
    (sum: number, { PolicyDocument }: { PolicyDocument: unknown }) => sum + bytesOf(PolicyDocument),
    0,
  );

const counted = (keys: readonly string[]): readonly number[] => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts.values()];
};

const rulesByBus = (rules: readonly Resource[]): readonly number[] =>
  counted(rules.map(({ Properties }) => JSON.stringify(Properties.EventBusName ?? 'default')));

/** A group and its filters are in one stack. */
const filtersByGroup = ({ template }: StackTemplate): readonly number[] =>
  counted(
    Object.values(template.Resources ?? {})
      .filter(({ Type }) => Type === 'AWS::Logs::MetricFilter')
      .map(({ Properties }) => JSON.stringify(Properties.LogGroupName)),
  );

const patterns = (resources: readonly Resource[]): readonly number[] =>
  resources
    .filter(({ Type }) => Type === 'AWS::Events::Rule' || Type === 'AWS::Events::Archive')
    .map(({ Properties }) => bytesOf(Properties.EventPattern));

/** Executions that functions keep for themselves. */
export const reservedIn = (stacks: readonly StackTemplate[]): number =>
  resourcesOf(stacks, 'AWS::Lambda::Function').reduce(
    (sum, { Properties }) => sum + (Properties.ReservedConcurrentExecutions ?? 0),
    0,
  );

const shards = (streams: readonly Resource[]): number =>
  streams.reduce((sum, { Properties }) => sum + (Properties.ShardCount ?? 0), 0);
