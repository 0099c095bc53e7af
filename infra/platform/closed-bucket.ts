import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Stage } from '../stage.ts';

interface ClosedBucketProps
  extends Pick<
    BucketProps,
    'bucketName' | 'serverAccessLogsBucket' | 'serverAccessLogsPrefix' | 'objectLockDefaultRetention'
  > {
  readonly stage: Stage;
  readonly lifecycleRules: readonly LifecycleRule[];
  /** Whether it notifies EventBridge of what is written. */
  readonly eventBridge: boolean;
}

/** A private bucket, encrypted with S3's own keys: see docs/decisions/0002-encryption-keys.md. */
export function closedBucket(
  scope: Construct,
  id: string,
  { stage, lifecycleRules, eventBridge, ...others }: ClosedBucketProps,
): Bucket {
  const bucket = new Bucket(scope, id, {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    removalPolicy: stage.removalPolicy,
    ...others,
    lifecycleRules: [...lifecycleRules],
  });
  // The bucket's own property; the CDK's option would add a function and a role only to set it.
  if (eventBridge)
    (bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
  return bucket;
}
