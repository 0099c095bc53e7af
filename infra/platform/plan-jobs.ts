import { Aws, Duration } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { type Code, EventSourceMapping, RecursiveLoop } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { limits } from '#shared/contract/limits.ts';
import type { Stage } from '../stage.ts';
import { functionAlarms } from './function-alarms.ts';
import { planJobsPermissions, suppressPlanJobs } from './plan-jobs-permissions.ts';
import { PlatformFunction } from './platform-function.ts';
import { tidyQueue } from './tidy-queue.ts';

export interface PlanJobsProps {
  readonly operate: Table;
  readonly topic: ITopic;
  readonly stage: Stage;
  readonly code: Code;
}

/** What works on plans: its queue, dead letters and function. */
export class PlanJobs extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: PlanJobsProps) {
    super(scope, id);
    const { operate, stage, code, topic } = props;
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
      ...{ code, stage },
      timeout: Duration.seconds(limits.planFunctionSeconds),
      memorySize: 1_024,
      // A job that has no time left sends itself a message.
      recursiveLoop: RecursiveLoop.ALLOW,
      statements: planJobsPermissions({ operate, queue: this.queue, stage }),
      environment: {
        STAGE: stage.name,
        OPERATE_TABLE: operate.tableName,
        JOBS_URL: this.queue.queueUrl,
        QUEUES_URL: `https://sqs.${Aws.REGION}.${Aws.URL_SUFFIX}/${Aws.ACCOUNT_ID}/`,
      },
    });
    suppressPlanJobs(role, stage);
    new EventSourceMapping(this, 'Work', {
      target: fn,
      eventSourceArn: this.queue.queueArn,
      batchSize: 1,
      maxConcurrency: 5,
    });
    this.#alarm(deadLetters, { stage, topic });
    functionAlarms(this, {
      name: 'plan-jobs',
      meaning: 'Plans rest where they are.',
      ...{ fn, stage, topic },
    });
  }

  #alarm(deadLetters: Queue, { stage, topic }: Pick<PlanJobsProps, 'stage' | 'topic'>): void {
    const metric = deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1) });
    new Alarm(this, 'Stuck', {
      alarmName: `edge-plans-stuck-${stage.name}`,
      alarmDescription:
        'The job of a plan failed five times. Its log says why. Then run: npm run edge -- resume <plan>. Guide: docs/guides/operate.md',
      metric,
      threshold: 1,
      evaluationPeriods: 1,
    }).addAlarmAction(new SnsAction(topic));
  }
}
