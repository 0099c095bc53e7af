import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { AwsRefusal, type Caller, callAws, callerIdentity, jsonCall } from '../aws-call.ts';
import type { Account, DeployedStack, Identity, Properties } from './account.ts';

const bootstrapParameter = '/cdk-bootstrap/hnb659fds/version';

const identityShape = z.object({
  GetCallerIdentityResponse: z.object({
    GetCallerIdentityResult: z.object({ Account: z.string(), Arn: z.string() }),
  }),
});
const parameterShape = z.object({ Parameter: z.object({ Value: z.coerce.number() }) });
const resourceShape = z.object({ ResourceDescription: z.object({ Properties: z.string() }) });
const quotaShape = z.object({ Quota: z.object({ Value: z.number() }) });

/** Types that Cloud Control finds by their name. Source: the primary identifier of each type's schema. */
const foundByName = new Set([
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::CodeDeploy::Application',
  'AWS::DynamoDB::Table',
  'AWS::Events::Archive',
  'AWS::Events::EventBus',
  'AWS::IAM::Role',
  'AWS::Kinesis::Stream',
  'AWS::KinesisFirehose::DeliveryStream',
  'AWS::Lambda::Function',
  'AWS::Logs::LogGroup',
  'AWS::S3::AccessPoint',
  'AWS::S3::Bucket',
  'AWS::SSM::Parameter',
  'AWS::Scheduler::Schedule',
]);

/** The account of the environment's credentials. */
export class AwsAccount implements Account {
  readonly #cloudFormation = new CloudFormationClient();
  readonly #lambda = new LambdaClient();
  readonly #secrets = new SecretsManagerClient();
  readonly #queues = new SQSClient();

  async identity(): Promise<Identity> {
    const caller = await this.#caller();
    const said = identityShape.parse(await callAws(caller, callerIdentity));
    const { Account: account, Arn: arn } = said.GetCallerIdentityResponse.GetCallerIdentityResult;
    return { account, arn, region: caller.region };
  }

  async bootstrapVersion(): Promise<number | undefined> {
    try {
      const asked = jsonCall(
        { service: 'ssm', target: 'AmazonSSM.GetParameter' },
        { Name: bootstrapParameter },
      );
      return parameterShape.parse(await callAws(await this.#caller(), asked)).Parameter.Value;
    } catch (error) {
      return undefinedIf(error, 'ParameterNotFound');
    }
  }

  async concurrency() {
    const { AccountLimit = {} } = await this.#lambda.send(new GetAccountSettingsCommand({}));
    return {
      all: AccountLimit.ConcurrentExecutions ?? 0,
      unreserved: AccountLimit.UnreservedConcurrentExecutions ?? 0,
    };
  }

  async quota(service: string, code: string): Promise<number | undefined> {
    try {
      const asked = jsonCall(
        { service: 'servicequotas', target: 'ServiceQuotasV20190624.GetServiceQuota' },
        { ServiceCode: service, QuotaCode: code },
      );
      return quotaShape.parse(await callAws(await this.#caller(), asked)).Quota.Value;
    } catch (error) {
      return undefinedIf(error, 'NoSuchResourceException');
    }
  }

  async stack(StackName: string): Promise<DeployedStack | undefined> {
    const found = await this.#cloudFormation
      .send(new DescribeStacksCommand({ StackName }))
      .catch((error: Error) => undefinedIf(error, 'ValidationError'));
    const status = found?.Stacks?.[0]?.StackStatus;
    if (status === undefined) return undefined;
    const { TemplateBody = '{}' } = await this.#cloudFormation.send(
      new GetTemplateCommand({ StackName, TemplateStage: 'Original' }),
    );
    const resources: string[] = [];
    for await (const page of paginateListStackResources({ client: this.#cloudFormation }, { StackName }))
      for (const { LogicalResourceId, ResourceStatus } of page.StackResourceSummaries ?? [])
        if (LogicalResourceId && ResourceStatus !== 'DELETE_COMPLETE') resources.push(LogicalResourceId);
    return { status, template: JSON.parse(TemplateBody), resources };
  }

  async exists(type: string, name: string): Promise<boolean | undefined> {
    if (type === 'AWS::SecretsManager::Secret')
      return found(
        this.#secrets.send(new DescribeSecretCommand({ SecretId: name })),
        'ResourceNotFoundException',
      );
    if (type === 'AWS::SQS::Queue')
      return found(
        this.#queues.send(new GetQueueUrlCommand({ QueueName: name })),
        'QueueDoesNotExist',
        'AWS.SimpleQueueService.NonExistentQueue',
      );
    if (!foundByName.has(type)) return undefined;
    return found(this.#resource(type, name), 'ResourceNotFoundException');
  }

  async properties(type: string, identifier: string): Promise<Properties | undefined> {
    try {
      const { ResourceDescription } = resourceShape.parse(await this.#resource(type, identifier));
      return JSON.parse(ResourceDescription.Properties) as Properties;
    } catch (error) {
      return undefinedIf(error, 'ResourceNotFoundException');
    }
  }

  /** By Cloud Control, which knows all types in one way. */
  async #resource(TypeName: string, Identifier: string): Promise<unknown> {
    const asked = jsonCall(
      { service: 'cloudcontrolapi', version: '1.0', target: 'CloudApiService.GetResource' },
      { TypeName, Identifier },
    );
    return callAws(await this.#caller(), asked);
  }

  async #caller(): Promise<Caller> {
    const { region, credentials } = this.#cloudFormation.config;
    return { region: await region(), credentials: await credentials() };
  }
}

async function found(asked: Promise<unknown>, ...absent: readonly string[]): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (error) {
    if (absent.includes(codeOf(error))) return false;
    throw error;
  }
}

function undefinedIf(error: unknown, code: string): undefined {
  if (codeOf(error) !== code) throw error;
  return undefined;
}

const codeOf = (error: unknown): string =>
  error instanceof AwsRefusal ? error.code : error instanceof Error ? error.name : '';
