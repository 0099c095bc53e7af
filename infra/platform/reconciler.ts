import { Aws, Duration } from 'aws-cdk-lib';
import { type IRole, PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type Code, EventSourceMapping, type IFunction, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { scheduledRequest } from '#operate/core/reconcile/request.ts';
import { limits } from '#shared/contract/limits.ts';
import { usingDataKey } from '../brought/key-use.ts';
import type { Stage } from '../stage.ts';
import { allow } from './iam-statements.ts';
import { queuesUrl, stageEnvironment } from './integrations-resources.ts';
import { PlatformFunction } from './platform-function.ts';
import { ReconcilerAlarms } from './reconciler-alarms.ts';
import {
  type ReconcilerPermissionsProps,
  reconcilerPermissions,
  suppressReconcilerRole,
} from './reconciler-permissions.ts';
import { recordIssues } from './record-issues.ts';
import { tidyQueue } from './tidy-queue.ts';

export interface ReconcilerProps extends ReconcilerPermissionsProps {
  readonly code: Code;
  readonly topic: ITopic;
  /** Counts items that fences never got. */
  readonly recorder: IFunction;
}

/** Every quarter of an hour, at once when an operator asks: compares the ledger with what is there. */
export class Reconciler extends Construct {
  /** Where a run is asked for. */
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: ReconcilerProps) {
    super(scope, id);
    const { stage, code, topic } = props;
    const deadLetters = new Queue(this, 'DeadLetters', { ...tidyQueue, retentionPeriod: Duration.days(14) });
    this.queue = new Queue(this, 'Queue', {
      ...tidyQueue,
      // Longer than a run, so that its message never comes back while it may still work.
      visibilityTimeout: Duration.seconds(limits.functionSecondsMax + 60),
      // A request that waits longer is overtaken by the next.
      retentionPeriod: Duration.hours(1),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 3 },
    });
    const { fn, role, log } = new PlatformFunction(this, 'Reconciler', {
      description: 'Compares the ledger with objects, answers and messages, and heals what is safe',
      service: 'reconciler',
      isRegistered: true,
      ...{ code, stage },
      timeout: Duration.seconds(limits.functionSecondsMax),
      memorySize: 1_024,
      // A request that comes during a run is sent again.
      recursiveLoop: RecursiveLoop.ALLOW,
      statements: reconcilerPermissions(props, this.queue),
      environment: environmentOf(props, this.queue),
    });
    suppressReconcilerRole(role, props);
    new EventSourceMapping(this, 'Work', {
      target: fn,
      eventSourceArn: this.queue.queueArn,
      batchSize: 1,
      maxConcurrency: 2,
    });
    this.#schedule(stage);
    recordIssues(this, { log, recorder: props.recorder });
    new ReconcilerAlarms(this, 'Alarms', { log, fn, deadLetters, stage, topic });
  }

  #schedule(stage: Stage): void {
    const role = new Role(this, 'ScheduleRole', {
      description: 'Asks the reconciler for a run',
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      inlinePolicies: {
        ask: new PolicyDocument({
          statements: [allow('Ask', ['sqs:SendMessage'], this.queue.queueArn), ...usingDataKey(stage)],
        }),
      },
    });
    this.#every15Minutes(role);
  }

  #every15Minutes(role: IRole): void {
    new CfnSchedule(this, 'Schedule', {
      description: 'Compares the ledger with what is there',
      scheduleExpression: 'cron(0/15 * * * ? *)',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: this.queue.queueArn,
        roleArn: role.roleArn,
        input: JSON.stringify(scheduledRequest),
      },
    });
  }
}

const environmentOf = (
  { ledger, operate, claims, inbound, raw, quarantine, bus, stage }: ReconcilerProps,
  queue: Queue,
) => ({
  ...stageEnvironment(stage),
  ACCOUNT: Aws.ACCOUNT_ID,
  BUS_NAME: bus.eventBusName,
  LEDGER_TABLE: ledger.tableName,
  OPERATE_TABLE: operate.tableName,
  CLAIMS_TABLE: claims.tableName,
  INBOUND_BUCKET: inbound.bucketName,
  RAW_BUCKET: raw.bucketName,
  QUARANTINE_BUCKET: quarantine.bucketName,
  RECONCILER_URL: queue.queueUrl,
  QUEUES_URL: queuesUrl,
});
