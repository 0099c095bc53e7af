import { Duration } from 'aws-cdk-lib';
import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { ExpiringBucket } from '#operate/core/retention/expiry-rules.ts';
import type { PlatformEntry } from '../bundle-entry.ts';
import type { Stage } from '../stage.ts';
import { platformPart } from './derived-alarm.ts';
import { functionAlarms } from './function-alarms.ts';
import { allow } from './iam-statements.ts';
import { PlatformFunction } from './platform-function.ts';
import { scheduledRun } from './scheduled-run.ts';

/** No integration can have this name: ids have no dots. */
export const retentionKeeperBundle = 'platform.retention-keeper';

export const retentionKeeperEntry: PlatformEntry = {
  name: retentionKeeperBundle,
  handler: 'retention-keeper.ts',
  factory: 'retentionKeeper',
  isRegistered: true,
};

export interface RetentionKeeperProps {
  readonly buckets: Readonly<Record<ExpiringBucket, IBucket>>;
  readonly stage: Stage;
  readonly code: Code;
  readonly topic: ITopic;
}

/**
 * Keeps the lifecycle rules of the shared buckets, one for each integration, so that a new integration changes no bucket's
 * template. It can change rules and touch no object: see docs/decisions/0097-an-integration-registers-itself.md.
 */
export class RetentionKeeper extends Construct {
  constructor(scope: Construct, id: string, { buckets, stage, code, topic }: RetentionKeeperProps) {
    super(scope, id);
    const arns = Object.values(buckets).map(({ bucketArn }) => bucketArn);
    const { fn } = new PlatformFunction(this, 'Keeper', {
      description: 'Keeps objects for as long as contracts say',
      service: 'retention-keeper',
      isRegistered: true,
      code,
      stage,
      timeout: Duration.minutes(1),
      memorySize: 512,
      statements: [
        allow('KeepRules', ['s3:GetLifecycleConfiguration', 's3:PutLifecycleConfiguration'], ...arns),
      ],
      environment: {
        INBOUND_BUCKET: buckets.inbound.bucketName,
        RAW_BUCKET: buckets.raw.bucketName,
        REJECTS_BUCKET: buckets.rejects.bucketName,
        QUARANTINE_BUCKET: buckets.quarantine.bucketName,
      },
    });
    functionAlarms(this, {
      name: platformPart('retention-keeper'),
      meaning: 'Objects of new integrations are kept for too long.',
      ...{ fn, stage, topic },
    });
    scheduledRun(this, 'KeepHourly', {
      ...{ name: `${stage.prefix}edge-keep-retention-${stage.name}`, fn, at: 'cron(20 * * * ? *)' },
      description: 'Keeps objects for as long as contracts say',
    });
  }
}
