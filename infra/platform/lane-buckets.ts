import { Duration } from 'aws-cdk-lib';
import type { Bucket, IBucket, LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { type Contracts, ofKind } from '../contracts.ts';
import { kindOf } from '../kinds.ts';
import type { Stage } from '../stage.ts';
import { suppress } from '../suppress.ts';
import { closedBucket } from './closed-bucket.ts';
import { throughAccessPoints } from './through-access-points.ts';

const accessLogDays = 400;
const abandonedUploadDays = 7;

interface LaneBucketsProps {
  readonly contracts: Contracts;
  readonly stage: Stage;
}

/** Where partners drop and are answered (inbound), what is kept of it (raw), and what could not be published (quarantine). */
export class LaneBuckets extends Construct {
  readonly inbound: IBucket;
  readonly raw: IBucket;
  readonly quarantine: IBucket;

  constructor(scope: Construct, id: string, { contracts, stage }: LaneBucketsProps) {
    super(scope, id);
    const lanes = ofKind(contracts, 'file-lane');
    const logs = accessLogs(this, stage);
    const bucket = (name: string, kept: readonly LifecycleRule[], eventBridge = false) =>
      closedBucket(this, name, {
        stage,
        eventBridge,
        serverAccessLogsBucket: logs,
        serverAccessLogsPrefix: `${name.toLowerCase()}/`,
        lifecycleRules: [sweep, ...kept],
      });
    // A partner may replace a file, and events point at the version they came from: it is kept as long as any other.
    this.inbound = bucket(
      'Inbound',
      lanes.map(({ id, delivery: { folder, retentionDays: days } }) => ({
        ...keep(id, `${folder}/`, days),
        noncurrentVersionExpiration: Duration.days(days),
      })),
      true,
    );
    this.inbound.addToResourcePolicy(throughAccessPoints(this.inbound));
    const own = contracts.integrations.map(contract =>
      keep(contract.id, `${contract.id}/`, kindOf(contract).retentionDays(contract)),
    );
    // Of two rules for an object the shorter one counts.
    const rejects = ofKind(contracts, 'webhook-fence').map(({ id, rejects }) =>
      keep(`${id}-rejects`, `${id}/rejects/`, rejects.keptDays),
    );
    this.raw = bucket('Raw', [...own, ...rejects]);
    this.quarantine = bucket('Quarantine', own);
  }
}

const sweep: LifecycleRule = {
  id: 'sweep',
  abortIncompleteMultipartUploadAfter: Duration.days(abandonedUploadDays),
  expiredObjectDeleteMarker: true,
};

const keep = (id: string, prefix: string, days: number): LifecycleRule => ({
  id,
  prefix,
  expiration: Duration.days(days),
  noncurrentVersionExpiration: Duration.days(1),
});

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
