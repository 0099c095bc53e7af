import { Duration } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type Bucket, type IBucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { recordsPrefix } from '#operate/core/audit/audit-keys.ts';
import type { Stage } from '../stage.ts';
import { closedBucket } from './closed-bucket.ts';
import { replicate } from './replicate.ts';

interface AuditBucketProps {
  readonly stage: Stage;
  readonly accessLogs: IBucket;
}

/** The trail's bucket: Object Lock keeps what is written, and what is there is never written over. */
export function auditBucket(scope: Construct, id: string, { stage, accessLogs }: AuditBucketProps): Bucket {
  const { days, mode } = stage.audit;
  const period = Duration.days(days);
  const bucket = closedBucket(scope, id, {
    stage,
    eventBridge: false,
    serverAccessLogsBucket: accessLogs,
    serverAccessLogsPrefix: 'audit/',
    objectLockDefaultRetention:
      mode === 'compliance' ? ObjectLockRetention.compliance(period) : ObjectLockRetention.governance(period),
    // Manifests hold hashes alone. They stay, so that their chain has no end.
    lifecycleRules: [
      { id: 'sweep', expiredObjectDeleteMarker: true },
      {
        id: 'records',
        prefix: recordsPrefix,
        expiration: period,
        noncurrentVersionExpiration: Duration.days(1),
      },
    ],
  });
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: 'WriteOnce',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects('*')],
      conditions: { Null: { 's3:if-none-match': 'true' } },
    }),
  );
  replicate(bucket, stage.replicas.audit);
  return bucket;
}
