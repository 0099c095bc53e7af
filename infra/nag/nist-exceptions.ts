import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IConstruct } from 'constructs';
import type { Stage } from '../stage.ts';
import { callerOf } from './callers.ts';

/** Why a resource does not keep one rule of NIST 800-53 R5; undefined where it keeps it. */
export interface NistException {
  /** As cdk-nag names it, without the name of the pack. */
  readonly rule: string;
  readonly reason: (resource: IConstruct, stage: Stage) => string | undefined;
}

const unlessKey = (stage: Stage, key: keyof Stage['brought']['keys'], reason: string): string | undefined =>
  stage.brought.keys[key] === undefined ? reason : undefined;

/** The rules of NIST 800-53 R5 that are not kept everywhere, each with where and why. */
export const nistExceptions: readonly NistException[] = [
  {
    rule: 'S3DefaultEncryptionKMS',
    reason: (resource, stage) =>
      resource instanceof CfnBucket
        ? isAccessLogs(resource)
          ? 'S3 writes access logs only to buckets that its own keys encrypt.'
          : unlessKey(
              stage,
              'data',
              'S3 encrypts it with its own keys: docs/decisions/0002-encryption-keys.md. `bring` of edge.config.ts names a key.',
            )
        : undefined,
  },
  {
    rule: 'S3BucketReplicationEnabled',
    reason: resource => (resource instanceof CfnBucket ? copyReason(resource) : undefined),
  },
  {
    rule: 'S3BucketLoggingEnabled',
    reason: resource =>
      resource instanceof CfnBucket && resource.node.path.includes('/Undelivered/')
        ? 'Lambda alone writes here, and only undelivered records; each object is announced on the queue beside it.'
        : undefined,
  },
  {
    rule: 'DynamoDBInBackupPlan',
    reason: resource =>
      resource instanceof CfnTable
        ? resource.node.path.endsWith('/TrialTable')
          ? 'It is an empty table for trial, until the real one is named.'
          : 'It can be restored to any second of the last 35 days, which is longer than a hand-off or a claim is worked on.'
        : undefined,
  },
  {
    rule: 'CloudWatchLogGroupEncrypted',
    reason: (resource, stage) =>
      resource instanceof CfnLogGroup
        ? unlessKey(
            stage,
            'logs',
            'CloudWatch encrypts it with a key of AWS. Lines hold ids, codes and counts, never content. `bring` of edge.config.ts names a key.',
          )
        : undefined,
  },
  {
    rule: 'IAMNoInlinePolicy',
    reason: resource =>
      resource instanceof CfnRole || resource instanceof CfnPolicy
        ? 'The policy belongs to one role alone, and comes and goes with it. A managed policy could be attached to another.'
        : undefined,
  },
  {
    rule: 'LambdaInsideVPC',
    reason: (resource, stage) =>
      resource instanceof CfnFunction && stage.brought.network === undefined
        ? 'It calls services of AWS alone, by TLS and with its role; nothing of it is in a VPC. `bring` of edge.config.ts names a network.'
        : undefined,
  },
  {
    rule: 'LambdaConcurrency',
    reason: resource =>
      resource instanceof CfnFunction && resource.reservedConcurrentExecutions === undefined
        ? callerOf(resource).bounds
        : undefined,
  },
  {
    rule: 'LambdaDLQ',
    reason: resource => (resource instanceof CfnFunction ? callerOf(resource).failures : undefined),
  },
  {
    rule: 'SecretsManagerRotationEnabled',
    reason: resource =>
      resource instanceof CfnSecret
        ? 'The partner issues what it holds, or both agree on it, so no function can rotate it. The contract’s `rotationDays` has an alarm ring.'
        : undefined,
  },
  {
    rule: 'SecretsManagerUsingKMSKey',
    reason: (resource, stage) =>
      resource instanceof CfnSecret
        ? unlessKey(
            stage,
            'secrets',
            'Secrets Manager encrypts it with a key of AWS, which roles of this account alone can use. `bring` of edge.config.ts names a key.',
          )
        : undefined,
  },
];

const isAccessLogs = ({ node }: IConstruct): boolean => node.path.includes('/AccessLogs/');

const copies: readonly (readonly [part: string, reason: string])[] = [
  ['/AccessLogs/', 'It has logs of accesses, which are read and not restored.'],
  [
    '/Inbound/',
    'Partners keep what they dropped, and versions keep what was replaced. `replicas` of edge.config.ts names a copy.',
  ],
  ['/Raw/', 'Versions keep what was replaced. `replicas` of edge.config.ts names a copy in another region.'],
  [
    '/Audit/',
    'Object Lock keeps every version. `replicas` of edge.config.ts names a copy in another region.',
  ],
  ['/Rejects/', 'Refused requests are kept for as short as the contract says, and nowhere else.'],
  ['/Quarantine/', 'What it holds was made of objects that are in the raw bucket.'],
  ['/BusLog/', 'Events can be made again from raw objects; the archive of the bus has them as well.'],
  ['/Undelivered/', 'Records are here until they are redelivered, which begins with an alarm.'],
];

const copyReason = ({ node }: IConstruct): string | undefined =>
  copies.find(([part]) => node.path.includes(part))?.[1];
