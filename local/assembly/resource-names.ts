import { account, arn, firstVersion } from '../aws-names.ts';

/** What a resource is called once it exists, by its type: `ref` is what Ref gives, `attributes` what GetAtt gives. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Place {
  readonly region: string;
  /** `http://127.0.0.1:<port>`; queue URLs point to it. */
  readonly origin: string;
  /** `http://127.0.0.1:<port>`; addresses of HTTP APIs begin with it. */
  readonly httpOrigin: string;
}

type Naming = (name: string, place: Place) => Identity;

const named =
  (service: string, resource: (name: string) => string): Naming =>
  (name, { region }) => ({ ref: name, attributes: { Arn: arn(service, region, resource(name)) } });

/** Types that are referred to by name; each with the property that may fix it. */
const namings: Readonly<Record<string, { readonly property: string; readonly naming: Naming }>> = {
  'AWS::S3::Bucket': { property: 'BucketName', naming: bucketNaming },
  'AWS::SQS::Queue': { property: 'QueueName', naming: queueNaming },
  'AWS::DynamoDB::Table': { property: 'TableName', naming: tableNaming },
  'AWS::DynamoDB::GlobalTable': { property: 'TableName', naming: tableNaming },
  'AWS::Kinesis::Stream': { property: 'Name', naming: named('kinesis', name => `stream/${name}`) },
  'AWS::KinesisFirehose::DeliveryStream': {
    property: 'DeliveryStreamName',
    naming: named('firehose', name => `deliverystream/${name}`),
  },
  'AWS::Events::EventBus': { property: 'Name', naming: busNaming },
  'AWS::Events::Rule': { property: 'Name', naming: named('events', name => `rule/${name}`) },
  'AWS::Events::Archive': { property: 'ArchiveName', naming: named('events', name => `archive/${name}`) },
  'AWS::Scheduler::Schedule': {
    property: 'Name',
    naming: named('scheduler', name => `schedule/default/${name}`),
  },
  'AWS::Lambda::Function': { property: 'FunctionName', naming: named('lambda', name => `function:${name}`) },
  'AWS::Lambda::Version': { property: '-', naming: versionNaming },
  'AWS::Lambda::Alias': { property: '-', naming: aliasNaming },
  'AWS::IAM::Role': { property: 'RoleName', naming: roleNaming },
  'AWS::IAM::ManagedPolicy': { property: 'ManagedPolicyName', naming: managedPolicyNaming },
  'AWS::KMS::Key': { property: '-', naming: keyNaming },
  'AWS::Logs::LogGroup': { property: 'LogGroupName', naming: logGroupNaming },
  'AWS::ApiGatewayV2::Api': { property: '-', naming: httpApiNaming },
  'AWS::SecretsManager::Secret': { property: 'Name', naming: secretNaming },
  'AWS::SSM::Parameter': { property: 'Name', naming: named('ssm', name => `parameter${name}`) },
  'AWS::SNS::Topic': { property: 'TopicName', naming: topicNaming },
};

export const nameProperty = (type: string): string | undefined => namings[type]?.property;

export function identityOf(type: string, name: string, place: Place): Identity {
  const known = namings[type];
  return known
    ? known.naming(name, place)
    : { ref: name, attributes: { Arn: arn('local', place.region, name), Id: name } };
}

function bucketNaming(name: string, { region }: Place): Identity {
  const host = `${name}.s3.${region}.amazonaws.com`;
  return {
    ref: name,
    attributes: {
      Arn: arn('s3', region, name),
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: host,
    },
  };
}

function queueNaming(name: string, { region, origin }: Place): Identity {
  const url = `${origin}/${account}/${name}`;
  return { ref: url, attributes: { Arn: arn('sqs', region, name), QueueName: name, QueueUrl: url } };
}

function tableNaming(name: string, { region }: Place): Identity {
  const tableArn = arn('dynamodb', region, `table/${name}`);
  const streamArn = `${tableArn}/stream/2026-01-01T00:00:00.000`;
  return { ref: name, attributes: { Arn: tableArn, StreamArn: streamArn } };
}

/** `name`: the function's, a colon, and the alias. */
function aliasNaming(name: string, { region }: Place): Identity {
  const aliasArn = arn('lambda', region, `function:${name}`);
  return { ref: aliasArn, attributes: { AliasArn: aliasArn } };
}

/** `name`: the function's. */
function versionNaming(name: string, { region }: Place): Identity {
  const versionArn = arn('lambda', region, `function:${name}:${firstVersion}`);
  return { ref: versionArn, attributes: { Version: firstVersion, FunctionArn: versionArn } };
}

function busNaming(name: string, { region }: Place): Identity {
  return { ref: name, attributes: { Arn: arn('events', region, `event-bus/${name}`), Name: name } };
}

function roleNaming(name: string, { region }: Place): Identity {
  return { ref: name, attributes: { Arn: arn('iam', region, `role/${name}`), RoleId: name } };
}

function managedPolicyNaming(name: string, { region }: Place): Identity {
  const policyArn = arn('iam', region, `policy/${name}`);
  return { ref: policyArn, attributes: { PolicyArn: policyArn } };
}

function keyNaming(name: string, { region }: Place): Identity {
  return { ref: name, attributes: { Arn: arn('kms', region, `key/${name}`), KeyId: name } };
}

function logGroupNaming(name: string, { region }: Place): Identity {
  return { ref: name, attributes: { Arn: arn('logs', region, `log-group:${name}:*`) } };
}

function httpApiNaming(name: string, { httpOrigin }: Place): Identity {
  const id = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return { ref: id, attributes: { ApiId: id, ApiEndpoint: httpOrigin } };
}

/** Every secret's ARN ends in six characters that AWS chooses. */
function secretNaming(name: string, { region }: Place): Identity {
  const secretArn = arn('secretsmanager', region, `secret:${name}-local1`);
  return { ref: secretArn, attributes: { Id: secretArn, SecretName: name } };
}

function topicNaming(name: string, { region }: Place): Identity {
  const topicArn = arn('sns', region, name);
  return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
}
