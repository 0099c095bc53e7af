import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { schemaDriftDetected } from '#events/edge/schema-drift-detected.v1.ts';
import { observing } from '../function-defaults.ts';
import {
  allow,
  listing,
  objectsUnder,
  onlyWhere,
  publishing,
  read,
  readSwitch,
  write,
} from '../platform/iam-statements.ts';
import type { Platform } from '../platform/platform.ts';
import type { Stage } from '../stage.ts';
import type { FeedSource } from './feed-source-type.ts';
import { type FeedUndelivered, undeliveredPrefix } from './feed-undelivered.ts';

export interface FeedPermissionsProps {
  readonly feed: CdcFeed;
  readonly platform: Platform;
  readonly source: FeedSource;
  readonly undelivered: FeedUndelivered;
  /** Where operators are notified of quarantined changes. */
  readonly changes: IQueue;
  readonly log: LogGroup;
  readonly stage: Stage;
}

/** All that a feed's function, and Lambda's pollers in its name, may do; nothing is granted elsewhere. */
export const feedPermissions = ({
  feed,
  platform,
  source,
  undelivered,
  changes,
  log,
  stage,
}: FeedPermissionsProps): PolicyStatement[] => [
  ...source.reading,
  allow('GiveUp', ['s3:PutObject'], objectsUnder(undelivered.bucket, undeliveredPrefix)),
  // Lambda asks for it of every bucket that is a failure destination.
  allow('FindGivenUp', ['s3:ListBucket'], undelivered.bucket.bucketArn),
  allow('Archive', [...write, ...read], objectsUnder(platform.raw, `${feed.id}/`)),
  listing('FindArchived', platform.raw, `${feed.id}/`),
  allow('Quarantine', write, objectsUnder(platform.quarantine, `${feed.id}/`)),
  onlyWhere(
    {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${feed.id}#*`] },
    },
    allow('Remember', ['dynamodb:GetItem', 'dynamodb:PutItem'], platform.ledger.tableArn),
  ),
  readSwitch(platform.operate, feed.id),
  allow('AnnounceChanges', ['sqs:SendMessage'], changes.queueArn),
  publishing([...feed.events, schemaDriftDetected], platform.bus),
  ...observing(log, stage),
];
