import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { manifestsPrefix, recordsPrefix } from '#operate/core/audit/audit-keys.ts';
import { busLogPrefix } from '#operate/core/bus-log/bus-log-keys.ts';
import { issuesPrefix } from '#operate/core/issues/issues-key.ts';
import { partnerLinksKey } from '#operate/core/partner/partner-keys.ts';
import { readingsPrefix } from '#operate/core/readings-key.ts';
import { deadLettersName } from '#shared/core/identity/resource-names.ts';
import type { Stage } from '../stage.ts';
import { allow, objectsUnder, onlyWhere, readSwitch } from './iam-statements.ts';
import { queueArn, undeliveredArn } from './integrations-resources.ts';
import { findHandoffs, keepPlans } from './plan-jobs-permissions.ts';

export interface OperatorPermissionsProps {
  readonly ledger: ITable;
  readonly operate: ITable;
  /** Where a run of the reconciler is asked for. */
  readonly reconciler: IQueue;
  readonly rejects: IBucket;
  readonly quarantine: IBucket;
  readonly inbound: IBucket;
  readonly raw: IBucket;
  readonly busLog: IBucket;
  /** Of the jobs of plans. */
  readonly jobs: IQueue;
  readonly audit: { readonly bucket: IBucket; readonly key: IKey };
  readonly stage: Stage;
}

/**
 * All that the function behind the operator's API may do, besides logs and traces. It serves every integration, so that resources of their stacks are
 * named by pattern: see docs/decisions/0071-names-that-the-operator-knows.md.
 */
export function operatorPermissions(props: OperatorPermissionsProps): PolicyStatement[] {
  const { ledger, operate, reconciler, rejects, quarantine, inbound, raw, busLog, jobs, audit, stage } =
    props;
  return [
    findHandoffs(ledger),
    allow('ReadHandoffs', ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'], ledger.tableArn),
    onlyWhere(
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['proof#*'] } },
      allow('ReadProofs', ['dynamodb:GetItem'], operate.tableArn),
    ),
    onlyWhere(
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['reconciliation#*'] } },
      allow('ReadRuns', ['dynamodb:GetItem'], operate.tableArn),
    ),
    allow('AskReconciler', ['sqs:SendMessage'], reconciler.queueArn),
    allow(
      'FindObjects',
      ['s3:ListBucket'],
      ...[rejects, quarantine, inbound, raw, busLog].map(({ bucketArn }) => bucketArn),
    ),
    allow(
      'ReadRaw',
      ['s3:GetObject', 's3:GetObjectVersion'],
      raw.arnForObjects('*'),
      inbound.arnForObjects('*/in/*'),
    ),
    allow('ReadQuarantine', ['s3:GetObject'], quarantine.arnForObjects('*')),
    allow('ReadRejects', ['s3:GetObject'], rejects.arnForObjects('*/rejects/*')),
    allow('ReadBusLog', ['s3:GetObject'], objectsUnder(busLog, busLogPrefix)),
    allow('FindAudit', ['s3:ListBucketVersions'], audit.bucket.bucketArn),
    allow(
      'ReadAudit',
      ['s3:GetObject', 's3:GetObjectVersion'],
      ...[recordsPrefix, manifestsPrefix].map(prefix => objectsUnder(audit.bucket, prefix)),
    ),
    allow('ReadAuditKey', ['kms:GetPublicKey'], audit.key.keyArn),
    allow('FindUndelivered', ['s3:ListBucket'], undeliveredArn(stage)),
    allow(
      'ReadDeadLetters',
      ['sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility'],
      queueArn(deadLettersName(stage, '*')),
    ),
    onlyWhere(
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${issuesPrefix}*`] } },
      allow('KeepIssues', ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], operate.tableArn),
    ),
    onlyWhere(
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${readingsPrefix}*`] } },
      allow('RecordReadings', ['dynamodb:PutItem'], operate.tableArn),
    ),
    onlyWhere(
      { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [partnerLinksKey] } },
      allow('KeepLinks', ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], operate.tableArn),
    ),
    keepPlans(operate),
    readSwitch(operate, '*'),
    allow('StartJobs', ['sqs:SendMessage'], jobs.queueArn),
  ];
}
