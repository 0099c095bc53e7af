import { Aws, Duration } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnPermission, type Code, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { issuesPrefix } from '#operate/core/issues/issues-key.ts';
import type { PlatformEntry } from '../bundle-entry.ts';
import type { Stage } from '../stage.ts';
import { platformPart } from './derived-alarm.ts';
import { functionAlarms } from './function-alarms.ts';
import { allow, onlyWhere } from './iam-statements.ts';
import { PlatformFunction } from './platform-function.ts';

export const issueRecorderBundle = 'platform.issue-recorder';

export const issueRecorderEntry: PlatformEntry = {
  name: issueRecorderBundle,
  handler: 'issue-recorder.ts',
  factory: 'issueRecorder',
};

export interface IssueRecorderProps {
  readonly operate: ITable;
  readonly stage: Stage;
  readonly code: Code;
  /** Who is called when it fails. */
  readonly topic: ITopic;
}

/** The function that counts the faults that other functions log. It may do nothing but read and write issues. */
export class IssueRecorder extends Construct {
  readonly fn: IFunction;

  constructor(scope: Construct, id: string, { operate, stage, code, topic }: IssueRecorderProps) {
    super(scope, id);
    const { fn } = new PlatformFunction(this, 'Recorder', {
      description: 'Groups the faults that functions log into issues',
      service: 'issue-recorder',
      code,
      stage,
      timeout: Duration.seconds(60),
      memorySize: 512,
      statements: [
        onlyWhere(
          { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${issuesPrefix}*`] } },
          allow('KeepIssues', ['dynamodb:GetItem', 'dynamodb:PutItem'], operate.tableArn),
        ),
      ],
      environment: { OPERATE_TABLE: operate.tableName },
    });
    // One permission for all log groups of the account, so that a new integration changes nothing here.
    new CfnPermission(this, 'Logs', {
      action: 'lambda:InvokeFunction',
      functionName: fn.functionArn,
      principal: 'logs.amazonaws.com',
      sourceAccount: Aws.ACCOUNT_ID,
      sourceArn: `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*:*`,
    });
    functionAlarms(this, {
      name: platformPart('issue-recorder'),
      meaning: 'Issues of this time are missing; what was quarantined or rejected is kept.',
      ...{ fn, stage, topic },
    });
    this.fn = fn;
  }
}
