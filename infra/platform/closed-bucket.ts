import { Key } from 'aws-cdk-lib/aws-kms';
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
  /** Whether S3 writes access logs to it, which it does to no bucket with a key of KMS. */
  readonly takesAccessLogs?: boolean;
}

/** A private bucket, encrypted with S3's own keys or with the key that is brought: see docs/decisions/0002-encryption-keys.md. */
export function closedBucket(
  scope: Construct,
  id: string,
  { stage, lifecycleRules, eventBridge, takesAccessLogs = false, ...others }: ClosedBucketProps,
): Bucket {
  const key = takesAccessLogs ? undefined : stage.brought.keys.data;
  const bucket = new Bucket(scope, id, {
    ...(key === undefined ? ownEncryption : keyEncryption(scope, id, key)),
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

const ownEncryption: Partial<BucketProps> = { encryption: BucketEncryption.S3_MANAGED };

/** S3 asks KMS for a key of the bucket now and then, and not for each object. */
const keyEncryption = (scope: Construct, id: string, arn: string): Partial<BucketProps> => ({
  encryption: BucketEncryption.KMS,
  encryptionKey: Key.fromKeyArn(scope, `${id}Key`, arn),
  bucketKeyEnabled: true,
});
