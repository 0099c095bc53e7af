import { Duration } from 'aws-cdk-lib';
import { Bucket, type IBucket, type LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { BroughtBucket } from '../brought/brought.ts';
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
    const logs =
      broughtBucket(this, 'AccessLogs', stage.brought.buckets.accessLogs) ?? accessLogs(this, stage);
    this.accessLogs = logs;
    const bucket = (name: LaneBucket, id: string): IBucket =>
      broughtBucket(this, id, stage.brought.buckets[name]) ??
      closedBucket(this, id, {
        stage,
        eventBridge: name === 'inbound',
        serverAccessLogsBucket: logs,
        serverAccessLogsPrefix: `${name}/`,
        lifecycleRules: [sweep],
      });
    this.inbound = bucket('inbound', 'Inbound');
    this.raw = bucket('raw', 'Raw');
    this.rejects = bucket('rejects', 'Rejects');
    this.quarantine = bucket('quarantine', 'Quarantine');
    replicateOwn(this.inbound, stage, 'inbound');
    replicateOwn(this.raw, stage, 'raw');
    if (stage.brought.buckets.inbound === undefined)
      this.inbound.addToResourcePolicy(throughAccessPoints(this.inbound));
  }
}

/** @throws Error where the bucket is brought: its owner sets up its replication */
function replicateOwn(bucket: IBucket, { name, replicas }: Stage, which: 'inbound' | 'raw'): void {
  if (replicas[which] === undefined) return;
  if (!(bucket instanceof Bucket))
    throw new Error(
      `edge.config.ts: replicas.${name}.${which}: the bucket is brought, so its owner sets up its replication. Remove the entry.`,
    );
  replicate(bucket, replicas[which]);
}

type LaneBucket = Exclude<BroughtBucket, 'accessLogs'>;

const broughtBucket = (scope: Construct, id: string, name: string | undefined): IBucket | undefined =>
  name === undefined ? undefined : Bucket.fromBucketName(scope, id, name);

const sweep: LifecycleRule = {
  id: 'sweep',
  abortIncompleteMultipartUploadAfter: Duration.days(abandonedUploadDays),
  expiredObjectDeleteMarker: true,
};

function accessLogs(scope: Construct, stage: Stage): Bucket {
  const logs = closedBucket(scope, 'AccessLogs', {
    stage,
    eventBridge: false,
    takesAccessLogs: true,
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
