import { Aws } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { deadLettersName, releaseFunctionName, workQueueName } from '#shared/core/identity/resource-names.ts';
import type { Stage } from '../stage.ts';
import { suppressPattern } from '../suppress.ts';
import { allow, onlyWhere } from './iam-statements.ts';

interface PlanJobsPermissionsProps {
  readonly operate: Table;
  readonly queue: IQueue;
  readonly stage: Stage;
}

/** All that the jobs of plans may do, besides logs and traces. */
export const planJobsPermissions = ({
  operate,
  queue,
  stage,
}: PlanJobsPermissionsProps): PolicyStatement[] => [
  keepPlans(operate),
  allow(
    'WorkOnOwnQueue',
    [
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ChangeMessageVisibility',
      'sqs:SendMessage',
    ],
    queue.queueArn,
  ),
  allow(
    'TakeDeadLetters',
    ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
    queueArn(deadLettersName(stage.name, '*')),
  ),
  allow('Release', ['lambda:InvokeFunction'], releaseArn(stage)),
  allow('SendBack', ['sqs:SendMessage'], queueArn(workQueueName(stage.name, '*'))),
];

/** Items of plans alone. */
export const keepPlans = (operate: Table): PolicyStatement =>
  onlyWhere(
    { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['plan#*'] } },
    allow(
      'KeepPlans',
      ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem', 'Query'].map(action => `dynamodb:${action}`),
      operate.tableArn,
    ),
  );

const releaseArn = ({ name }: Stage): string =>
  `arn:${Aws.PARTITION}:lambda:${Aws.REGION}:${Aws.ACCOUNT_ID}:function:${releaseFunctionName(name, '*')}`;

const queueArn = (name: string): string => `arn:${Aws.PARTITION}:sqs:${Aws.REGION}:${Aws.ACCOUNT_ID}:${name}`;

/** The findings that the role cannot avoid, each with its own reason. */
export function suppressPlanJobs(role: Role, { name }: Stage): void {
  for (const queue of [deadLettersName(name, '*'), workQueueName(name, '*')])
    suppressPattern(
      role,
      `arn:<AWS::Partition>:sqs:<AWS::Region>:<AWS::AccountId>:${queue}`,
      'The star stands for an integration. Its queues are made by another stack, which comes after this one.',
    );
  suppressPattern(
    role,
    `arn:<AWS::Partition>:lambda:<AWS::Region>:<AWS::AccountId>:function:${releaseFunctionName(name, '*')}`,
    'The star stands for a fence. Its function is made by another stack, which comes after this one.',
  );
}
