import type { Resource, StackTemplate } from './template.ts';
import { textOf } from './text-of.ts';

/** Types whose names an account and region can have only once, and the property that fixes the name. */
export const nameProperties: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::Api': 'Name',
  'AWS::Backup::BackupPlan': 'BackupPlan.BackupPlanName',
  'AWS::Backup::BackupVault': 'BackupVaultName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::CompositeAlarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::CodeDeploy::Application': 'ApplicationName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::EventSchemas::Registry': 'RegistryName',
  'AWS::Events::Archive': 'ArchiveName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::KMS::Alias': 'AliasName',
  'AWS::Kinesis::Stream': 'Name',
  'AWS::KinesisFirehose::DeliveryStream': 'DeliveryStreamName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::AccessPoint': 'Name',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SSM::Parameter': 'Name',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::SecretsManager::Secret': 'Name',
};

export interface PhysicalName {
  /** Of the stack that makes it. */
  readonly stack: string;
  /** Its name within the stack. */
  readonly logicalId: string;
  readonly type: string;
  readonly name: string;
}

/** What stands for account and region in a template, as `{ 'AWS::Region': 'eu-central-1' }`. */
export type PseudoParameters = Readonly<Record<string, string>>;

/** Every name that the templates fix. */
export const physicalNames = (
  stacks: readonly StackTemplate[],
  pseudo: PseudoParameters = {},
): readonly PhysicalName[] =>
  stacks.flatMap(({ name: stack, template }) =>
    Object.entries(template.Resources ?? {}).flatMap(([logicalId, resource]) => {
      const name = nameOf(resource, pseudo);
      return name === undefined ? [] : [{ stack, logicalId, type: resource.Type, name }];
    }),
  );

function nameOf({ Type, Properties }: Resource, pseudo: PseudoParameters): string | undefined {
  const path = nameProperties[Type]?.split('.') ?? [];
  if (path.length === 0) return undefined;
  const value = path.reduce((found, key) => found?.[key], Properties);
  return value === undefined ? undefined : textOf(value, asKnown(pseudo));
}

/** A reference that is not known stays as it is in the template. */
const asKnown =
  (pseudo: PseudoParameters) =>
  (reference: { readonly Ref?: string }): string =>
    (reference.Ref !== undefined && pseudo[reference.Ref]) || JSON.stringify(reference);
