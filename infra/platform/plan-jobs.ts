import { Aws, Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import {
  type Code,
  EventSourceMapping,
  type Function as LambdaFunction,
  RecursiveLoop,
} from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { limits } from '#shared/contract/limits.ts';
import type { Stage } from '../stage.ts';
import { derivedAlarm, metricNamespace, platformPart } from './derived-alarm.ts';
import { functionAlarms } from './function-alarms.ts';
import { queuesUrl, stageEnvironment } from './integrations-resources.ts';
import { planJobsPermissions, suppressPlanJobs } from './plan-jobs-permissions.ts';
import { PlatformFunction } from './platform-function.ts';
import { tidyQueue } from './tidy-queue.ts';

export interface PlanJobsProps {
  readonly operate: ITable;
  readonly bus: IEventBus;
  readonly busLog: IBucket;
  /** Named in messages to lanes. Jobs do not read it. */
  readonly inbound: IBucket;
  readonly quarantine: IBucket;
  readonly ledger: ITable;
  readonly topic: ITopic;
  readonly stage: Stage;
  readonly code: Code;
}

/** What works on plans: its queue, dead letters and function. */
export class PlanJobs extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: PlanJobsProps) {
    super(scope, id);
    const { operate, ledger, bus, busLog, inbound, quarantine, stage, code } = props;
    const deadLetters = new Queue(this, 'DeadLetters', { ...tidyQueue, retentionPeriod: Duration.days(14) });
    // Longer than a job can run, so that its lease is over when its message comes back.
    const visibilityTimeout = Duration.seconds(limits.planFunctionSeconds + 60);
    this.queue = new Queue(this, 'Queue', {
      ...tidyQueue,
      visibilityTimeout,
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
    });
    const { fn, role } = new PlatformFunction(this, 'Jobs', {
      description: 'Works on plans of operators',
      service: 'plan-jobs',
      isRegistered: true,
      ...{ code, stage },
      timeout: Duration.seconds(limits.planFunctionSeconds),
      memorySize: 1_024,
      // A job that has no time left sends itself a message.
      recursiveLoop: RecursiveLoop.ALLOW,
      statements: planJobsPermissions({ operate, ledger, queue: this.queue, bus, busLog, quarantine, stage }),
      environment: {
        ...stageEnvironment(stage),
        ACCOUNT: Aws.ACCOUNT_ID,
        OPERATE_TABLE: operate.tableName,
        LEDGER_TABLE: ledger.tableName,
        INBOUND_BUCKET: inbound.bucketName,
        JOBS_URL: this.queue.queueUrl,
        BUS_NAME: bus.eventBusName,
        BUS_LOG_BUCKET: busLog.bucketName,
        QUARANTINE_BUCKET: quarantine.bucketName,
        CONSUMERS: JSON.stringify(stage.consumers),
        QUEUES_URL: queuesUrl,
      },
    });
    suppressPlanJobs(role, stage, { busLog, quarantine });
    new EventSourceMapping(this, 'Work', {
      target: fn,
      eventSourceArn: this.queue.queueArn,
      batchSize: 1,
      maxConcurrency: 5,
    });
    const period = Duration.minutes(1);
    this.#alarm('stuck', deadLetters.metricApproximateNumberOfMessagesVisible({ period }), props);
    this.#alarm('failed', this.#failures(fn, stage).metric({ period, statistic: 'Sum' }), props);
    functionAlarms(this, {
      name: platformPart('plan-jobs'),
      meaning: 'Plans stop where they are.',
      ...{ fn, stage, topic: props.topic },
    });
  }

  /** Every error that is logged: plans that failed or stopped. */
  #failures(fn: LambdaFunction, stage: Stage): MetricFilter {
    return new MetricFilter(this, 'Failures', {
      logGroup: fn.logGroup,
      filterPattern: FilterPattern.literal('{ $.level = "ERROR" }'),
      metricNamespace: metricNamespace(stage),
      metricName: 'plans/failed',
      metricValue: '1',
    });
  }

  #alarm(id: keyof typeof meanings, metric: IMetric, { stage, topic }: PlanJobsProps): void {
    const owner = { integration: platformPart('plan-jobs'), stage, topic };
    derivedAlarm(this, { id, meaning: meanings[id], runbook, threshold: 1 }, { metric, owner });
  }
}

const runbook = 'docs/guides/operate.md#how-do-i-change-something';

const meanings = {
  stuck:
    'The job of a plan died five times. Its log says why. Then run: npm run edge -- resume <plan> --stage <stage>.',
  failed: 'A plan failed, or an error stopped it. See which and why: npm run edge -- jobs --stage <stage>.',
} as const;
