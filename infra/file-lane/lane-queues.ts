import { Duration } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { limits } from '#shared/contract/limits.ts';
import { deadLettersName, workQueueName } from '#shared/core/identity/resource-names.ts';
import { tidyQueue } from '../platform/tidy-queue.ts';
import { suppress } from '../suppress.ts';
import type { LaneProps } from './lane-props.ts';

/** Beyond the function's timeout, so that a message never comes back while its function may still run. */
const visibilityMarginSeconds = 60;

/** A lane's work (notifications and chunks), its dead letters, and the notices of its quarantined rows. */
export class LaneQueues extends Construct {
  readonly work: Queue;
  readonly deadLetters: Queue;
  readonly rows: Queue;

  constructor(scope: Construct, id: string, { lane, stage }: LaneProps) {
    super(scope, id);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...tidyQueue,
      queueName: deadLettersName(stage, lane.id),
      retentionPeriod: Duration.days(14),
    });
    // AWS advises six times the timeout for functions that are throttled; the mapping's own limit keeps ours from it.
    // Four days of retention leave a message ten days among the dead letters, where its age goes on counting. A message that
    // waits for the bus is sent again, so its age begins again.
    this.work = new Queue(this, 'Work', {
      ...tidyQueue,
      queueName: workQueueName(stage, lane.id),
      visibilityTimeout: Duration.seconds(limits.functionSecondsMax + visibilityMarginSeconds),
      retentionPeriod: Duration.hours(limits.workQueueHours),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: limits.receivesMax },
    });
    this.rows = new Queue(this, 'Rows', { ...tidyQueue, retentionPeriod: Duration.days(14) });
    suppress(
      this.rows,
      'AwsSolutions-SQS3',
      'It holds announcements for a consumer to come; who adds the consumer decides where its failures go. The rows themselves are in the quarantine bucket.',
    );
  }
}
