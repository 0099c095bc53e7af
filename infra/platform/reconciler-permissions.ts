import { Aws } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { handoffIndexes } from '#adapters/file-lane/core/outcome/handoff-indexes.ts';
import { listingSecretName } from '#adapters/webhook-fence/contract/provider-listing.ts';
import { fileOverdue } from '#events/edge/file-overdue.v1.ts';
import { reconciliationCompleted } from '#events/edge/reconciliation-completed.v1.ts';
import { deadLettersName, workQueueName } from '#shared/core/identity/resource-names.ts';
import { readSecret } from '../brought/key-use.ts';
import type { Stage } from '../stage.ts';
import { suppressArn, suppressPattern } from '../suppress.ts';
import { allow, onlyWhere, publishing, readSwitch } from './iam-statements.ts';
import {
  queueArn,
  suppressMappings,
  suppressQueues,
  suppressUndelivered,
  switchMappings,
  undeliveredArn,
} from './integrations-resources.ts';

export interface ReconcilerPermissionsProps {
  readonly ledger: ITable;
  readonly operate: ITable;
  readonly claims: ITable;
  readonly inbound: IBucket;
  readonly raw: IBucket;
  readonly quarantine: IBucket;
  readonly bus: IEventBus;
  readonly stage: Stage;
}

/** Secrets Manager adds six characters to a name. */
const listingSecretsArn = (stage: Stage): string =>
  `arn:${Aws.PARTITION}:secretsmanager:${Aws.REGION}:${Aws.ACCOUNT_ID}:secret:${listingSecretName(stage, '*')}-??????`;

const partsKeys = '*/parts/*';

/**
 * All that the reconciler may do, besides logs and traces. It reads no content: only what is there. It changes nothing but its own
 * items, three fields of a hand-off, claims of contents, and orphaned parts; the rest it asks the lanes to do, by messages.
 */
export function reconcilerPermissions(
  props: ReconcilerPermissionsProps,
  own: IQueue,
): readonly PolicyStatement[] {
  const found = [handoffIndexes.reconciliation, handoffIndexes.arrival];
  const { ledger, operate, claims, inbound, raw, quarantine, bus, stage } = props;
  return [
    allow('FindHandoffs', ['dynamodb:Query'], ...found.map(({ name }) => `${ledger.tableArn}/index/${name}`)),
    allow(
      'CompareHandoffs',
      ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      ledger.tableArn,
    ),
    onlyWhere(
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['*#file#*'] } },
      allow('SetClaimsRight', ['dynamodb:PutItem', 'dynamodb:DeleteItem'], ledger.tableArn),
    ),
    onlyWhere(
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['reconciliation#*'] } },
      allow('KeepMarks', ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], operate.tableArn),
    ),
    readSwitch(operate, '*'),
    ...switchMappings(stage),
    allow('FindObjects', ['s3:ListBucket'], inbound.bucketArn, raw.bucketArn, quarantine.bucketArn),
    allow('SeeObjects', ['s3:GetObject'], inbound.arnForObjects('*'), quarantine.arnForObjects(partsKeys)),
    allow('RemoveOrphans', ['s3:DeleteObject'], quarantine.arnForObjects(partsKeys)),
    allow('AskLanes', ['sqs:SendMessage'], queueArn(workQueueName(stage, '*'))),
    allow(
      'CountMessages',
      ['sqs:GetQueueAttributes'],
      queueArn(deadLettersName(stage, '*')),
      queueArn(workQueueName(stage, '*')),
    ),
    allow(
      'RemoveLetters',
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
      queueArn(deadLettersName(stage, '*')),
    ),
    allow('FindDelivered', ['dynamodb:GetItem'], claims.tableArn),
    ...readSecret('ReadListingTokens', listingSecretsArn(stage), stage),
    allow('FindUndelivered', ['s3:ListBucket'], undeliveredArn(stage)),
    allow(
      'WorkOnOwnQueue',
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:SendMessage'],
      own.queueArn,
    ),
    publishing([reconciliationCompleted, fileOverdue], bus),
  ];
}

/** The findings that the reconciler's role cannot avoid, each with its own reason. */
export function suppressReconcilerRole(
  role: Role,
  { inbound, quarantine, stage }: Pick<ReconcilerPermissionsProps, 'inbound' | 'quarantine' | 'stage'>,
): void {
  suppressArn(
    role,
    inbound.arnForObjects('*'),
    'The reconciler looks at the files and answers of every partner. It asks for their headers, never for their content.',
  );
  suppressArn(
    role,
    quarantine.arnForObjects(partsKeys),
    'The first star stands for an integration and a hand-off, the second for the parts of its quarantined rows.',
  );
  suppressMappings(role);
  suppressPattern(
    role,
    `arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:${listingSecretName(stage, '*')}-??????`,
    'The star stands for a fence, the question marks for what Secrets Manager adds. The keys of fences have other names.',
  );
  suppressUndelivered(role, stage);
  suppressQueues(role, workQueueName(stage, '*'), deadLettersName(stage, '*'));
}
