import { Duration } from 'aws-cdk-lib';
import type { Bucket, IBucket, LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { suppress } from '../suppress.ts';
import { closedBucket } from './closed-bucket.ts';
import { replicate } from './replicate.ts';
import { throughAccessPoints } from './through-access-points.ts';

const accessLogDays = 400;
const abandonedUploadDays = 7;

/**
 * Where partners drop and are answered (inbound), what is kept of it (raw), what was refused (rejects), and what could not be
 * published (quarantine). How long, integration by integration, the retention keeper sees to.
 */
export class LaneBuckets extends Construct {
  readonly inbound: IBucket;
  readonly raw: IBucket;
  readonly rejects: IBucket;
  readonly quarantine: IBucket;
  /** Where the accesses to the others are logged. */
  readonly accessLogs: IBucket;

  constructor(scope: Construct, id: string, { stage }: { readonly stage: Stage }) {
    super(scope, id);
    const logs = accessLogs(this, stage);
    this.accessLogs = logs;
    const bucket = (name: string, eventBridge = false) =>
      closedBucket(this, name, {
        stage,
        eventBridge,
        serverAccessLogsBucket: logs,
        serverAccessLogsPrefix: `${name.toLowerCase()}/`,
        lifecycleRules: [sweep],
      });
    const inbound = bucket('Inbound', true);
    inbound.addToResourcePolicy(throughAccessPoints(inbound));
    replicate(inbound, stage.replicas.inbound);
    this.inbound = inbound;
    const raw = bucket('Raw');
    replicate(raw, stage.replicas.raw);
    this.raw = raw;
    this.rejects = bucket('Rejects');
    this.quarantine = bucket('Quarantine');
  }
}

const sweep: LifecycleRule = {
  id: 'sweep',
  abortIncompleteMultipartUploadAfter: Duration.days(abandonedUploadDays),
  expiredObjectDeleteMarker: true,
};

function accessLogs(scope: Construct, stage: Stage): Bucket {
  const logs = closedBucket(scope, 'AccessLogs', {
    stage,
    eventBridge: false,
    lifecycleRules: [
      sweep,
      {
        id: 'age',
        expiration: Duration.days(accessLogDays),
        noncurrentVersionExpiration: Duration.days(1),
      },
    ],
  });
  suppress(
    logs,
    'AwsSolutions-S1',
    'It takes the access logs of the other buckets; logging its own would never end.',
  );
  return logs;
}
