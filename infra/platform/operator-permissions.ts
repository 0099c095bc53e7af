import { Aws } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { handoffIndexes } from '#adapters/file-lane/core/outcome/handoff-indexes.ts';
import { deadLettersName } from '#shared/core/identity/resource-names.ts';
import type { Stage } from '../stage.ts';
import { allow } from './iam-statements.ts';

export interface OperatorPermissionsProps {
  readonly ledger: Table;
  readonly operate: Table;
  /** Where a run of the reconciler is asked for. */
  readonly reconciler: IQueue;
  readonly raw: IBucket;
  readonly quarantine: IBucket;
  readonly stage: Stage;
}

/**
 * All that the function behind the operator's API may do, besides logs and traces. It serves every integration, so that resources of their stacks are
 * named by pattern: see docs/decisions/0071-names-that-the-operator-knows.md.
 */
export function operatorPermissions(props: OperatorPermissionsProps): PolicyStatement[] {
  const { ledger, operate, reconciler, raw, quarantine, stage } = props;
  const indexes = Object.values(handoffIndexes).map(({ name }) => `${ledger.tableArn}/index/${name}`);
  return [
    allow('FindHandoffs', ['dynamodb:Query'], ...indexes),
    allow('ReadHandoffs', ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'], ledger.tableArn),
    allow('ReadRuns', ['dynamodb:GetItem'], operate.tableArn),
    allow('AskReconciler', ['sqs:SendMessage'], reconciler.queueArn),
    allow('FindObjects', ['s3:ListBucket'], raw.bucketArn, quarantine.bucketArn),
    allow('ReadQuarantine', ['s3:GetObject'], quarantine.arnForObjects('*')),
    allow('ReadRejects', ['s3:GetObject'], raw.arnForObjects('*/rejects/*')),
    allow('FindUndelivered', ['s3:ListBucket'], undeliveredArn(stage)),
    allow(
      'ReadDeadLetters',
      ['sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility'],
      deadLettersArn(stage),
    ),
  ];
}

const undeliveredArn = ({ name }: Stage): string =>
  `arn:${Aws.PARTITION}:s3:::undelivered-${name}-*-${Aws.ACCOUNT_ID}-${Aws.REGION}`;

const deadLettersArn = ({ name }: Stage): string =>
  `arn:${Aws.PARTITION}:sqs:${Aws.REGION}:${Aws.ACCOUNT_ID}:${deadLettersName(name, '*')}`;
