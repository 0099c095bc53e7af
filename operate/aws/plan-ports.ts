import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoTable } from '#shared/aws/dynamo-table.ts';
import { SqsQueue } from '#shared/aws/sqs-queue.ts';
import { systemClock } from '#shared/aws/system-clock.ts';
import type { Log } from '#shared/ports.ts';
import { planLogLines } from '../core/plan/log-lines.ts';
import type { PlanPorts } from '../plan-ports.ts';
import { DynamoPlans } from './dynamo-plans.ts';

interface PlanResources {
  readonly table: DynamoTable;
  readonly sqs: SQSClient;
  readonly jobsUrl: string;
  readonly log: Log;
}

/** What changes plans, on AWS. */
export function planPorts({ table, sqs, jobsUrl, log }: PlanResources): PlanPorts {
  const jobs = new SqsQueue(sqs, jobsUrl);
  return {
    plans: new DynamoPlans(table, systemClock.now),
    operations: {
      recordOperation: async record => {
        const level = record.state === 'failed' ? 'error' : 'info';
        log[level](planLogLines.operation, { ...record });
      },
    },
    jobs: { continue: plan => jobs.send([{ plan }]) },
    clock: systemClock,
    log,
  };
}
