import { Duration } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { limits } from '#shared/contract/limits.ts';
import { deadLettersName, workQueueName } from '#shared/core/identity/resource-names.ts';
import { tidyQueue } from '../platform/tidy-queue.ts';
import type { FenceProps } from './fence-props.ts';

export const drainSeconds = 60;

/** Pointers to archived deliveries that the bus did not take, and their dead letters. */
export class FenceQueues extends Construct {
  readonly spill: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { fence, stage }: FenceProps) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...tidyQueue,
      queueName: deadLettersName(stage, fence.id),
      retentionPeriod: Duration.days(14),
    });
    // Six times the timeout, as AWS advises: a drain that is throttled holds its messages longer than it works on them.
    this.spill = new Queue(this, 'Spill', {
      ...tidyQueue,
      queueName: workQueueName(stage, fence.id),
      visibilityTimeout: Duration.seconds(6 * drainSeconds),
      retentionPeriod: Duration.hours(limits.workQueueHours),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: limits.receivesMax },
    });
  }
}
