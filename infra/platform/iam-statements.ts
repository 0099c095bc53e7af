import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { EventContract } from '#shared/contract/define-event.ts';
import { receiptSource, receiptType } from '#shared/core/identity/receipt-names.ts';

export const allow = (
  sid: string,
  actions: readonly string[],
  ...resources: readonly string[]
): PolicyStatement =>
  new PolicyStatement({ sid, effect: Effect.ALLOW, actions: [...actions], resources: [...resources] });

/** The statement, for requests alone that meet the conditions. */
export function onlyWhere(
  conditions: Readonly<Record<string, unknown>>,
  statement: PolicyStatement,
): PolicyStatement {
  statement.addConditions(conditions);
  return statement;
}

/**
 * The events named and no others. A request with many entries has many sources, so each
 * must match; `Null` because "all of none" would match as well.
 */
export const publishing = (events: readonly EventContract[], bus: IEventBus): PolicyStatement =>
  onlyWhere(
    {
      'ForAllValues:StringEquals': {
        'events:source': distinct(events.map(event => event.domain)),
        'events:detail-type': distinct(events.map(event => event.type)),
      },
      Null: { 'events:source': 'false', 'events:detail-type': 'false' },
    },
    allow('Publish', ['events:PutEvents'], bus.eventBusArn),
  );

/** What a consumer may put on the bus: its own receipts. */
export const reporting = (consumer: string, bus: IEventBus): PolicyStatement =>
  onlyWhere(
    {
      'ForAllValues:StringEquals': {
        'events:source': [receiptSource(consumer)],
        'events:detail-type': [receiptType],
      },
      Null: { 'events:source': 'false', 'events:detail-type': 'false' },
    },
    allow('ReportEvents', ['events:PutEvents'], bus.eventBusArn),
  );

/** Whether an operator disabled the integration; `*`: any. */
export const readSwitch = (operate: ITable, integration: string): PolicyStatement =>
  onlyWhere(
    { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`switch#${integration}`] } },
    allow('ReadSwitch', ['dynamodb:GetItem'], operate.tableArn),
  );

export const distinct = (words: readonly string[]): string[] => [...new Set(words)].sort();

/** What a function may do that takes messages of its own queue, and sends some. */
export const workOnOwnQueue = ({ queueArn }: IQueue): PolicyStatement =>
  allow(
    'WorkOnOwnQueue',
    [
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ChangeMessageVisibility',
      'sqs:SendMessage',
    ],
    queueArn,
  );

/** Reads of the object itself and of a version of it. */
export const read = ['s3:GetObject', 's3:GetObjectVersion'] as const;

/** `PutObject` covers multipart uploads too, except giving one up. */
export const write = ['s3:PutObject', 's3:AbortMultipartUpload'] as const;

/**
 * Without it S3 answers 403 for an object that is not there, and a deleted file would look like a lost permission. S3 holds
 * the key that is missing against the same condition as the prefix of a listing.
 */
export const listing = (sid: string, bucket: IBucket, prefix: string): PolicyStatement =>
  onlyWhere({ StringLike: { 's3:prefix': `${prefix}*` } }, allow(sid, ['s3:ListBucket'], bucket.bucketArn));

/** The one place where a permission needs a `*`: S3 has no other way to name the objects under a prefix. */
export const objectsUnder = (bucket: IBucket, prefix: string): string => bucket.arnForObjects(`${prefix}*`);
