import type { Role } from 'aws-cdk-lib/aws-iam';
import type { CdcFeed } from '#adapters/cdc-feed/contract/cdc-feed.ts';
import { namelessReasons } from '../function-defaults.ts';
import { suppressObjects, suppressPattern } from '../suppress.ts';
import type { FeedPermissionsProps } from './feed-permissions.ts';
import { undeliveredPrefix } from './feed-undelivered.ts';

/** The findings that a feed's role cannot avoid, each with its own reason. */
export function suppressFeedRole(role: Role, props: FeedPermissionsProps): void {
  const { feed, platform, undelivered, stage } = props;
  const reason = 'Batches are named after the records in them; the prefix is the feed’s own.';
  suppressObjects(role, { bucket: platform.raw, prefix: `${feed.id}/`, reason });
  suppressObjects(role, { bucket: platform.quarantine, prefix: `${feed.id}/`, reason });
  suppressObjects(role, {
    ...{ bucket: undelivered.bucket, prefix: undeliveredPrefix },
    reason:
      'Lambda chooses the names of the objects in which it stores undelivered records; the bucket is the feed’s own.',
  });
  const reasons = [...namelessReasons(stage), ...reasonsOfStream[feed.stream.kind]];
  if (reasons.length > 0) suppressPattern(role, '*', reasons.join(' '));
}

const reasonsOfStream: Readonly<Record<CdcFeed['stream']['kind'], readonly string[]>> = {
  kinesis: [],
  dynamodb: ['Listing DynamoDB’s streams knows no resource, and Lambda asks for it.'],
  kafka: ['EC2 describes networks as a whole, and Lambda makes and removes interfaces in the cluster’s.'],
};
